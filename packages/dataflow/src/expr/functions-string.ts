import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { call, concat, equal, integer, literal, NAN, subtract, when } from '../sql/build.ts'
import { toText } from './coerce.ts'
import type { TypedSql } from './typed.ts'
import type { SqlFunction } from './typed.ts'
import { stringLength, trimSql, WHITE } from './number-text.ts'
import { numberSql, stringSql, withAll } from './value.ts'

const NOT_ASCII = reason('beyond ASCII the engine and JavaScript treat text differently')

/** Vega's function throws on null; so that a run fails where Vega's does, it is not tried here. */
const neverNull = (value: TypedSql | undefined): TypedSql | Reason =>
  value === undefined || value.type !== 'string'
    ? reason('the function takes a string')
    : value.nulls
      ? reason('the function fails on null')
      : value

const length: SqlFunction = ([value]) =>
  withAll<[TypedSql], TypedSql>([neverNull(value)], ({ sql }) => numberSql(stringLength(sql), false))

const constantText = (value: TypedSql | undefined): string | Reason =>
  value?.sql.kind === 'literal' && typeof value.sql.value === 'string'
    ? value.sql.value
    : reason('the searched text is not a constant')

/** Position in UTF-16 units of the first occurrence, or -1. */
const indexof: SqlFunction = ([value, searched, ...more]) =>
  more.length > 0
    ? reason('a start position is not supported')
    : withAll<[TypedSql, string], TypedSql>([neverNull(value), constantText(searched)], ({ sql }, text) => {
        const at = call('strpos', sql, literal(text))
        const before = call('substr', sql, integer(1), subtract(at, integer(1)))
        return numberSql(when([[equal(at, integer(0)), literal(-1)]], stringLength(before)), false)
      })

/** The first occurrence only; a `$` in the replacement has a meaning of its own. */
const replace: SqlFunction = ([value, searched, replacement, ...more]) => {
  if (value === undefined || more.length > 0) return reason('replace takes three arguments')
  return withAll<[SqlExpr, string, string], TypedSql>(
    [toText(value), constantText(searched), constantText(replacement)],
    (sql, text, by) => {
      if (by.includes('$')) return reason('patterns in a replacement are not supported')
      const at = call('strpos', sql, literal(text))
      const before = call('substr', sql, integer(1), subtract(at, integer(1)))
      const after = call('substr', sql, { kind: 'binary', op: '+', left: at, right: integer([...text].length) })
      return stringSql(when([[equal(at, integer(0)), sql]], concat(before, concat(literal(by), after))))
    },
  )
}

const trim: SqlFunction = ([value]) =>
  value === undefined
    ? reason('trim takes a string')
    : withAll<[SqlExpr], TypedSql>([toText(value)], (text) => stringSql(trimSql(text)))

const parseFloat: SqlFunction = ([value]) =>
  value === undefined
    ? numberSql(NAN)
    : withAll<[SqlExpr], TypedSql>([toText(value)], (text) => {
        const pattern = `^[${WHITE}]*([+-]?(?:Infinity|(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?))`
        const found = call('regexp_extract', text, literal(pattern), integer(1))
        const overflow = when([[call('starts_with', found, literal('-')), literal(-Infinity)]], literal(Infinity))
        const number = call('coalesce', { kind: 'cast', operand: found, type: 'double', try: true }, overflow)
        return numberSql(when([[equal(found, literal('')), NAN]], number))
      })

const refuse =
  (why: Reason): SqlFunction =>
  () =>
    why

/** Vega's string functions: https://vega.github.io/vega/docs/expressions/#string-functions. */
export const STRING_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  length,
  indexof,
  replace,
  trim,
  parseFloat,
  upper: refuse(NOT_ASCII),
  lower: refuse(NOT_ASCII),
  substring: refuse(NOT_ASCII),
  slice: refuse(NOT_ASCII),
}
