import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  and,
  atLeast,
  call,
  cast,
  concat,
  equal,
  integer,
  isIn,
  less,
  literal,
  multiply,
  NAN,
  notEqual,
  remainder,
  subtract,
  tryCast,
  when,
} from '../sql/build.ts'

import { bind } from '../sql/bind.ts'

/** JavaScript's white space and line ends, as an RE2 class body. */
export const WHITE =
  '\\t\\n\\x0B\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}'

/** `s.trim()`. */
export const trimSql = (text: SqlExpr): SqlExpr =>
  call('regexp_replace', text, literal(`^[${WHITE}]+|[${WHITE}]+$`), literal(''), literal('g'))

const matches = (text: SqlExpr, pattern: string): SqlExpr => call('regexp_full_match', text, literal(pattern))

/** `+s` for a string that is not NULL: JavaScript's StringToNumber. */
export const stringToNumber = (text: SqlExpr): SqlExpr => bind(trimSql(text), trimmedToNumber)

const trimmedToNumber = (trimmed: SqlExpr): SqlExpr => {
  const letters = call('translate', call('substr', trimmed, integer(3)), literal('01234567'), literal('abcdefgh'))
  const octalAsBinary = [...'abcdefgh'].reduce(
    (sql, letter, digit) => call('replace', sql, literal(letter), literal(digit.toString(2).padStart(3, '0'))),
    letters,
  )
  return when(
    [
      [matches(trimmed, '[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?'), decimal(trimmed)],
      [equal(trimmed, literal('')), literal(0)],
      [isIn(trimmed, [literal('Infinity'), literal('+Infinity')]), literal(Infinity)],
      [equal(trimmed, literal('-Infinity')), literal(-Infinity)],
      [matches(trimmed, '0[xX][0-9a-fA-F]+'), powerOfTwo(call('substr', trimmed, integer(3)), '0x', 15, 16)],
      [matches(trimmed, '0[bB][01]+'), powerOfTwo(call('substr', trimmed, integer(3)), '0b', 60, 2)],
      [matches(trimmed, '0[oO][0-7]+'), powerOfTwo(octalAsBinary, '0b', 60, 2)],
    ],
    NAN,
  )
}

/** Overflow to infinity where the engine's cast fails. */
const decimal = (text: SqlExpr): SqlExpr =>
  call(
    'coalesce',
    tryCast(text, 'double'),
    when([[call('starts_with', text, literal('-')), literal(-Infinity)]], literal(Infinity)),
  )

/** Digits of base 2 or 16: the first 60 bits, made odd when a later digit counts, round as the whole would. */
const powerOfTwo = (digits: SqlExpr, prefix: string, head: number, base: number): SqlExpr => {
  const significant = call('ltrim', digits, literal('0'))
  const first = tryCast(concat(literal(prefix), call('substr', significant, integer(1), integer(head))), 'bigint')
  const rest = call('substr', significant, integer(head + 1))
  const later = notEqual(call('trim', rest, literal('0')), literal(''))
  const even = equal(remainder(first, integer(2)), integer(0))
  const odd = add(first, when([[and(later, even), integer(1)]], integer(0)))
  return when(
    [[equal(significant, literal('')), literal(0)]],
    multiply(cast(odd, 'double'), call('pow', literal(base), cast(call('length', rest), 'double'))),
  )
}

/** `'' + x` for a number that is not NULL: JavaScript's NumberToString, from the engine's shortest digits. */
export const numberToString = (value: SqlExpr): SqlExpr => bind(value, finiteOrNot)

const finiteOrNot = (x: SqlExpr): SqlExpr => {
  const size = call('abs', x)
  const text = cast(x, 'varchar')
  const digits = call(
    'replace',
    call('regexp_extract', text, literal('^-?([0-9.]+)'), integer(1)),
    literal('.'),
    literal(''),
  )
  const exponent = tryCast(call('regexp_extract', text, literal('e[+-]?0*([0-9]+)$'), integer(1)), 'integer')
  const sign = when([[less(x, literal(0)), literal('-')]], literal(''))
  return when(
    [
      [call('isnan', x), literal('NaN')],
      [equal(x, literal(Infinity)), literal('Infinity')],
      [equal(x, literal(-Infinity)), literal('-Infinity')],
      [and(less(size, literal(1e16)), equal(x, call('trunc', x))), cast(cast(x, 'bigint'), 'varchar')],
      [and(atLeast(size, literal(1e-4)), less(size, literal(1e16))), text],
      [
        and(atLeast(size, literal(1e16)), less(size, literal(1e21))),
        concat(sign, call('rpad', digits, cast(add(exponent, integer(1)), 'integer'), literal('0'))),
      ],
      [
        and(less(size, literal(1e-4)), atLeast(size, literal(1e-6))),
        concat(
          sign,
          concat(literal('0.'), concat(call('repeat', literal('0'), subtract(exponent, integer(1))), digits)),
        ),
      ],
    ],
    call('regexp_replace', text, literal('e([+-])0*'), literal('e\\1')),
  )
}

/** UTF-16 length of a string that is not NULL, as a number. */
export const stringLength = (text: SqlExpr): SqlExpr =>
  cast(
    add(
      call('length', text),
      call('length', call('regexp_replace', text, literal('[^\\x{10000}-\\x{10ffff}]'), literal(''), literal('g'))),
    ),
    'double',
  )

/** Is any character beyond the BMP? */
export const hasAstral = (text: SqlExpr): SqlExpr => call('regexp_matches', text, literal('[\\x{10000}-\\x{10ffff}]'))
