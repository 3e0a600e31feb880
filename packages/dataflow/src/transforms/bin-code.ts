import type { Column, IntegerType, Stored } from '../columns.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  and,
  atLeast,
  atMost,
  binary,
  call,
  cast,
  column as columnExpr,
  divide,
  greater,
  integer,
  isNan,
  less,
  literal,
  NULL,
  subtract,
  when,
} from '../sql/build.ts'

/** Bins of equal width, as Vega's `bin` computes them. */
export interface Bins {
  readonly start: number
  readonly stop: number
  readonly step: number
}

/** The number of a value's bin, and the edges of the bin by its number. */
export interface BinCode {
  /** UTINYINT or USMALLINT; NULL for null. */
  readonly number: SqlExpr
  readonly lower: (number: SqlExpr) => SqlExpr
  readonly upper: (number: SqlExpr) => SqlExpr
}

/** Vega's bias against floating-point error in Bin.js. */
export const EPSILON = 1e-14

/** Edges of more bins would make long statements. */
const MAX_BINS = 1000

/** Vega's formula for the end of a bin, word for word; infinities pass through. */
export const binEnd = (lower: number, { start, step }: Bins): number => start + step * (1 + (lower - start) / step)

/** What a number of a bin may say instead: the value is below all bins, above them, or NaN. */
const BESIDE = [-Infinity, Infinity, Number.NaN] as const

/** Numbers of bins; undefined where these are many, or so narrow that two have the same start. */
export const binCode = (column: Column, stored: Stored | undefined, bins: Bins): BinCode | undefined => {
  const { start, stop, step } = bins
  if (![start, stop, step].every(Number.isFinite) || column.type === 'boolean' || !(step > 0)) return undefined
  const last = Math.floor(EPSILON + (Math.max(start, stop - step) - start) / step)
  if (!(last < MAX_BINS)) return undefined
  const starts = Array.from({ length: last + 1 }, (_bin, index) => start + step * index)
  if (new Set(starts).size < starts.length) return undefined
  const edges = [...starts, ...BESIDE]
  const edge =
    (of: (lower: number) => number) =>
    (number: SqlExpr): SqlExpr =>
      call(
        'list_extract',
        call('list_value', ...edges.map((lower) => literal(of(lower)))),
        add(cast(number, 'bigint'), integer(1)),
      )
  return {
    number: cast(numberOf(column, stored, bins, last), edges.length <= 256 ? 'utinyint' : 'usmallint'),
    lower: edge((lower) => lower),
    upper: edge((lower) => binEnd(lower, bins)),
  }
}

const numberOf = (column: Column, stored: Stored | undefined, bins: Bins, last: number): SqlExpr => {
  const { start, stop } = bins
  const value = columnExpr(column.id)
  const finite = stored?.infinities === false && column.nans === false ? stored : undefined
  const within = integerNumber(finite, bins, last) ?? doubleNumber(value, finite, bins, last)
  const [below, above] = [finite === undefined || finite.least < start, finite === undefined || finite.most > stop]
  // `least` passes over NULL.
  const keepsNull = !column.nulls || !(within.kind === 'call' && within.name === 'least')
  if (!below && !above && keepsNull && column.nans === false) return within
  return when(
    [
      [and(atLeast(value, literal(start)), atMost(value, literal(stop))), within],
      [less(value, literal(start)), integer(last + 1)],
      [column.nans === false ? literal(false) : isNan(value), integer(last + 3)],
      [greater(value, literal(stop)), integer(last + 2)],
    ],
    NULL,
  )
}

/** `floor` and the clamp to the last bin change places, since none of the steps ever falls where its input rises. */
const doubleNumber = (value: SqlExpr, finite: Stored | undefined, { start, step }: Bins, last: number): SqlExpr => {
  const offset = (of: number): number => EPSILON + (of - start) / step
  const floored = call('floor', add(literal(EPSILON), divide(subtract(value, literal(start)), literal(step))))
  return finite !== undefined && offset(finite.most) < last + 1 ? floored : call('least', floored, literal(last))
}

/** Fewer bins than this, each of fewer integers, are told apart by far more than EPSILON and the rounding of their quotients. */
const MAX_STEP = 2 ** 20

const LIMITS: Readonly<Record<IntegerType, number>> = {
  tinyint: 2 ** 7 - 1,
  smallint: 2 ** 15 - 1,
  integer: 2 ** 31 - 1,
  bigint: Number.MAX_SAFE_INTEGER,
}

/**
 * The same without doubles, for integers in bins of integers: `(value - start) / step` is an integer or at least `1 / step` away
 * from the next, so that flooring it is dividing integers. The bins lie from `start` on, so that the quotient is not negative.
 */
const integerNumber = (finite: Stored | undefined, { start, stop, step }: Bins, last: number): SqlExpr | undefined => {
  if (finite?.integer === undefined || ![start, stop, step].every(Number.isSafeInteger) || step > MAX_STEP)
    return undefined
  const { id, type } = finite.integer
  const farthest = Math.max(Math.abs(finite.least), Math.abs(finite.most)) + Math.abs(start)
  if (!(farthest <= LIMITS.bigint)) return undefined
  const wide: IntegerType = farthest <= LIMITS[type] ? type : farthest <= LIMITS.integer ? 'integer' : 'bigint'
  const value = wide === type ? columnExpr(id) : cast(columnExpr(id), wide)
  const shifted = start === 0 ? value : subtract(value, cast(integer(start), wide))
  const quotient = binary('//', shifted, cast(integer(step), wide))
  return finite.most < start + step * (last + 1) ? quotient : call('least', quotient, integer(last))
}
