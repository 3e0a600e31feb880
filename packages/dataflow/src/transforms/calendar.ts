import type { SqlExpr } from '../sql/ast.ts'
import { add, call, cast, divide, integer, literal, multiply, subtract, tryCast } from '../sql/build.ts'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Wall times are DOUBLE milliseconds that read in UTC give the local fields. NaN becomes NULL here. */
const timestamp = (wall: SqlExpr): SqlExpr => call('epoch_ms', tryCast(call('floor', wall), 'bigint'))
const milliseconds = (time: SqlExpr): SqlExpr => cast(call('epoch_ms', time), 'double')
const number = (value: SqlExpr): SqlExpr => cast(value, 'double')
const whole = (value: SqlExpr): SqlExpr => cast(value, 'bigint')

export type CalendarUnit = 'year' | 'quarter' | 'month'

export const yearOf = (wall: SqlExpr): SqlExpr => number(call('year', timestamp(wall)))
/** 0 to 11. */
export const monthOf = (wall: SqlExpr): SqlExpr => subtract(number(call('month', timestamp(wall))), literal(1))
/** 1 to 31. */
export const dateOf = (wall: SqlExpr): SqlExpr => number(call('day', timestamp(wall)))

/** The wall time at which the calendar unit around `wall` starts. */
export const startOf = (unit: CalendarUnit, wall: SqlExpr): SqlExpr =>
  milliseconds(call('date_trunc', literal(unit), timestamp(wall)))

/** The wall time of a month's first midnight; `month` is 0 to 11. */
export const startOfMonth = (year: SqlExpr, month: SqlExpr): SqlExpr =>
  milliseconds(call('make_date', whole(year), whole(add(month, literal(1))), integer(1)))

/** `wall` moved by months, for a day that every month has. */
export const addMonths = (wall: SqlExpr, months: number): SqlExpr => {
  const start = call('date_trunc', literal('month'), timestamp(wall))
  return add(milliseconds(add(start, call('to_months', integer(months)))), subtract(wall, milliseconds(start)))
}

/** Days since the epoch. */
export const dayIndex = (wall: SqlExpr): SqlExpr => call('floor', divide(wall, literal(DAY)))

/** `value` modulo `by`, never negative. */
export const modulo = (value: SqlExpr, by: number): SqlExpr =>
  subtract(value, multiply(literal(by), call('floor', divide(value, literal(by)))))

/** 0 is Sunday. */
export const weekdayOf = (day: SqlExpr): SqlExpr => modulo(add(day, literal(4)), 7)
