import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  and,
  call,
  cast,
  concat,
  equal,
  integer,
  less,
  literal,
  multiply,
  or,
  remainder,
  subtract,
  when,
} from '../sql/build.ts'
import { bind } from '../sql/bind.ts'

const written = (x: SqlExpr, precision: number, letter: 'e' | 'f'): SqlExpr =>
  call('format', literal(`{:.${String(precision)}${letter}}`), x)

/**
 * Halfway between two texts JavaScript takes the greater, the engine the one that ends in an even digit: where that is the lesser,
 * it becomes odd. `text` is that of a number halfway, and `longer` has its last digit, a 5, as well.
 */
const halfUp = (text: SqlExpr, longer: SqlExpr): SqlExpr => {
  const digits = call('regexp_extract', text, literal('^[0-9.]*'))
  const last = call('translate', call('right', digits, integer(1)), literal('02468'), literal('13579'))
  const odd = concat(
    concat(call('substr', digits, integer(1), subtract(call('length', digits), integer(1))), last),
    call('regexp_extract', text, literal('e.*$')),
  )
  return when([[call('starts_with', longer, digits), odd]], text)
}

/** `x.toFixed(precision)` of a number from 0 up to 1e21. */
export const toFixed = (value: SqlExpr, precision: number): SqlExpr =>
  bind(value, (x) => {
    // Half of a last digit is a multiple of a power of 2.
    const halves = multiply(x, literal(2 ** (precision + 1)))
    const tie = and(equal(halves, call('floor', halves)), equal(remainder(halves, literal(2)), literal(1)))
    const text = written(x, precision, 'f')
    return when([[tie, halfUp(text, written(x, precision + 1, 'f'))]], text)
  })

/** More digits than any half of a 21st one has, unless they are zeros. */
const ALL_DIGITS = 150

/** `x.toExponential(precision)` of a finite number from 0 on, but for the zeros of the exponent. */
const toScientific = (value: SqlExpr, precision: number): SqlExpr =>
  bind(value, (x) => {
    const text = written(x, precision, 'e')
    const longer = written(x, precision + 1, 'e')
    const zeros = precision === 0 ? '^.\\.50*e' : `^.\\..{${String(precision)}}50*e`
    const half = and(
      call('regexp_matches', longer, literal('5e')),
      call('regexp_matches', written(x, ALL_DIGITS, 'e'), literal(zeros)),
    )
    return when([[half, halfUp(text, longer)]], text)
  })

/** The digits of a scientific text, without a point. */
const digitsOf = (text: SqlExpr): SqlExpr =>
  call('replace', call('regexp_extract', text, literal('^([0-9.]+)e'), integer(1)), literal('.'), literal(''))

const exponentOf = (text: SqlExpr): SqlExpr =>
  cast(call('regexp_extract', text, literal('e(.*)$'), integer(1)), 'bigint')

const zeros = (count: SqlExpr): SqlExpr => call('repeat', literal('0'), count)

/** `x.toExponential(precision)` of a finite number from 0 on. */
export const toExponential = (value: SqlExpr, precision: number): SqlExpr =>
  call('regexp_replace', toScientific(value, precision), literal('e([+-])0*([0-9])'), literal('e\\1\\2'))

/** Digits before and after the point, for an exponent from 0 up to the number of digits less one. */
const split = (text: SqlExpr): SqlExpr => {
  const before = add(exponentOf(text), integer(1))
  const digits = digitsOf(text)
  return concat(
    concat(call('substr', digits, integer(1), before), literal('.')),
    call('substr', digits, add(before, integer(1))),
  )
}

const below = (text: SqlExpr): SqlExpr =>
  concat(concat(literal('0.'), zeros(subtract(integer(-1), exponentOf(text)))), digitsOf(text))

/** `x.toPrecision(precision)` of a finite number from 0 on. */
export const toPrecision = (value: SqlExpr, precision: number): SqlExpr =>
  bind(toScientific(value, precision - 1), (text) => {
    const exponent = exponentOf(text)
    return when(
      [
        [
          or(less(exponent, integer(-6)), less(integer(precision - 1), exponent)),
          call('regexp_replace', text, literal('e([+-])0*([0-9])'), literal('e\\1\\2')),
        ],
        [less(exponent, integer(0)), below(text)],
        [equal(exponent, integer(precision - 1)), digitsOf(text)],
      ],
      split(text),
    )
  })

/** The same in all sizes without an exponent: d3's `formatRounded`. */
export const toRounded = (value: SqlExpr, precision: number): SqlExpr =>
  bind(toScientific(value, precision - 1), (text) => {
    const exponent = exponentOf(text)
    return when(
      [
        [equal(call('ltrim', digitsOf(text), literal('0')), literal('')), literal('0')],
        [less(exponent, integer(0)), below(text)],
        [less(exponent, integer(precision - 1)), split(text)],
      ],
      concat(digitsOf(text), zeros(subtract(exponent, integer(precision - 1)))),
    )
  })

/** The shortest digits of a number from 1e21 on, and zeros. */
export const spelledOut = (value: SqlExpr): SqlExpr =>
  bind(cast(value, 'varchar'), (text) => {
    const digits = digitsOf(text)
    return concat(digits, zeros(subtract(add(exponentOf(text), integer(1)), call('length', digits))))
  })
