import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  and,
  atLeast,
  atMost,
  call,
  cast,
  coalesce,
  divide,
  integer,
  less,
  literal,
  multiply,
  NAN,
  remainder,
  subtract,
  tryCast,
  when,
} from '../sql/build.ts'
import { bind, bindAll } from '../sql/bind.ts'
import { toNumber } from './coerce.ts'
import type { TypedSql } from './typed.ts'
import { timeClip } from './time-zone-sql.ts'
import { withAll } from './value.ts'
import { DAY } from './zone-table.ts'

/** A field of a wall time (milliseconds that read in UTC give the fields): DOUBLE, NaN of NaN. */
export type DatePart = (wall: SqlExpr) => SqlExpr

const timestamp = (wall: SqlExpr): SqlExpr => call('epoch_ms', tryCast(wall, 'bigint'))
const part = (name: string, wall: SqlExpr): SqlExpr => coalesce(cast(call(name, timestamp(wall)), 'double'), NAN)

const dayOfYear: DatePart = (wall) => part('dayofyear', wall)
const weekday: DatePart = (wall) => part('dayofweek', wall)

/** Vega's date functions as fields of a wall time. */
export const DATE_PARTS = {
  year: (wall) => part('year', wall),
  month: (wall) => subtract(part('month', wall), literal(1)),
  date: (wall) => part('day', wall),
  day: weekday,
  hours: (wall) => part('hour', wall),
  minutes: (wall) => part('minute', wall),
  seconds: (wall) => part('second', wall),
  milliseconds: (wall) => remainder(part('millisecond', wall), literal(1000)),
  /** Of an invalid date, 1: `1 + ~~NaN`. */
  quarter: (wall) => coalesce(cast(call('quarter', timestamp(wall)), 'double'), literal(1)),
  dayofyear: dayOfYear,
  /** Sundays of the year up to the day. */
  week: (wall) => call('floor', divide(subtract(add(dayOfYear(wall), literal(6)), weekday(wall)), literal(7))),
} as const satisfies Readonly<Record<string, DatePart>>

/** `new Date(value)` of a number or date, as milliseconds: null is the epoch. */
export const timeOf = (value: TypedSql): SqlExpr | Reason => {
  if (value.type === 'string') return reason('a date in a string is read as the platform likes')
  return withAll<[TypedSql], SqlExpr>([toNumber(value)], (number) =>
    value.type === 'date' ? number.sql : timeClip(number.sql),
  )
}

/**
 * Wall time of year, month (from 0), day, hours, minutes, seconds and milliseconds, as `Date.UTC` computes it before
 * clipping; years 0 to 99 are of the twentieth century.
 */
export const wallOf = (fields: readonly SqlExpr[]): SqlExpr => {
  const [year = NAN, month = literal(0), date = literal(1), ...times] = fields.map(truncated)
  const century = (value: SqlExpr): SqlExpr =>
    when([[and(atLeast(value, literal(0)), atMost(value, literal(99))), add(value, literal(1900))]], value)
  const day = bindAll([bind(year, century), month], ([y = NAN, m = NAN]) =>
    when(
      [
        [
          and(atMost(call('abs', y), literal(MOST_YEARS)), atMost(call('abs', m), literal(MOST_MONTHS))),
          firstDay(y, m),
        ],
      ],
      NAN,
    ),
  )
  const days = add(subtract(day, literal(1)), date)
  const time = times.map((field, i) => multiply(field, literal(UNITS[i] ?? 1)))
  const whole = multiply(days, literal(DAY))
  return time.length === 0 ? whole : add(whole, time.reduce(add))
}

/** Beyond these V8 has no day. */
const MOST_YEARS = 1e6
const MOST_MONTHS = 1e7
/** The calendar repeats after 400 years. */
const CYCLE = { months: 4800, days: 146_097 }

/** The day on which a month (from 0; any number of years away) begins, counted from the epoch. */
export const firstDay = (year: SqlExpr, month: SqlExpr): SqlExpr =>
  bind(add(multiply(subtract(year, literal(1970)), literal(12)), month), (months) =>
    bind(call('floor', divide(months, literal(CYCLE.months))), (cycles) => {
      const rest = subtract(months, multiply(cycles, literal(CYCLE.months)))
      const first = add(call('epoch_ms', integer(0)), call('to_months', tryCast(rest, 'integer')))
      const day = coalesce(divide(cast(call('epoch_ms', first), 'double'), literal(DAY)), NAN)
      return add(add(multiply(cycles, literal(CYCLE.days)), day), lostLeapDays(months))
    }),
  )

/** V8 rounds the leap days of years before -399,999 towards zero, not down. */
const lostLeapDays = (months: SqlExpr): SqlExpr =>
  bind(add(call('floor', divide(months, literal(12))), literal(1970 + 399_999)), (year) => {
    const lost = (period: number): SqlExpr => {
      const leaps = divide(year, literal(period))
      return subtract(call('trunc', leaps), call('floor', leaps))
    }
    return when([[less(year, literal(0)), add(subtract(lost(4), lost(100)), lost(400))]], literal(0))
  })

/** Milliseconds of hours, minutes, seconds and milliseconds. */
const UNITS = [3_600_000, 60_000, 1000, 1]

const truncated = (field: SqlExpr): SqlExpr =>
  field.kind === 'literal' && typeof field.value === 'number' ? literal(Math.trunc(field.value)) : call('trunc', field)
