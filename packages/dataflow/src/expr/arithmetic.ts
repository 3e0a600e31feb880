import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  atLeast,
  call,
  cast,
  concat,
  divide,
  isNan,
  less,
  literal,
  multiply,
  negate,
  remainder,
  subtract,
  when,
} from '../sql/build.ts'
import { bind } from '../sql/bind.ts'
import type { BinaryOp } from './ast.ts'
import { commonAlphabet } from './alphabet.ts'
import { textAlphabet, toNumber, toText } from './coerce.ts'
import type { TypedSql } from './typed.ts'
import { numberSql, stringSql, withAll } from './value.ts'

export type Arithmetic = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '<<' | '>>' | '>>>'

export const isArithmetic = (op: BinaryOp): op is Arithmetic => Object.hasOwn(OPERATE, op)

const TWO_32 = literal(4294967296)

/** JavaScript's ToInt32, as a DOUBLE. */
const toInt32 = (x: SqlExpr): SqlExpr =>
  bind(remainder(call('trunc', x), TWO_32), (rest) =>
    when(
      [
        [isNan(rest), literal(0)],
        [atLeast(rest, literal(2147483648)), subtract(rest, TWO_32)],
        [less(rest, literal(-2147483648)), add(rest, TWO_32)],
      ],
      add(rest, literal(0)),
    ),
  )

/** JavaScript's ToUint32, as a DOUBLE. */
const toUint32 = (x: SqlExpr): SqlExpr =>
  bind(toInt32(x), (int) => when([[less(int, literal(0)), add(int, TWO_32)]], int))

/** Two to the power of the shift count's low five bits. */
const shift = (count: SqlExpr): SqlExpr => call('pow', literal(2), remainder(toUint32(count), literal(32)))

const bits = (name: 'bit_and' | 'bit_or' | 'xor', a: SqlExpr, b: SqlExpr): SqlExpr =>
  cast(call(name, cast(toInt32(a), 'bigint'), cast(toInt32(b), 'bigint')), 'double')

const OPERATE: { readonly [K in Arithmetic]: (a: SqlExpr, b: SqlExpr) => SqlExpr } = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
  '&': (a, b) => bits('bit_and', a, b),
  '|': (a, b) => bits('bit_or', a, b),
  '^': (a, b) => bits('xor', a, b),
  '<<': (a, b) => toInt32(multiply(toInt32(a), shift(b))),
  '>>': (a, b) => call('floor', divide(toInt32(a), shift(b))),
  '>>>': (a, b) => call('floor', divide(toUint32(a), shift(b))),
}

/** `left op right` by JavaScript's rules: a number, or for `+` a string. Never NULL. */
export const arithmetic = (op: Arithmetic, left: TypedSql, right: TypedSql): TypedSql | Reason => {
  if (op === '+' && (left.type === 'date' || right.type === 'date')) {
    return reason('the text of a date depends on the locale')
  }
  if (op === '+' && (left.type === 'string' || right.type === 'string')) {
    if (![left, right].some((value) => value.type === 'string' && !value.nulls)) {
      return reason('a sum is of numbers where the text is null')
    }
    return withAll<[SqlExpr, SqlExpr], TypedSql>([toText(left), toText(right)], (a, b) =>
      stringSql(concat(a, b), commonAlphabet([textAlphabet(left), textAlphabet(right)])),
    )
  }
  return withAll<[TypedSql, TypedSql], TypedSql>([toNumber(left), toNumber(right)], (a, b) =>
    numberSql(OPERATE[op](a.sql, b.sql)),
  )
}

/** `+x`, `-x`, `~x`. */
export const unaryNumber = (op: '+' | '-' | '~', value: TypedSql): TypedSql | Reason =>
  withAll<[TypedSql], TypedSql>([toNumber(value)], (number) => {
    if (op === '+') return number
    if (op === '-') return numberSql(negate(number.sql), number.nans)
    return numberSql(subtract(literal(-1), toInt32(number.sql)), false)
  })
