import { columnNamed, type Column, type Relation } from '../columns.ts'
import { isReason, reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { add, ascending, cast, column as columnExpr, integer, literal } from '../sql/build.ts'
import { numberParameter, stringParameter } from './parameter.ts'
import { withColumns } from './put-column.ts'
import type { TransformDef } from './transform.ts'

/**
 * https://vega.github.io/vega/docs/transforms/identifier/ Numbers rows from 1. Every `identifier` of a view shares Vega's counter:
 * the parameter `after`, which is ours, says what it stands at; default: 0.
 */
export const identifier: TransformDef = {
  type: 'identifier',
  sql(definition, input, build) {
    const as = stringParameter(definition, 'as', build)
    if (isReason(as)) return as
    if (as === undefined) return reason('the output name is missing', 'as')
    const after = numberParameter(definition, 'after', build)
    if (isReason(after)) return after
    if (columnNamed(input.columns, as) !== undefined) return reason('rows may have identifiers already', as)
    const { rows } = input
    const column: Column = {
      ...(rows === undefined ? {} : { whole: (after ?? 0) + rows }),
      name: as,
      id: build.fresh(),
      type: 'number',
      nulls: false,
      nans: false,
    }
    const number = cast(numberOf(input), 'double')
    const sql = after === undefined ? number : add(number, literal(after))
    return { relation: withColumns(input, [{ column, sql }]) }
  },
}

const numberOf = ({ query, counted, order }: Relation): SqlExpr =>
  query === counted
    ? add(cast(columnExpr(order), 'bigint'), integer(1))
    : {
        kind: 'aggregate',
        name: 'row_number',
        args: [],
        over: { partitionBy: [], orderBy: [ascending(columnExpr(order))] },
      }
