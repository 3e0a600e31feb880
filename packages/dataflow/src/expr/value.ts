import { isReason, reason, type Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { literal } from '../sql/build.ts'
import { type Alphabet, alphabetOf } from './alphabet.ts'
import type { TypedSql } from './typed.ts'

/** A part of an expression whose value is known when it is compiled. */
export interface Constant {
  readonly constant: Scalar
}

/** What a part of an expression compiles to. */
export type Value = Constant | TypedSql

export const isConstant = (value: Value): value is Constant => 'constant' in value

export const constant = (value: Scalar): Constant => ({ constant: value })

export const numberSql = (sql: SqlExpr, nans = true): TypedSql => ({ sql, type: 'number', nulls: false, nans })
export const booleanSql = (sql: SqlExpr): TypedSql => ({ sql, type: 'boolean', nulls: false, nans: false })
export const stringSql = (sql: SqlExpr, alphabet?: Alphabet): TypedSql => ({
  sql,
  type: 'string',
  nulls: false,
  nans: false,
  ...(alphabet === undefined ? {} : { alphabet }),
})
export const dateSql = (sql: SqlExpr): TypedSql => ({ sql, type: 'date', nulls: false, nans: true })

/** The value as SQL; a Reason for one that is no SQL scalar (an array, an object, a regular expression). */
export const toTyped = (value: Value): TypedSql | Reason => {
  if (!isConstant(value)) return value
  const { constant: known } = value
  if (known === null) return { sql: literal(null), type: 'null', nulls: true, nans: false }
  if (known instanceof Date) return { ...dateSql(literal(known.getTime())), nans: Number.isNaN(known.getTime()) }
  switch (typeof known) {
    case 'undefined':
      return { sql: literal(null), type: 'undefined', nulls: true, undefinedNull: true, nans: false }
    case 'number':
      return numberSql(literal(known), Number.isNaN(known))
    case 'boolean':
      return booleanSql(literal(known))
    case 'string':
      return /[\ud800-\udfff]/.test(known) && !isWellFormed(known)
        ? reason('a string with half a surrogate pair has no SQL form')
        : stringSql(literal(known), alphabetOf(known))
    default:
      return reason('an array, object or regular expression is not a SQL value')
  }
}

const isWellFormed = (text: string): boolean =>
  !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)

/** Applies `then` to values that are all there; the first Reason otherwise. */
export const withAll = <T extends readonly unknown[], R>(
  values: { readonly [K in keyof T]: T[K] | Reason },
  then: (...values: T) => R | Reason,
): R | Reason => {
  const failed = values.find((value) => isReason(value))
  return isReason(failed) ? failed : then(...(values as unknown as T))
}
