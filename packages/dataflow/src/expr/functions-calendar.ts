import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { add, call, divide, literal, multiply, subtract } from '../sql/build.ts'
import { bind } from '../sql/bind.ts'
import { DATE_PARTS, firstDay, timeOf, wallOf } from './date-parts.ts'
import { instantSql, timeClip, wallTimeSql } from './time-zone-sql.ts'
import { zoneNamed, type Zone } from './time-zone.ts'
import type { SqlFunction, TypedSql } from './typed.ts'
import { dateSql, numberSql, withAll } from './value.ts'
import { DAY } from './zone-table.ts'

const day = (time: SqlExpr): SqlExpr => call('floor', divide(time, literal(DAY)))
/** Weeks since the epoch; `first` is the number of days by which the epoch follows the start of a week. */
const week = (index: SqlExpr, first: number): SqlExpr => call('floor', divide(add(index, literal(first)), literal(7)))
const SUNDAY = 4
const MONDAY = 3

/** The first day of the year; that of 1950 for the year 50, as `Date.UTC` has it. */
const newYear = (time: SqlExpr): SqlExpr => day(timeClip(wallOf([DATE_PARTS.year(time), literal(0), literal(1)])))

/** A count is NaN where one of its ends is no Date. */
const startOfWeek = (time: SqlExpr, first: number): SqlExpr =>
  timeClip(multiply(subtract(multiply(week(day(time), first), literal(7)), literal(first)), literal(DAY)))

const utcCount =
  (count: (time: SqlExpr) => SqlExpr): SqlFunction =>
  ([value]) =>
    value === undefined
      ? reason('the function takes a date')
      : withAll<[SqlExpr], TypedSql>([timeOf(value)], (time) => numberSql(bind(time, count)))

const utcdayofyear = utcCount((time) => add(subtract(day(time), newYear(time)), literal(1)))

const utcweek = utcCount((time) =>
  subtract(week(day(startOfWeek(time, SUNDAY)), SUNDAY), week(subtract(newYear(time), literal(1)), SUNDAY)),
)

/** The year of a week is that of its Thursday; its first week is that of 4 January. */
const utcisoweek = utcCount((time) => {
  const monday = startOfWeek(time, MONDAY)
  const thursday = timeClip(add(monday, literal(3 * DAY)))
  const first = week(add(newYear(thursday), literal(3)), MONDAY)
  return add(subtract(week(day(monday), MONDAY), first), literal(1))
})

type Move = (time: SqlExpr, step: number, zone: Zone) => SqlExpr

const clock =
  (milliseconds: number): Move =>
  (time, step) =>
    timeClip(add(time, literal(step * milliseconds)))

const days =
  (count: number): Move =>
  (time, step, zone) =>
    instantSql(zone, add(wallTimeSql(zone, time), literal(step * count * DAY)))

const months =
  (count: number): Move =>
  (time, step, zone) =>
    instantSql(
      zone,
      bind(wallTimeSql(zone, time), (wall) => {
        const [year, month] = [DATE_PARTS.year(wall), DATE_PARTS.month(wall)]
        const moved = subtract(firstDay(year, add(month, literal(step * count))), firstDay(year, month))
        return add(wall, multiply(moved, literal(DAY)))
      }),
    )

const MOVES: Readonly<Record<string, Move>> = {
  year: months(12),
  month: months(1),
  week: days(7),
  isoweek: days(7),
  date: days(1),
  day: days(1),
  dayofyear: days(1),
  hours: clock(3_600_000),
  minutes: clock(60_000),
  seconds: clock(1000),
  milliseconds: clock(1),
}

const constantOf = (value: TypedSql): unknown => (value.sql.kind === 'literal' ? value.sql.value : undefined)

/** A date moved by a whole number of units. */
const offset =
  (zoneOf: (timeZone: string) => string): SqlFunction =>
  ([unit, date, step], { timeZone }) => {
    if (unit === undefined || date === undefined) return reason('the function takes a unit and a date')
    const name = constantOf(unit)
    const move = typeof name === 'string' && Object.hasOwn(MOVES, name) ? MOVES[name] : undefined
    if (move === undefined) return reason('the unit is not a constant one that is moved by in SQL')
    const count = step === undefined ? 1 : constantOf(step)
    if (typeof count !== 'number' || !(Math.abs(count) < 1e6)) return reason('the step is not a constant number')
    return withAll<[SqlExpr], TypedSql>([timeOf(date)], (time): TypedSql | Reason =>
      dateSql(bind(time, (known) => move(known, Math.floor(count), zoneNamed(zoneOf(timeZone))))),
    )
  }

/** Vega's functions of weeks and steps: https://vega.github.io/vega/docs/expressions/#date-time-functions. */
export const CALENDAR_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  utcdayofyear,
  utcweek,
  utcisoweek,
  timeOffset: offset((timeZone) => timeZone),
  utcOffset: offset(() => 'UTC'),
}
