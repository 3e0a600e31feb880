import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  and,
  add,
  atLeast,
  call,
  equal,
  FALSE,
  isNan,
  less,
  literal,
  multiply,
  NAN,
  negate,
  or,
  subtract,
  when,
} from '../sql/build.ts'
import { bind, bindAll } from '../sql/bind.ts'
import { relational } from './compare.ts'
import { toNumber } from './coerce.ts'
import type { TypedSql } from './typed.ts'
import type { SqlFunction } from './typed.ts'
import { booleanSql, numberSql, withAll } from './value.ts'

const LIBM: SqlFunction = () => reason('the engine and JavaScript differ in the last bits of this function')

const ofNumber =
  (build: (x: SqlExpr) => SqlExpr): SqlFunction =>
  ([value]) =>
    value === undefined
      ? numberSql(NAN)
      : withAll<[TypedSql], TypedSql>([toNumber(value)], (x) => numberSql(build(x.sql), x.nans))

/** Of -0 and 0 the greater is 0 and the lesser -0, whatever their order. */
const extreme = (name: 'greatest' | 'least', left: TypedSql, right: TypedSql): TypedSql => {
  const sql = bindAll([left.sql, right.sql], ([a = NAN, b = NAN]) => {
    const zeros = name === 'greatest' ? add(a, b) : negate(add(negate(a), negate(b)))
    const nan = or(left.nans ? isNan(a) : FALSE, right.nans ? isNan(b) : FALSE)
    return when(
      [
        [nan, NAN],
        [and(equal(a, literal(0)), equal(b, literal(0))), zeros],
      ],
      call(name, a, b),
    )
  })
  return numberSql(sql, left.nans || right.nans)
}

const extremes =
  (name: 'greatest' | 'least', empty: number): SqlFunction =>
  (args) =>
    withAll<TypedSql[], TypedSql>(args.map(toNumber), (first, ...rest) =>
      first === undefined ? numberSql(literal(empty), false) : rest.reduce((a, b) => extreme(name, a, b), first),
    )

const clamp: SqlFunction = (args) =>
  args.length !== 3
    ? reason('clamp takes three arguments')
    : withAll<TypedSql[], TypedSql>(args.map(toNumber), (value, low, high) =>
        value === undefined || low === undefined || high === undefined
          ? numberSql(NAN)
          : extreme('greatest', low, extreme('least', high, value)),
      )

/** Ties go up, where SQL's `round` has them go away from zero. */
export const round = (value: SqlExpr): SqlExpr =>
  bind(value, (x) =>
    when(
      [
        [atLeast(call('abs', x), literal(4503599627370496)), x],
        [atLeast(subtract(x, call('floor', x)), literal(0.5)), call('ceil', x)],
      ],
      call('floor', x),
    ),
  )

/** The engine refuses the root of a negative number. */
const sqrt: SqlFunction = ([value]) =>
  value === undefined
    ? numberSql(NAN)
    : withAll<[TypedSql], TypedSql>([toNumber(value)], ({ sql }) =>
        numberSql(bind(sql, (x) => when([[less(x, literal(0)), NAN]], call('sqrt', x)))),
      )

const POWERS: ReadonlyMap<number, (x: SqlExpr) => SqlExpr> = new Map([
  [0, () => literal(1)],
  [1, (x: SqlExpr) => x],
  [2, (x: SqlExpr) => bind(x, (value) => multiply(value, value))],
])

const pow: SqlFunction = ([base, exponent, ...more]) => {
  if (base === undefined || exponent === undefined) return numberSql(NAN)
  const { sql } = exponent
  const exact = sql.kind === 'literal' && typeof sql.value === 'number' ? POWERS.get(sql.value) : undefined
  if (exact === undefined) return LIBM([base, exponent, ...more], UTC_ONLY)
  return withAll<[TypedSql], TypedSql>([toNumber(base)], (x) => numberSql(exact(x.sql)))
}

const UTC_ONLY = { timeZone: 'UTC' }

/** `inrange(value, [low, …, high], left, right)`, whose bounds may be given in either order. */
export const inrange = (
  value: TypedSql,
  low: TypedSql,
  high: TypedSql,
  left = true,
  right = true,
): TypedSql | Reason => {
  const within = (a: TypedSql, b: TypedSql): SqlExpr | Reason =>
    withAll<[SqlExpr, SqlExpr], SqlExpr>(
      [relational(left ? '<=' : '<', a, value), relational(right ? '<=' : '<', value, b)],
      (above, below) => and(above, below),
    )
  return withAll<[SqlExpr, SqlExpr, SqlExpr], TypedSql>(
    [relational('>', low, high), within(high, low), within(low, high)],
    (swapped, reversed, forward) => booleanSql(when([[swapped, reversed]], forward)),
  )
}

/** Vega's math functions: https://vega.github.io/vega/docs/expressions/#math-functions. */
export const MATH_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  abs: ofNumber((x) => call('abs', x)),
  ceil: ofNumber((x) => call('ceil', x)),
  floor: ofNumber((x) => call('floor', x)),
  round: ofNumber(round),
  sqrt,
  min: extremes('least', Infinity),
  max: extremes('greatest', -Infinity),
  clamp,
  pow,
  exp: LIBM,
  log: LIBM,
  sin: LIBM,
  cos: LIBM,
  tan: LIBM,
  asin: LIBM,
  acos: LIBM,
  atan: LIBM,
  atan2: LIBM,
  hypot: LIBM,
}
