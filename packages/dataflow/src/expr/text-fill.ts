import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { atMost, call, cast, concat, divide, literal, subtract, when } from '../sql/build.ts'
import { bind } from '../sql/bind.ts'
import { type Alphabet, alphabetOf, commonAlphabet } from './alphabet.ts'
import { textAlphabet } from './coerce.ts'
import { between, countedText, lengthOf } from './text-position.ts'
import type { SqlFunction, TypedSql } from './typed.ts'
import { stringSql, withAll } from './value.ts'

/** The greatest length that is written out. */
const MOST = 10_000

/** A length that is the same in every row. */
const lengthParameter = (value: TypedSql | undefined): number | Reason =>
  value?.sql.kind === 'literal' &&
  typeof value.sql.value === 'number' &&
  Number.isInteger(value.sql.value) &&
  Math.abs(value.sql.value) <= MOST
    ? value.sql.value
    : reason('the length is not a known whole number')

/** A text that is the same in every row; undefined where it is left out. */
const textParameter = (value: TypedSql | undefined): string | undefined | Reason =>
  value === undefined || value.type === 'undefined' || value.type === 'null'
    ? undefined
    : value.sql.kind === 'literal' && typeof value.sql.value === 'string'
      ? value.sql.value
      : reason('the text depends on the row')

type Fill = (text: SqlExpr, length: number, filler: string, align: string) => SqlExpr

const filled =
  (
    positions: readonly [filler: number, align: number],
    filler: (given: string | undefined) => string,
    fill: Fill,
  ): SqlFunction =>
  (args) => {
    const [value, length, ...more] = args
    if (more.length > 2) return reason('the function takes four arguments')
    return withAll<[SqlExpr, number, { text: string | undefined }, { text: string | undefined }], TypedSql>(
      [countedText(value), lengthParameter(length), boxed(args[positions[0]]), boxed(args[positions[1]])],
      (text, size, given, align) => {
        const by = filler(given.text)
        const alphabets: readonly Alphabet[] = [value === undefined ? undefined : textAlphabet(value), alphabetOf(by)]
        if (alphabets[1] === undefined) return reason('the engine counts characters beyond the BMP in other units', by)
        return stringSql(fill(text, size, by, align.text ?? ''), commonAlphabet(alphabets))
      },
    )
  }

const boxed = (value: TypedSql | undefined): { text: string | undefined } | Reason => {
  const text = textParameter(value)
  return typeof text === 'object' ? text : { text }
}

const half = (count: SqlExpr, round: 'ceil' | 'floor'): SqlExpr => call(round, divide(count, literal(2)))

/** `pad(text, length, character, align)`. */
export const pad: SqlFunction = filled(
  [2, 3],
  (given) => given || ' ',
  (text, length, character, align) =>
    bind(subtract(literal(length), lengthOf(text)), (missing) => {
      const repeated = (count: SqlExpr): SqlExpr => call('repeat', literal(character), cast(count, 'bigint'))
      const padded =
        align === 'left'
          ? concat(repeated(missing), text)
          : align === 'center'
            ? concat(concat(repeated(half(missing, 'floor')), text), repeated(half(missing, 'ceil')))
            : concat(text, repeated(missing))
      return when([[atMost(missing, literal(0)), text]], padded)
    }),
)

/** `truncate(text, length, align, ellipsis)`. */
export const truncate: SqlFunction = filled(
  [3, 2],
  (given) => given ?? '\u2026',
  (text, length, ellipsis, align) => {
    const kept = Math.max(0, length - ellipsis.length)
    const size = lengthOf(text)
    const head = (count: number): SqlExpr => between(text, literal(0), literal(count))
    const tail = (count: number): SqlExpr =>
      between(text, call('greatest', subtract(size, literal(count)), literal(0)), size)
    const cut =
      align === 'left'
        ? concat(literal(ellipsis), tail(kept))
        : align === 'center'
          ? concat(concat(head(Math.ceil(kept / 2)), literal(ellipsis)), tail(Math.floor(kept / 2)))
          : concat(head(kept), literal(ellipsis))
    return when([[atMost(size, literal(length)), text]], cut)
  },
)
