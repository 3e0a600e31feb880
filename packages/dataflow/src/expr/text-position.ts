import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { add, call, cast, integer, isNan, less, literal, negate, subtract, when } from '../sql/build.ts'
import { bind, bindAll } from '../sql/bind.ts'
import { textAlphabet, toNumber, toText } from './coerce.ts'
import type { SqlFunction, TypedSql } from './typed.ts'
import { stringSql, withAll } from './value.ts'

/** A text in which the engine counts as JavaScript does. */
export const countedText = (value: TypedSql | undefined): SqlExpr | Reason =>
  value === undefined
    ? reason('the function takes a string')
    : textAlphabet(value) === undefined
      ? reason('the engine counts characters beyond the BMP in other units', 'text')
      : toText(value)

/** `text.length`, of a text that is counted alike. */
export const lengthOf = (text: SqlExpr): SqlExpr => cast(call('length', text), 'double')

/** Characters from `from` up to `to`: whole numbers within the text. */
export const between = (text: SqlExpr, from: SqlExpr, to: SqlExpr): SqlExpr =>
  bindAll([from, to], ([start = from, end = to]) =>
    call(
      'substr',
      text,
      add(cast(start, 'bigint'), integer(1)),
      cast(call('greatest', subtract(end, start), literal(0)), 'bigint'),
    ),
  )

/** A position as a whole number from 0 to `length`; a negative one counts from the end where `wraps`. */
const clamped = (position: TypedSql, length: SqlExpr, wraps: boolean): SqlExpr => {
  const whole = call('trunc', position.sql)
  const at = wraps ? bind(whole, (x) => when([[less(x, literal(0)), add(length, x)]], x)) : whole
  const inside = call('least', call('greatest', at, literal(0)), length)
  return position.nans ? when([[isNan(position.sql), literal(0)]], inside) : inside
}

/** `text.substring(from, to)` where `swaps`, else `text.slice(from, to)`. */
export const part =
  (swaps: boolean): SqlFunction =>
  ([value, from, to, ...more]) => {
    if (more.length > 0) return reason('the function takes a text and two positions')
    const ends = [from, to].find((position) => position?.undefinedNull === true && position.type !== 'undefined')
    if (ends !== undefined) return reason('a position may be missing')
    const zero: TypedSql = { sql: literal(0), type: 'number', nulls: false, nans: false }
    const open = to === undefined || to.type === 'undefined'
    return withAll<[SqlExpr, TypedSql, TypedSql], TypedSql>(
      [countedText(value), toNumber(from ?? zero), toNumber(open ? zero : to)],
      (text, start, end) => {
        const length = lengthOf(text)
        const first = clamped(start, length, !swaps)
        const last = open ? length : clamped(end, length, !swaps)
        const sql = swaps
          ? bindAll([first, last], ([a = first, b = last]) =>
              between(text, call('least', a, b), call('greatest', a, b)),
            )
          : between(text, first, last)
        return stringSql(sql, value === undefined ? undefined : textAlphabet(value))
      },
    )
  }

/** Position of the last occurrence, or -1, in ASCII text. */
export const lastPosition = (text: SqlExpr, searched: string): SqlExpr => {
  const reversed = [...searched].reverse().join('')
  return bind(call('strpos', call('reverse', text), literal(reversed)), (at) =>
    when(
      [[less(at, integer(1)), literal(-1)]],
      add(subtract(lengthOf(text), cast(at, 'double')), add(negate(literal(searched.length)), literal(1))),
    ),
  )
}
