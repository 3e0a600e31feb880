import { reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  call,
  cast,
  concat,
  equal,
  integer,
  isNull,
  less,
  literal,
  negate,
  remainder,
  when,
} from '../sql/build.ts'
import { bind } from '../sql/bind.ts'
import { alphabetOf } from './alphabet.ts'
import { DATE_PARTS, type DatePart } from './date-parts.ts'
import { wallTimeSql } from './time-zone-sql.ts'
import { zoneNamed } from './time-zone.ts'
import type { SqlFunction } from './typed.ts'
import { stringSql } from './value.ts'

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** What a directive writes: a number of so many digits, or a text. */
type Directive =
  { readonly number: DatePart; readonly width: number; readonly fill?: string } | { readonly text: DatePart }

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
  },
  L: { number: milliseconds, width: 3 },
  m: { number: (wall) => add(month(wall), literal(1)), width: 2 },
  M: { number: minutes, width: 2 },
  p: { text: (wall) => when([[less(hours(wall), literal(12)), literal('AM')]], literal('PM')) },
  q: { number: quarter, width: 0 },
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

/** A specifier as texts and directives; undefined where one has no SQL. */
const partsOf = (specifier: string): readonly (string | ((wall: SqlExpr) => SqlExpr))[] | undefined => {
  const parts: (string | ((wall: SqlExpr) => SqlExpr))[] = []
  for (const [token, fill, letter] of specifier.matchAll(/%([-_0]?)([\s\S]?)|[^%]+/g)) {
    if (!token.startsWith('%')) parts.push(token)
    else if (token === '%%') parts.push('%')
    else {
      const directive = letter !== undefined && Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter] : undefined
      if (directive === undefined) return undefined
      const own = 'number' in directive ? directive : undefined
      const by = (fill !== undefined && fill !== '' ? FILLS[fill] : own?.fill) ?? '0'
      parts.push('number' in directive ? (wall) => padded(directive.number(wall), directive.width, by) : directive.text)
    }
  }
  return parts
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
    if (value.type !== 'date') return reason('only dates are formatted in SQL')
    if (value.nans || value.undefinedNull === true) return reason('a date may be invalid')
    const wall = isLocal ? wallTimeSql(zoneNamed(timeZone), value.sql) : value.sql
    const written = bind(wall, (time) =>
      parts.map((part) => (typeof part === 'string' ? literal(part) : part(time))).reduce(concat, literal('')),
    )
    return stringSql(
      value.nulls ? when([[isNull(value.sql), literal('null')]], written) : written,
      alphabetOf(text ?? ''),
    )
  }

/** Vega's date formats: https://vega.github.io/vega/docs/expressions/#format-functions. */
export const FORMAT_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  timeFormat: formatted(true),
  utcFormat: formatted(false),
}
