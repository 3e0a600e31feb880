import type { Zone } from '../expr/time-zone.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { add, call, divide, literal, multiply, subtract } from '../sql/build.ts'
import {
  DAY,
  dateOf,
  dayIndex,
  HOUR,
  MINUTE,
  modulo,
  monthOf,
  SECOND,
  startOf,
  startOfMonth,
  weekdayOf,
  yearOf,
} from './calendar.ts'
import { shortCount } from './odd-seconds.ts'
import type { TimeUnit } from './time-unit-list.ts'

/** The years to which Vega moves dates without one: REFERENCE_YEAR and ISOWEEK_REFERENCE_YEAR of vega-time. */
const REFERENCE_YEAR = 2012
const ISOWEEK_REFERENCE_YEAR = 2015

/** What Vega's `floor(units, step)` reads of a wall time, and where it puts it. */
interface Floor {
  readonly wall: SqlExpr
  readonly units: readonly TimeUnit[]
  readonly step: number
  /** Where the wall time is. */
  readonly zone: Zone
}

/**
 * The wall time to which Vega's `timeFloor` and `utcFloor` take `wall`: fields that `units` does not name are reset, and
 * the finest one goes by `step`. NULL for NaN.
 */
export const floorWall = (wall: SqlExpr, units: readonly TimeUnit[], step: number, zone: Zone): SqlExpr => {
  const floor: Floor = { wall, units, step, zone }
  return add(add(yearAndMonth(floor), days(floor)), timeOfDay(floor))
}

const has = ({ units }: Floor, unit: TimeUnit): boolean => units.includes(unit)

/** Vega's `getUnit`: only the finest unit steps, from `phase` on. */
const stepped = ({ units, step }: Floor, unit: TimeUnit, value: SqlExpr, phase = 0): SqlExpr => {
  if (unit !== units.at(-1) || step <= 1) return value
  const from = phase === 0 ? value : subtract(value, literal(phase))
  const floored = multiply(literal(step), call('floor', divide(from, literal(step))))
  return phase === 0 ? floored : add(literal(phase), floored)
}

/** The first instant of the year and month (or quarter). */
const yearAndMonth = (floor: Floor): SqlExpr => {
  const { wall, step, units } = floor
  const month = has(floor, 'month')
    ? stepped(floor, 'month', monthOf(wall))
    : has(floor, 'quarter')
      ? multiply(literal(3), stepped(floor, 'quarter', call('floor', divide(monthOf(wall), literal(3)))))
      : undefined
  if (!has(floor, 'year')) {
    const year = has(floor, 'isoweek') ? ISOWEEK_REFERENCE_YEAR : REFERENCE_YEAR
    return month === undefined ? literal(Date.UTC(year, 0, 1)) : startOfMonth(literal(year), month)
  }
  if (has(floor, 'isoweek')) return firstDayOf(isoYear(wall))
  const unit = has(floor, 'month') ? 'month' : has(floor, 'quarter') ? 'quarter' : 'year'
  // Whole days of the same month need no calendar at all: see `days`.
  if (isPlainDate(floor)) return literal(0)
  if (units.at(-1) !== unit || step <= 1) return startOf(unit, wall)
  return startOfMonth(stepped(floor, 'year', yearOf(wall)), month ?? literal(0))
}

/** Year, month and date as they are: midnight. */
const isPlainDate = (floor: Floor): boolean =>
  has(floor, 'year') && has(floor, 'month') && has(floor, 'date') && (floor.units.at(-1) !== 'date' || floor.step <= 1)

const firstDayOf = (year: SqlExpr): SqlExpr => startOfMonth(year, literal(0))

/** What the day within the month (or year) adds. */
const days = (floor: Floor): SqlExpr => {
  const { wall } = floor
  if (isPlainDate(floor)) return multiply(literal(DAY), dayIndex(wall))
  const day = dayOfMonth(floor)
  return day === undefined ? literal(0) : multiply(literal(DAY), subtract(day, literal(1)))
}

const dayOfMonth = (floor: Floor): SqlExpr | undefined => {
  const { wall } = floor
  const weekday = weekdayOf(dayIndex(wall))
  if (has(floor, 'week')) {
    const first = firstWeekday(floor)
    return has(floor, 'day')
      ? stepped(floor, 'day', dayOfWeek(weekNumber(floor), weekday, first), 1)
      : dayOfWeek(stepped(floor, 'week', weekNumber(floor), 1), literal(0), first)
  }
  if (has(floor, 'isoweek')) {
    const start = isoWeekOne(firstWeekday(floor))
    const isoDay = modulo(add(weekday, literal(6)), 7)
    return has(floor, 'day')
      ? stepped(floor, 'day', add(isoDayOf(start, isoWeekNumber(floor)), isoDay), 1)
      : isoDayOf(start, stepped(floor, 'isoweek', isoWeekNumber(floor), 1))
  }
  if (has(floor, 'day')) return stepped(floor, 'day', dayOfWeek(literal(1), weekday, firstWeekday(floor)), 1)
  if (has(floor, 'date')) return stepped(floor, 'date', dateOf(wall), 1)
  if (has(floor, 'dayofyear')) return stepped(floor, 'dayofyear', add(dayNumber(floor), literal(1)), 1)
  return undefined
}

/** The weekday on which the year of the result starts. */
const firstWeekday = (floor: Floor): SqlExpr => {
  if (has(floor, 'isoweek')) {
    return has(floor, 'year')
      ? weekdayOf(dayIndex(firstDayOf(isoYear(floor.wall))))
      : literal(new Date(Date.UTC(ISOWEEK_REFERENCE_YEAR, 0, 1)).getUTCDay())
  }
  return has(floor, 'year')
    ? weekdayOf(dayIndex(startOf('year', floor.wall)))
    : literal(new Date(Date.UTC(REFERENCE_YEAR, 0, 1)).getUTCDay())
}

/** Vega's `weekday(week, day, firstDay)`. */
const dayOfWeek = (week: SqlExpr, day: SqlExpr, first: SqlExpr): SqlExpr =>
  subtract(add(day, multiply(week, literal(7))), modulo(add(first, literal(6)), 7))

/** A count of days or weeks from midnight to midnight, as d3 makes it. */
const counted = ({ zone }: Floor, count: SqlExpr, fromDay: SqlExpr, toDay: SqlExpr): SqlExpr => {
  const short = shortCount(zone, multiply(literal(DAY), fromDay), multiply(literal(DAY), toDay))
  return short === undefined ? count : subtract(count, short)
}

const beforeYear = (wall: SqlExpr): SqlExpr => subtract(dayIndex(startOf('year', wall)), literal(1))
const sundayOf = (day: SqlExpr): SqlExpr => subtract(day, weekdayOf(day))
const mondayOf = (day: SqlExpr): SqlExpr => subtract(day, modulo(add(day, literal(3)), 7))

/** Days since 1 January, as Vega counts them: from the day before. */
const dayNumber = (floor: Floor): SqlExpr =>
  counted(floor, dayOfYear(floor.wall), beforeYear(floor.wall), dayIndex(floor.wall))

/** Days since 1 January. */
const dayOfYear = (wall: SqlExpr): SqlExpr => subtract(dayIndex(wall), dayIndex(startOf('year', wall)))

/** Sundays from 1 January to the day. */
const weekNumber = (floor: Floor): SqlExpr => {
  const { wall } = floor
  const first = weekdayOf(dayIndex(startOf('year', wall)))
  const weeks = divide(add(add(dayOfYear(wall), modulo(add(first, literal(6)), 7)), literal(1)), literal(7))
  return counted(floor, call('floor', weeks), sundayOf(beforeYear(wall)), sundayOf(dayIndex(wall)))
}

/** The year of the week's Thursday. */
const isoYear = (wall: SqlExpr): SqlExpr => {
  return yearOf(multiply(literal(DAY), add(mondayOf(dayIndex(wall)), literal(3))))
}

/** The day of January on which ISO week 1 starts, in a year that starts on weekday `first`. */
const isoWeekOne = (first: SqlExpr): SqlExpr => subtract(literal(4), modulo(add(first, literal(2)), 7))

const isoWeekNumber = (floor: Floor): SqlExpr => {
  const { wall } = floor
  const first = dayIndex(firstDayOf(isoYear(wall)))
  const weekOne = subtract(add(first, isoWeekOne(weekdayOf(first))), literal(1))
  const weeks = call('floor', divide(subtract(dayIndex(wall), weekOne), literal(7)))
  return add(literal(1), counted(floor, weeks, weekOne, mondayOf(dayIndex(wall))))
}

const isoDayOf = (weekOne: SqlExpr, week: SqlExpr): SqlExpr =>
  add(weekOne, multiply(literal(7), subtract(week, literal(1))))

const CLOCK = [
  ['hours', HOUR, DAY],
  ['minutes', MINUTE, HOUR],
  ['seconds', SECOND, MINUTE],
  ['milliseconds', 1, SECOND],
] as const

const timeOfDay = (floor: Floor): SqlExpr =>
  CLOCK.filter(([unit]) => has(floor, unit))
    .map(([unit, size, within]) => {
      const field = call('floor', divide(modulo(floor.wall, within), literal(size)))
      return multiply(literal(size), stepped(floor, unit, field))
    })
    .reduce(add, literal(0))
