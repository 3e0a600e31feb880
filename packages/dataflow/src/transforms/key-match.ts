import type { Column } from '../columns.ts'
import { numberToString } from '../expr/number-text.ts'
import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  call,
  coalesce,
  column as columnExpr,
  divide,
  equal,
  FALSE,
  isNotNull,
  literal,
  same,
  when,
} from '../sql/build.ts'

/** What two columns have in common where the texts of their values are equal. */
export interface KeyMatch {
  /** For a value of the first column. */
  readonly left: SqlExpr
  /** For a value of the second; equal for those with equal texts. */
  readonly right: SqlExpr
  on(left: SqlExpr, right: SqlExpr): SqlExpr
}

const nullText = (column: Column): string => (column.absent === true ? 'undefined' : 'null')

/** `String(value)`; null is a text like any other. */
const textOf = (column: Column): SqlExpr => {
  const value = columnExpr(column.id)
  const text =
    column.type === 'number'
      ? numberToString(value)
      : column.type === 'boolean'
        ? when([[value, literal('true')]], literal('false'))
        : value
  if (!column.nulls) return text
  return column.type === 'boolean'
    ? when([[isNotNull(value), text]], literal(nullText(column)))
    : coalesce(text, literal(nullText(column)))
}

/** Numbers, booleans and dates whose values are equal when their texts are. Dates have texts of whole seconds. */
const valueOf = (column: Column, whole: boolean): SqlExpr =>
  column.type === 'date' && !whole ? call('floor', divide(columnExpr(column.id), literal(1000))) : columnExpr(column.id)

/** How rows are found by a key as Vega does: by the text of the value. */
export const keyMatch = (left: Column, right: Column): KeyMatch | Reason => {
  const opaque = [left, right].find(({ type }) => type === 'json')
  if (opaque !== undefined) return reason('objects are not keys in SQL', opaque.name)
  if (left.type === right.type && left.type !== 'string') {
    const whole = left.plain === true && right.plain === true
    const nulls = left.nulls && right.nulls && nullText(left) === nullText(right)
    return {
      left: valueOf(left, whole),
      right: valueOf(right, whole),
      on: nulls ? same : equal,
    }
  }
  if (left.type === 'date' || right.type === 'date') {
    return reason('the text of a date depends on the locale', left.type === 'date' ? left.name : right.name)
  }
  const numbers = [left, right].some(({ type }) => type === 'number')
  const booleans = [left, right].some(({ type }) => type === 'boolean')
  if (numbers && booleans && !(left.nulls && right.nulls)) {
    return { left: columnExpr(left.id), right: columnExpr(right.id), on: () => FALSE }
  }
  return { left: textOf(left), right: textOf(right), on: equal }
}
