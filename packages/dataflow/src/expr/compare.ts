import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { and, binary, coalesce, equal, FALSE, isNan, not, or, when } from '../sql/build.ts'
import { bind } from '../sql/bind.ts'
import { comparedWith, equalTo } from './compare-bounded.ts'
import { isNullish, nullNumber, numberOrNull, toNumber } from './coerce.ts'
import { mirrored, type Relational } from './order.ts'
import type { TypedSql } from './typed.ts'
import { stringToNumber } from './number-text.ts'
import { withAll } from './value.ts'

export type { Relational } from './order.ts'

/** `left op right` by JavaScript's rules: never NULL. */
export const relational = (op: Relational, left: TypedSql, right: TypedSql): SqlExpr | Reason =>
  left.type === 'string' && right.type === 'string'
    ? strings(op, left, right)
    : (withConstant(op, left, right) ??
      withAll<[TypedSql, TypedSql], SqlExpr>([toNumber(left), toNumber(right)], (a, b) => numbers(op, a, b)))

const withConstant = (op: Relational, left: TypedSql, right: TypedSql): SqlExpr | undefined => {
  const [a, b] = [constantNumber(left), constantNumber(right)]
  if (b !== undefined) return comparedWith(left, op, b)
  return a === undefined ? undefined : comparedWith(right, mirrored(op), a)
}

const constantNumber = ({ sql, type }: TypedSql): number | undefined =>
  type === 'number' && sql.kind === 'literal' && typeof sql.value === 'number' && !Number.isNaN(sql.value)
    ? sql.value
    : undefined

/** SQL has NaN equal to itself and above all numbers; JavaScript's comparisons with it are false. */
const numbers = (op: Relational, a: TypedSql, b: TypedSql): SqlExpr => {
  const rising = op === '<' || op === '<='
  const [upper, lower] = rising ? [b, a] : [a, b]
  if (!upper.nans) return binary(op, a.sql, b.sql)
  return bind(upper.sql, (top) =>
    and(rising ? binary(op, lower.sql, top) : binary(op, top, lower.sql), not(isNan(top))),
  )
}

/** With plain text on one side, the order of UTF-8 is that of UTF-16. */
const strings = (op: Relational, left: TypedSql, right: TypedSql): SqlExpr | Reason => {
  if (!isPlain(left.sql) && !isPlain(right.sql)) {
    return reason('the order of strings beyond the BMP is not that of JavaScript')
  }
  const asNumber = (value: TypedSql): TypedSql => ({
    sql: value.nulls
      ? when([[isNullish(value), nullNumber(value)]], stringToNumber(value.sql))
      : stringToNumber(value.sql),
    type: 'number',
    nulls: false,
    nans: true,
  })
  const text = binary(op, left.sql, right.sql)
  const missing = or(isNullish(left), isNullish(right))
  return missing === FALSE ? text : when([[missing, numbers(op, asNumber(left), asNumber(right))]], text)
}

const isPlain = (sql: SqlExpr): boolean =>
  sql.kind === 'literal' && typeof sql.value === 'string' && !/[\ud800-\uffff]/.test(sql.value)

const IDENTITY = reason('two dates are equal only if they are one object')

const bothNullish = (left: TypedSql, right: TypedSql): SqlExpr => and(isNullish(left), isNullish(right))

/** Both non-null, and equal as SQL has it, without NaN. */
const equalValues = (left: TypedSql, right: TypedSql, a: SqlExpr, b: SqlExpr): SqlExpr => {
  const [c, d] = [constantNumber(left), constantNumber(right)]
  const known = d === undefined ? (c === undefined ? undefined : equalTo(right, c)) : equalTo(left, d)
  if (known !== undefined) return known
  const nan = left.nans && right.nans && left.type !== 'string'
  const same = nan ? bind(a, (value) => and(equal(value, b), not(isNan(value)))) : equal(a, b)
  return left.nulls || right.nulls ? coalesce(same, FALSE) : same
}

const nullKind = (value: TypedSql): 'null' | 'undefined' => (value.undefinedNull === true ? 'undefined' : 'null')

const isEmpty = (value: TypedSql): boolean => value.type === 'null' || value.type === 'undefined'

/** `left === right`: never NULL. */
export const strictEqual = (left: TypedSql, right: TypedSql): SqlExpr | Reason => {
  const nulls = nullKind(left) === nullKind(right) ? bothNullish(left, right) : FALSE
  if (isEmpty(left) || isEmpty(right)) return nulls
  if (left.type === 'json' || right.type === 'json') return reason('values of unknown type are not compared')
  if (left.type !== right.type) return nulls
  if (left.type === 'date') return IDENTITY
  return or(equalValues(left, right, left.sql, right.sql), nulls)
}

/** `left == right`: never NULL. */
export const looseEqual = (left: TypedSql, right: TypedSql): SqlExpr | Reason => {
  const nulls = bothNullish(left, right)
  if (isEmpty(left) || isEmpty(right)) return nulls
  if (left.type === 'json' || right.type === 'json') return reason('values of unknown type are not compared')
  if (left.type === 'date' || right.type === 'date') {
    if (left.type === right.type) return IDENTITY
    if (left.type === 'string' || right.type === 'string') return reason('the text of a date depends on the locale')
    // A date becomes a text that is no number.
    return nulls
  }
  if (left.type === right.type) return or(equalValues(left, right, left.sql, right.sql), nulls)
  return withAll<[SqlExpr, SqlExpr], SqlExpr>([numberOrNull(left), numberOrNull(right)], (a, b) => {
    const numeric = (value: TypedSql): TypedSql => ({
      ...value,
      type: 'number',
      nans: value.nans || value.type === 'string',
    })
    return or(equalValues(numeric(left), numeric(right), a, b), nulls)
  })
}
