import { reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  call,
  cast,
  concat,
  equal,
  FALSE,
  integer,
  isNan,
  isNull,
  less,
  literal,
  negate,
  remainder,
  when,
} from '../sql/build.ts'
import { bind } from '../sql/bind.ts'
import { alphabetOf } from './alphabet.ts'
import { toNumber } from './coerce.ts'
import { DATE_PARTS, type DatePart } from './date-parts.ts'
import { timeClip, wallTimeSql } from './time-zone-sql.ts'
import { zoneNamed } from './time-zone.ts'
import type { SqlFunction, TypedSql } from './typed.ts'
import { stringSql, withAll } from './value.ts'

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** What a directive writes: a number of so many digits, or a text; and what of an invalid date, by default `NaN` or nothing. */
type Directive = (
  { readonly number: DatePart; readonly width: number; readonly fill?: string } | { readonly text: DatePart }
) & { readonly invalid?: string }

const { year, month, date, day, hours, minutes, seconds, milliseconds, quarter } = DATE_PARTS

const named = (part: DatePart, names: readonly string[]): Directive => ({
  text: (wall) =>
    call(
      'list_extract',
      call('list_value', ...names.map((name) => literal(name))),
      add(cast(part(wall), 'bigint'), integer(1)),
    ),
})
const short = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3))

/** The directives of d3's time formats in the locale of the United States, but for those that count days or weeks, or name a zone. */
const DIRECTIVES: Readonly<Record<string, Directive>> = {
  a: named(day, short(DAYS)),
  A: named(day, DAYS),
  b: named(month, short(MONTHS)),
  B: named(month, MONTHS),
  d: { number: date, width: 2 },
  e: { number: date, width: 2, fill: ' ' },
  H: { number: hours, width: 2 },
  I: {
    number: (wall) =>
      bind(remainder(hours(wall), literal(12)), (hour) => when([[equal(hour, literal(0)), literal(12)]], hour)),
    width: 2,
    invalid: '12',
  },
  L: { number: milliseconds, width: 3 },
  m: { number: (wall) => add(month(wall), literal(1)), width: 2 },
  M: { number: minutes, width: 2 },
  p: { text: (wall) => when([[less(hours(wall), literal(12)), literal('AM')]], literal('PM')), invalid: 'AM' },
  q: { number: quarter, width: 0, invalid: '1' },
  S: { number: seconds, width: 2 },
  u: {
    number: (wall) => bind(day(wall), (weekday) => when([[equal(weekday, literal(0)), literal(7)]], weekday)),
    width: 0,
  },
  w: { number: day, width: 0 },
  y: { number: (wall) => remainder(year(wall), literal(100)), width: 2 },
  Y: { number: (wall) => remainder(year(wall), literal(10_000)), width: 4 },
}
const FILLS: Readonly<Record<string, string>> = { '-': '', _: ' ', '0': '0' }

const padded = (value: SqlExpr, width: number, fill: string): SqlExpr => {
  const digits = (size: SqlExpr): SqlExpr => {
    const text = cast(cast(size, 'bigint'), 'varchar')
    return fill === '' || width === 0 ? text : call('lpad', text, integer(width), literal(fill))
  }
  return bind(value, (known) =>
    when([[less(known, literal(0)), concat(literal('-'), digits(negate(known)))]], digits(known)),
  )
}

/** A part of a specifier: a text, or what is written of a wall time, and of none. */
type Part = string | { readonly of: (wall: SqlExpr) => SqlExpr; readonly invalid: string }

/** Directives that stand for several. */
const LONG: Readonly<Record<string, string>> = {
  c: '%-m/%-d/%Y, %-I:%M:%S %p',
  x: '%-m/%-d/%Y',
  X: '%-I:%M:%S %p',
}

/** A specifier as texts and directives; undefined where one has no SQL. */
const partsOf = (specifier: string): readonly Part[] | undefined => {
  const parts: Part[] = []
  for (const [token, fill, letter] of specifier.matchAll(/%([-_0]?)([\s\S]?)|[^%]+/g)) {
    if (!token.startsWith('%')) parts.push(token)
    else if (token === '%%') parts.push('%')
    else if (letter !== undefined && Object.hasOwn(LONG, letter)) parts.push(...(partsOf(LONG[letter] ?? '') ?? []))
    else {
      const directive = letter !== undefined && Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter] : undefined
      if (directive === undefined) return undefined
      parts.push(partOf(directive, fill ?? ''))
    }
  }
  return parts
}

const partOf = (directive: Directive, given: string): Part => {
  if (!('number' in directive)) return { of: directive.text, invalid: directive.invalid ?? '' }
  const { number, width, fill = '0', invalid = 'NaN' } = directive
  const by = given === '' ? fill : (FILLS[given] ?? fill)
  return {
    of: (wall) => padded(number(wall), width, by),
    invalid: width === 0 ? invalid : by.repeat(Math.max(0, width - invalid.length)) + invalid,
  }
}

const formatted =
  (isLocal: boolean): SqlFunction =>
  ([value, specifier, ...more], { timeZone }) => {
    if (value === undefined || specifier === undefined || more.length > 0)
      return reason('a date is formatted by one specifier')
    const text =
      specifier.sql.kind === 'literal' && typeof specifier.sql.value === 'string' ? specifier.sql.value : undefined
    const parts = text === undefined || text === '' ? undefined : partsOf(text)
    if (parts === undefined) return reason('the specifier has parts without SQL', text ?? 'specifier')
    if (value.type === 'null') return stringSql(literal('null'), 'ascii')
    return withAll<[TypedSql], TypedSql>([toNumber(value)], (number) => {
      const time = value.type === 'date' ? number.sql : timeClip(number.sql)
      const wall = isLocal ? wallTimeSql(zoneNamed(timeZone), time) : time
      const all = (write: (part: Exclude<Part, string>) => SqlExpr): SqlExpr =>
        parts.map((part) => (typeof part === 'string' ? literal(part) : write(part))).reduce(concat, literal(''))
      const invalid = value.type !== 'date' || number.nans ? isNan : () => FALSE
      const written = bind(wall, (known) =>
        when(
          [[invalid(known), all((part) => literal(part.invalid))]],
          all((part) => part.of(known)),
        ),
      )
      const nulls = value.nulls && value.undefinedNull !== true
      return stringSql(nulls ? when([[isNull(value.sql), literal('null')]], written) : written, alphabetOf(text ?? ''))
    })
  }

/** Vega's date formats: https://vega.github.io/vega/docs/expressions/#format-functions. */
export const FORMAT_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  timeFormat: formatted(true),
  utcFormat: formatted(false),
}
