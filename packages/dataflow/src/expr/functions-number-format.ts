import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  call,
  concat,
  equal,
  FALSE,
  isNan,
  isNull,
  less,
  literal,
  or,
  and,
  not,
  when,
  atLeast,
  multiply,
  divide,
} from '../sql/build.ts'
import { bind } from '../sql/bind.ts'
import { toNumber } from './coerce.ts'
import { round } from './functions-math.ts'
import { spelledOut, toExponential, toFixed, toPrecision, toRounded } from './number-digits.ts'
import { numberToString } from './number-text.ts'
import type { SqlFunction, TypedSql } from './typed.ts'
import { stringSql, withAll } from './value.ts'

/** `[sign][symbol][,][.precision][~][type]` of d3's formats: https://d3js.org/d3-format. */
const SPECIFIER = /^([+\-( ])?(\$)?(,)?(?:\.(\d+))?(~)?([a-z%])?$/i

interface Specifier {
  readonly sign: string
  readonly symbol: string
  readonly comma: boolean
  readonly precision: number
  readonly trim: boolean
  readonly type: string
}

/** Writes finite numbers from 0 on. */
const TYPES: Readonly<Record<string, (x: SqlExpr, precision: number) => SqlExpr>> = {
  '%': (x, precision) => fixed(multiply(x, literal(100)), precision),
  d: (x) =>
    bind(round(x), (whole) => when([[atLeast(whole, literal(1e21)), spelledOut(whole)]], numberToString(whole))),
  e: toExponential,
  f: (x, precision) => fixed(x, precision),
  g: toPrecision,
  p: (x, precision) => finite(multiply(x, literal(100)), (size) => toRounded(size, precision)),
  r: toRounded,
}

/** From 1e21 on `toFixed` is `String`. */
const fixed = (value: SqlExpr, precision: number): SqlExpr =>
  bind(value, (x) => when([[atLeast(x, literal(1e21)), numberToString(x)]], toFixed(x, precision)))

/** A hundred times a number may be infinite. */
const finite = (value: SqlExpr, write: (x: SqlExpr) => SqlExpr): SqlExpr =>
  bind(value, (x) => when([[equal(x, literal(Infinity)), literal('Infinity')]], write(x)))

/** What d3 makes of the specifier; undefined where a part of it has no SQL. */
const specifierOf = (text: string): Specifier | undefined => {
  const [found, sign = '-', symbol = '', comma, given, tilde, letter = ''] = SPECIFIER.exec(text) ?? []
  if (found === undefined || /[sbcoxX]/.test(letter)) return undefined
  const wanted = given === undefined ? undefined : Number(given)
  const known = letter === 'n' || Object.hasOwn(TYPES, letter)
  const type = known && letter !== 'n' ? letter : 'g'
  const precision = wanted ?? (known ? 6 : 12)
  return {
    sign,
    symbol,
    comma: comma !== undefined || letter === 'n',
    precision: /[gpr]/.test(type) ? Math.max(1, Math.min(21, precision)) : Math.max(0, Math.min(20, precision)),
    trim: tilde !== undefined || !known,
    type,
  }
}

/** Without zeros at the end of the fraction. */
const trimmed = (text: SqlExpr): SqlExpr =>
  call('regexp_replace', text, literal('^([0-9]+)(?:(\\.[0-9]*[1-9])0+|\\.0+)(e.*)?$'), literal('\\1\\2\\3'))

/** Thousands of the digits that the text starts with. */
const grouped = (text: SqlExpr): SqlExpr => {
  const digits = call('reverse', call('regexp_extract', text, literal('^[0-9]*')))
  const commas = call('regexp_replace', digits, literal('([0-9]{3})'), literal('\\1,'), literal('g'))
  const whole = call('reverse', call('rtrim', commas, literal(',')))
  return concat(whole, call('regexp_replace', text, literal('^[0-9]*'), literal('')))
}

const formatted = (value: SqlExpr, specifier: Specifier): SqlExpr => {
  const { sign, symbol, comma, precision, trim, type } = specifier
  const write = TYPES[type] ?? toPrecision
  // a currency has a suffix of its own instead of the percent sign: none by default
  const suffix = symbol === '' && /[%p]/.test(type) ? '%' : ''
  const plus = sign === '-' || sign === '(' ? '' : sign
  const [minus, closing] = sign === '(' ? ['(', ')'] : ['−', '']
  const infinite = type === 'd' ? '∞' : 'Infinity'
  const digits = bind(call('abs', value), (size) => {
    const text = when([[equal(size, literal(Infinity)), literal(infinite)]], write(size, precision))
    return when([[isNan(size), literal('NaN')]], trim ? trimmed(text) : text)
  })
  // 1 / -0 tells -0 from 0.
  const negative = or(less(value, literal(0)), less(divide(literal(1), value), literal(0)))
  const written = concat(when([[negative, literal('-')]], literal('')), digits)
  return bind(written, (text) => {
    const body = call('ltrim', text, literal('-'))
    const signed = (before: string, after: string): SqlExpr =>
      concat(concat(literal(before + symbol), comma ? grouped(body) : body), literal(suffix + after))
    // What rounds to zero has no sign.
    const hidden = sign === '+' ? FALSE : call('regexp_matches', text, literal('^-[0.]+(?:e.*)?$'))
    return when([[and(call('starts_with', text, literal('-')), not(hidden)), signed(minus, closing)]], signed(plus, ''))
  })
}

const format: SqlFunction = ([value, specifier, ...more]) => {
  if (value === undefined || specifier === undefined || more.length > 0)
    return reason('a number is formatted by one specifier')
  const { sql } = specifier
  const given = sql.kind === 'literal' && typeof sql.value === 'string' ? specifierOf(sql.value) : undefined
  if (given === undefined) return reason('the specifier has parts without SQL', 'specifier')
  if (value.type === 'null') return stringSql(literal('null'), 'ascii')
  return withAll<[TypedSql], TypedSql>([toNumber(value)], (number): TypedSql | Reason => {
    const text = bind(number.sql, (x) => formatted(x, given))
    const nulls = value.nulls && value.undefinedNull !== true
    return stringSql(nulls ? when([[isNull(value.sql), literal('null')]], text) : text, 'bmp')
  })
}

/** Vega's number formats: https://vega.github.io/vega/docs/expressions/#format. */
export const NUMBER_FORMAT_FUNCTIONS: Readonly<Record<string, SqlFunction>> = { format }
