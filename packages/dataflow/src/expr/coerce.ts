import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  and,
  cast,
  coalesce,
  FALSE,
  isNan,
  isNotNull,
  isNull,
  literal,
  NAN,
  not,
  notEqual,
  TRUE,
  when,
} from '../sql/build.ts'
import { bind } from '../sql/bind.ts'
import { held } from './compare-bounded.ts'
import type { Alphabet } from './alphabet.ts'
import type { TypedSql } from './typed.ts'
import { numberToString, stringToNumber } from './number-text.ts'
import { numberSql } from './value.ts'

const OPAQUE = reason('values of unknown type are not computed with')

/** `Number(value)`, with NULL kept where the value is NULL: DOUBLE. */
export const numberOrNull = (value: TypedSql): SqlExpr | Reason => {
  switch (value.type) {
    case 'number':
    case 'date':
      return value.sql
    case 'boolean':
      return cast(value.sql, 'double')
    case 'string':
      return value.nulls
        ? when([[isNotNull(value.sql), stringToNumber(value.sql)]], cast(literal(null), 'double'))
        : stringToNumber(value.sql)
    case 'null':
    case 'undefined':
      return cast(literal(null), 'double')
    case 'json':
      return OPAQUE
  }
}

/** What NULL is as a number: null is 0, undefined is NaN. */
export const nullNumber = (value: TypedSql): SqlExpr => (value.undefinedNull === true ? NAN : literal(0))

/** `Number(value)`, never NULL. */
export const toNumber = (value: TypedSql): TypedSql | Reason => {
  if (value.type === 'null') return numberSql(literal(0), false)
  if (value.type === 'undefined') return numberSql(NAN)
  const number = numberOrNull(value)
  if ('reason' in number) return number
  const nans = value.type === 'string' || value.nans || (value.nulls && value.undefinedNull === true)
  return numberSql(value.nulls ? coalesce(number, nullNumber(value)) : number, nans)
}

/** `String(value)`, never NULL. */
export const toText = (value: TypedSql): SqlExpr | Reason => {
  const named = literal(value.undefinedNull === true ? 'undefined' : 'null')
  const text = textOrNull(value)
  if ('reason' in text) return text
  return value.type === 'null' || value.type === 'undefined' ? named : value.nulls ? coalesce(text, named) : text
}

/** `String(value)`, with NULL kept where the value is NULL. */
export const textOrNull = (value: TypedSql): SqlExpr | Reason => {
  switch (value.type) {
    case 'string':
      return value.sql
    case 'number':
      return numberToString(value.sql)
    case 'boolean':
      return when(
        [
          [value.sql, literal('true')],
          [not(value.sql), literal('false')],
        ],
        cast(literal(null), 'varchar'),
      )
    case 'null':
    case 'undefined':
      return cast(literal(null), 'varchar')
    case 'date':
      return reason('the text of a date depends on the locale')
    case 'json':
      return OPAQUE
  }
}

/** Of `String(value)`. */
export const textAlphabet = (value: TypedSql): Alphabet => (value.type === 'string' ? value.alphabet : 'ascii')

/** Is the value true to JavaScript? Never NULL. */
export const truthy = (value: TypedSql): SqlExpr | Reason => {
  const orFalse = (sql: SqlExpr): SqlExpr => (value.nulls ? coalesce(sql, FALSE) : sql)
  switch (value.type) {
    case 'boolean':
      return orFalse(value.sql)
    case 'number': {
      const nonzero = (sql: SqlExpr): SqlExpr => notEqual(sql, literal(0))
      return orFalse(value.nans ? bind(value.sql, (sql) => and(nonzero(sql), not(isNan(sql)))) : nonzero(value.sql))
    }
    case 'string':
      return orFalse(notEqual(value.sql, literal('')))
    case 'date':
      return value.nulls ? isNotNull(value.sql) : TRUE
    case 'null':
    case 'undefined':
      return FALSE
    case 'json':
      return OPAQUE
  }
}

/** Is the value null or undefined? */
export const isNullish = (value: TypedSql): SqlExpr =>
  value.type === 'null' || value.type === 'undefined' ? TRUE : value.nulls ? isNull(held(value)) : FALSE
