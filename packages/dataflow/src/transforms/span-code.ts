import type { Column, Stored } from '../columns.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { add, binary, cast, column as columnExpr, integer, literal, multiply, subtract } from '../sql/build.ts'
import { DAY, HOUR, MINUTE, SECOND } from './calendar.ts'
import type { TimeUnit } from './time-unit-list.ts'

/** Spans of equal length, numbered from 0, and the instants at which they start. */
export interface SpanCode {
  /** INTEGER; NULL for null. */
  readonly number: SqlExpr
  /** Milliseconds, a DOUBLE. */
  readonly start: (number: SqlExpr) => SqlExpr
  readonly length: number
}

/** What a list of units, all the way down from the year, floors to in UTC. */
const LENGTHS: Readonly<Record<string, number>> = {
  'year month date': DAY,
  'year month date hours': HOUR,
  'year month date hours minutes': MINUTE,
  'year month date hours minutes seconds': SECOND,
}

/** Outside of these, Vega's UTC dates are not those of a calendar, or none. */
const [FIRST, LAST] = [Date.UTC(1000, 0, 1), Date.UTC(9999, 0, 1)]
const MOST = 2 ** 31 - 1

/**
 * Numbers of the spans to which times in UTC are floored, where every span is as long as the others: a division of integers, which
 * starts at or before the earliest time, so that the quotient is not negative. Undefined for other units, and where the times are not at hand as integers.
 */
export const spanCode = (
  column: Column,
  stored: Stored | undefined,
  units: readonly TimeUnit[],
): SpanCode | undefined => {
  const length = LENGTHS[units.join(' ')]
  if (length === undefined || stored?.integer === undefined || stored.infinities || column.nans !== false)
    return undefined
  const { least, most } = stored
  if (least < FIRST || most > LAST) return undefined
  const base = Math.floor(least / length) * length
  if ((most - base) / length > MOST) return undefined
  const since = subtract(cast(columnExpr(stored.integer.id), 'bigint'), cast(integer(base), 'bigint'))
  return {
    number: cast(binary('//', since, integer(length)), 'integer'),
    start: (number) => add(literal(base), multiply(literal(length), cast(number, 'double'))),
    length,
  }
}
