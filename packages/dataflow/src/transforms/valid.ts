import type { Column } from '../columns.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { and, column as columnExpr, isNan, isNotNull, literal, not, notEqual, TRUE } from '../sql/build.ts'

/** Rows whose value Vega's measures look at: not null, not NaN, not the empty text. An invalid Date is looked at. */
export const validTest = (column: Column): SqlExpr => {
  const value = columnExpr(column.id)
  return and(
    column.nulls ? isNotNull(value) : TRUE,
    column.type === 'number' && column.nans !== false ? not(isNan(value)) : TRUE,
    column.type === 'string' ? notEqual(value, literal('')) : TRUE,
  )
}
