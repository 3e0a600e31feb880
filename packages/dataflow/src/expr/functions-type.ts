import { reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  and,
  call,
  cast,
  coalesce,
  equal,
  FALSE,
  isIn,
  isNan,
  isNotNull,
  literal,
  not,
  NULL,
  or,
  TRUE,
  when,
} from '../sql/build.ts'
import { finite, held } from './compare-bounded.ts'
import type { Alphabet } from './alphabet.ts'
import { isNullish, numberOrNull, textAlphabet, textOrNull, truthy } from './coerce.ts'
import type { ExprType, TypedSql } from './typed.ts'
import type { SqlFunction } from './typed.ts'
import { booleanSql, withAll } from './value.ts'

const OPAQUE = reason('values of unknown type are not tested')
const EXTRA = reason('the function takes one argument')

/** A function of one argument of a known type. */
const unary =
  (build: (value: TypedSql) => ReturnType<SqlFunction>): SqlFunction =>
  ([value, ...more]) =>
    value === undefined || more.length > 0 ? EXTRA : build(value)

const present = (value: TypedSql): SqlExpr => not(isNullish(value))

const isType = (...types: readonly ExprType[]): SqlFunction =>
  unary((value) => (value.type === 'json' ? OPAQUE : booleanSql(types.includes(value.type) ? notNull(value) : FALSE)))

const notNull = (value: TypedSql): SqlExpr => (value.nulls ? isNotNull(held(value)) : TRUE)

const nullable = (value: TypedSql, type: ExprType, sql: SqlExpr, nulls = value.nulls): TypedSql => ({
  sql,
  type,
  nulls,
  nans: type === 'number' && value.nans,
})

/** Null, undefined and the empty string become null; the rest is converted. */
const orNull = (value: TypedSql, type: ExprType, sql: SqlExpr): TypedSql =>
  value.type === 'string'
    ? {
        ...nullable(
          value,
          type,
          when([[or(isNullish(value), equal(value.sql, literal(''))), cast(NULL, SQL_TYPES[type])]], sql),
          true,
        ),
        nans: true,
      }
    : nullable(value, type, sql)

const withAlphabet = (value: TypedSql, alphabet: Alphabet): TypedSql =>
  alphabet === undefined ? value : { ...value, alphabet }

const SQL_TYPES: Readonly<Record<ExprType, 'double' | 'varchar' | 'boolean'>> = {
  number: 'double',
  date: 'double',
  string: 'varchar',
  boolean: 'boolean',
  json: 'varchar',
  null: 'varchar',
  undefined: 'varchar',
}

const NULL_VALUE: TypedSql = { sql: NULL, type: 'null', nulls: true, nans: false }
const isEmpty = (value: TypedSql): boolean => value.type === 'null' || value.type === 'undefined'

/** Vega's type tests and conversions: https://vega.github.io/vega/docs/expressions/#type-checking-functions. */
export const TYPE_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  /** An invalid Date is an object equal to itself, so it is valid here. */
  isValid: unary((value) =>
    booleanSql(value.type === 'number' && value.nans ? coalesce(not(isNan(value.sql)), FALSE) : present(value)),
  ),
  isDefined: unary((value) => booleanSql(value.undefinedNull === true ? present(value) : TRUE)),
  isNaN: unary((value) =>
    value.type === 'json' ? OPAQUE : booleanSql(value.type === 'number' ? coalesce(isNan(value.sql), FALSE) : FALSE),
  ),
  isFinite: unary((value) =>
    value.type === 'json'
      ? OPAQUE
      : booleanSql(value.type === 'number' ? (finite(value) ?? coalesce(call('isfinite', value.sql), FALSE)) : FALSE),
  ),
  isNumber: isType('number'),
  isString: isType('string'),
  isBoolean: isType('boolean'),
  isDate: isType('date'),
  isObject: isType('date'),
  isArray: isType(),
  isRegExp: isType(),
  toNumber: unary((value) => {
    if (isEmpty(value)) return NULL_VALUE
    return withAll<[SqlExpr], TypedSql>([numberOrNull({ ...value, nulls: false })], (sql) =>
      orNull(value, 'number', sql),
    )
  }),
  toString: unary((value) => {
    if (isEmpty(value)) return NULL_VALUE
    return withAll<[SqlExpr], TypedSql>([textOrNull(value)], (sql) =>
      withAlphabet(orNull(value, 'string', sql), textAlphabet(value)),
    )
  }),
  toBoolean: unary((value) => {
    if (isEmpty(value)) return NULL_VALUE
    if (value.type === 'string') {
      return orNull(value, 'boolean', not(isIn(value.sql, [literal('false'), literal('0')])))
    }
    return withAll<[SqlExpr], TypedSql>([truthy({ ...value, nulls: false })], (sql) =>
      nullable(value, 'boolean', value.nulls ? when([[isNotNull(value.sql), and(sql)]], cast(NULL, 'boolean')) : sql),
    )
  }),
  toDate: unary((value) => {
    if (isEmpty(value)) return NULL_VALUE
    if (value.type === 'number' || value.type === 'date')
      return { ...nullable(value, value.type, value.sql), nans: value.nans }
    return reason('a date in a string is read as the platform likes')
  }),
}
