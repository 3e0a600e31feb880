import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { add, call, concat, equal, integer, literal, NAN, negate, subtract, when } from '../sql/build.ts'
import { bind } from '../sql/bind.ts'
import { alphabetOf, commonAlphabet } from './alphabet.ts'
import { textAlphabet, toText } from './coerce.ts'
import { pad, truncate } from './text-fill.ts'
import { lastPosition, part } from './text-position.ts'
import type { TypedSql } from './typed.ts'
import type { SqlFunction } from './typed.ts'
import { stringLength, stringToNumber, trimSql, WHITE } from './number-text.ts'
import { numberSql, stringSql, withAll } from './value.ts'

/** Vega's function throws on null; so that a run fails where Vega's does, it is not tried here. */
const neverNull = (value: TypedSql | undefined): TypedSql | Reason =>
  value === undefined || value.type !== 'string'
    ? reason('the function takes a string')
    : value.nulls
      ? reason('the function fails on null')
      : value

const length: SqlFunction = ([value, ...more]) =>
  withAll<[TypedSql], TypedSql>([neverNull(more.length > 0 ? undefined : value)], ({ sql }) =>
    numberSql(stringLength(sql), false),
  )

const constantText = (value: TypedSql | undefined): string | Reason =>
  value?.sql.kind === 'literal' && typeof value.sql.value === 'string'
    ? value.sql.value
    : reason('the searched text is not a constant')

/** What is searched for, made a text. */
const searchedText = (value: TypedSql | undefined): SqlExpr | Reason =>
  value === undefined ? literal('undefined') : toText(value)

/** Position in UTF-16 units of the first occurrence, or -1. */
const indexof: SqlFunction = ([value, searched, ...more]) =>
  more.length > 0
    ? reason('a start position is not supported')
    : withAll<[TypedSql, SqlExpr], TypedSql>([neverNull(value), searchedText(searched)], ({ sql }, text) => {
        const at = call('strpos', sql, text)
        const before = call('substr', sql, integer(1), subtract(at, integer(1)))
        return numberSql(when([[equal(at, integer(0)), literal(-1)]], stringLength(before)), false)
      })

/** The first occurrence only; a `$` in the replacement has a meaning of its own. */
const replace: SqlFunction = ([value, searched, replacement, ...more]) => {
  if (value === undefined || more.length > 0) return reason('replace takes three arguments')
  const text = neverNull(searched)
  return withAll<[SqlExpr, TypedSql, string], TypedSql>(
    [toText(value), text, constantText(replacement)],
    (sql, { sql: text }, by) => {
      if (by.includes('$')) return reason('patterns in a replacement are not supported')
      const at = call('strpos', sql, text)
      const before = call('substr', sql, integer(1), subtract(at, integer(1)))
      const after = call('substr', sql, add(at, call('length', text)))
      return stringSql(
        when([[equal(at, integer(0)), sql]], concat(before, concat(literal(by), after))),
        commonAlphabet([textAlphabet(value), alphabetOf(by)]),
      )
    },
  )
}

const trim: SqlFunction = ([value, ...more]) =>
  value === undefined || more.length > 0
    ? reason('trim takes a string')
    : withAll<[SqlExpr], TypedSql>([toText(value)], (text) => stringSql(trimSql(text), textAlphabet(value)))

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

/** Digits after white space and a sign, as far as there are any; hexadecimal ones after `0x`. */
const parseInt: SqlFunction = ([value, radix, ...more]) => {
  const decimal = radix?.sql.kind === 'literal' && radix.sql.value === 10
  if (value === undefined || more.length > 0 || !(radix === undefined || decimal))
    return reason('parseInt takes a text, and 10 for its base')
  return withAll<[SqlExpr], TypedSql>([toText(value)], (text) => {
    const found = (digits: string): SqlExpr =>
      call('regexp_extract', text, literal(`^[${WHITE}]*[+-]?(${digits})`), integer(1))
    const negative = call('regexp_matches', text, literal(`^[${WHITE}]*-`))
    const digits = decimal ? found('[0-9]+') : found('0[xX][0-9a-fA-F]*|[0-9]+')
    return numberSql(
      bind(digits, (known) => {
        const number = when([[equal(known, literal('')), NAN]], stringToNumber(known))
        return when([[negative, negate(number)]], number)
      }),
    )
  })
}

const lastindexof: SqlFunction = ([value, searched, ...more]) =>
  more.length > 0
    ? reason('a start position is not supported')
    : withAll<[TypedSql, string], TypedSql>([neverNull(value), constantText(searched)], ({ sql, alphabet }, text) =>
        alphabet === 'ascii'
          ? numberSql(lastPosition(sql, text), false)
          : overlapsItself(text)
            ? reason('beyond ASCII the engine does not find a text that overlaps itself from the end')
            : numberSql(lastPart(sql, text), false),
      )

/** Does the text end as it starts? Or is it empty, and found at the end? */
const overlapsItself = (text: string): boolean =>
  text === '' || Array.from({ length: text.length - 1 }, (_c, i) => i + 1).some((n) => text.startsWith(text.slice(n)))

/** Position in UTF-16 units of what comes before the last part that the searched text splits off. */
const lastPart = (value: SqlExpr, text: string): SqlExpr => {
  const parts = call('string_split', value, literal(text))
  const last = stringLength(call('list_extract', parts, integer(-1)))
  const found = subtract(subtract(stringLength(value), last), literal(text.length))
  return when([[equal(call('len', parts), integer(1)), literal(-1)]], found)
}

const cased =
  (name: 'upper' | 'lower'): SqlFunction =>
  ([value, ...more]) =>
    value === undefined || more.length > 0
      ? reason('the function takes a string')
      : textAlphabet(value) === 'ascii'
        ? withAll<[SqlExpr], TypedSql>([toText(value)], (text) => stringSql(call(name, text), 'ascii'))
        : reason('beyond ASCII the engine and JavaScript treat text differently')

const slice: SqlFunction = ([value, ...positions], scope) =>
  withAll<[TypedSql], TypedSql>([neverNull(value)], (text) => part(false)([text, ...positions], scope))

/** Vega's string functions: https://vega.github.io/vega/docs/expressions/#string-functions. */
export const STRING_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  length,
  indexof,
  lastindexof,
  replace,
  trim,
  parseFloat,
  parseInt,
  upper: cased('upper'),
  lower: cased('lower'),
  substring: part(true),
  slice,
  pad,
  truncate,
}
