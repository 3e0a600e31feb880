import { columnNamed, type Column } from '../columns.ts'
import { isReason, reason } from '../reason.ts'
import { ascending, cast, column as columnExpr } from '../sql/build.ts'
import { stringParameter } from './parameter.ts'
import { withColumns } from './put-column.ts'
import { countsRows } from './row-order.ts'
import type { TransformDef } from './transform.ts'

/**
 * https://vega.github.io/vega/docs/transforms/identifier/ Numbers rows from 1. Vega's counter is shared by every
 * `identifier` of a view, so this is its value only where a spec has one of them; the planner sees to that.
 */
export const identifier: TransformDef = {
  type: 'identifier',
  sql(definition, input, build) {
    const as = stringParameter(definition, 'as', build)
    if (isReason(as)) return as
    if (as === undefined) return reason('the output name is missing', 'as')
    if (columnNamed(input.columns, as) !== undefined) return reason('rows may have identifiers already', as)
    const column: Column = {
      ...countsRows(input),
      name: as,
      id: build.fresh(),
      type: 'number',
      nulls: false,
      nans: false,
    }
    const over = { partitionBy: [], orderBy: [ascending(columnExpr(input.order))] }
    const sql = cast({ kind: 'aggregate', name: 'row_number', args: [], over }, 'double')
    return { relation: withColumns(input, [{ column, sql }]) }
  },
}
