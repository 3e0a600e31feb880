import type { Column } from '../columns.ts'
import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  and,
  call,
  cast,
  column as columnExpr,
  concat,
  equal,
  isNan,
  isNotNull,
  less,
  literal,
  notEqual,
  NULL,
  when,
} from '../sql/build.ts'

/** The one key that the text of a cell gives a meaning of its own. */
const TAG = '$magpie'

const tagged = (value: unknown): SqlExpr => literal(JSON.stringify({ [TAG]: value }))

const numberText = (value: SqlExpr): SqlExpr => {
  const text = cast(value, 'varchar')
  return when(
    [
      [and(call('isfinite', value), notEqual(text, literal('-0.0'))), text],
      [isNan(value), tagged('NaN')],
      [equal(value, literal(0)), tagged('-0')],
      [less(value, literal(0)), tagged('-Infinity')],
    ],
    tagged('Infinity'),
  )
}

const dateText = (value: SqlExpr): SqlExpr =>
  when(
    [[isNan(value), tagged({ date: null })]],
    concat(concat(literal(`{"${TAG}":{"date":`), cast(value, 'varchar')), literal('}}')),
  )

const TEXTS: Readonly<Record<Column['type'], (value: SqlExpr) => SqlExpr>> = {
  number: (value) => numberText(cast(value, 'double')),
  date: (value) => dateText(cast(value, 'double')),
  boolean: (value) => when([[value, literal('true')]], literal('false')),
  string: (value) => cast(call('to_json', value), 'varchar'),
  json: (value) => value,
}

/** The text of a value as a cell of a `json` column has it; NULL for a property that is not there. */
const cellText = (column: Column): SqlExpr => {
  const value = columnExpr(column.id)
  const text = TEXTS[column.type](value)
  const none = column.missing === true ? NULL : column.absent === true ? tagged('undefined') : literal('null')
  return column.nulls ? when([[isNotNull(value), text]], none) : text
}

/** An object that has the columns for properties, as a cell of a `json` column. */
export const objectText = (columns: readonly Column[]): SqlExpr | Reason => {
  if (columns.some(({ name }) => name === TAG)) return reason('the name of a field has a meaning of its own', TAG)
  const parts = columns.map((column) => concat(literal(`${JSON.stringify(column.name)}:`), cellText(column)))
  const inner = parts.length === 0 ? literal('') : call('concat_ws', literal(','), ...parts)
  return concat(concat(literal('{'), inner), literal('}'))
}
