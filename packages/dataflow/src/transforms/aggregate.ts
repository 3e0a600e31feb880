import type { Column, Relation } from '../columns.ts'
import { isReason, reason } from '../reason.ts'
import type { Projection } from '../sql/ast.ts'
import { call, column as columnExpr, greater, integer, select, table } from '../sql/build.ts'
import { groupRefs } from './field.ts'
import { groupKey } from './group-key.ts'
import { compileMeasure, type CompiledMeasure } from './measures.ts'
import { measureList } from './measure-list.ts'
import { compileRowMeasure, isRowMeasure, withRows, type RowMeasure } from './measure-row.ts'
import { booleanParameter } from './parameter.ts'
import { putColumn } from './put-column.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/aggregate/ One row per group, in the order in which groups appear. */
export const aggregate: TransformDef = {
  type: 'aggregate',
  sql(definition, input, build) {
    if (definition['key']) return reason('groups by a key of its own are not made in SQL', 'key')
    const cross = booleanParameter(definition, 'cross', build)
    if (isReason(cross)) return cross
    const fields = groupRefs(definition['groupby'], input, build)
    if (isReason(fields)) return fields
    if (cross === true && fields.length > 1) return reason('the cross product of groups is not made in SQL', 'cross')
    const groups = groupKey(fields, input, build)
    if (isReason(groups)) return groups
    const list = measureList(definition, input, build)
    if (isReason(list)) return list
    const measures = list.map((measure) =>
      isRowMeasure(measure) ? compileRowMeasure(measure, input, build) : compileMeasure(measure, { input, build }),
    )
    const missing = measures.find(isReason)
    if (missing !== undefined) return missing
    const compiled = measures as readonly (CompiledMeasure | RowMeasure)[]
    const ofRows = compiled.filter((measure) => 'join' in measure)
    // A plain table is read twice; what has to be computed is kept meanwhile.
    const rows = ofRows.length > 0 && input.query.kind !== 'table' ? table(build.fresh()) : input.query

    const order = build.fresh()
    const grouped = select({
      from: rows,
      columns: [
        ...groups.outputs.map(({ column, sql }) => ({ id: column.id, expr: sql })),
        ...compiled.flatMap(({ inner }) => inner),
        { id: order, expr: { kind: 'aggregate', name: 'min', args: [columnExpr(input.order)] } },
      ],
      ...(groups.keys.length > 0
        ? { groupBy: groups.keys }
        : // Without groups SQL has one row for no rows, and Vega none.
          { having: greater(call('count', columnExpr(input.order)), integer(0)) }),
    })
    const written = [...groups.outputs.map(({ column }) => column), ...compiled.map(({ column }) => column)]
    const columns = written.reduce<readonly Column[]>(putColumn, [])
    const body = withRows(
      outer(
        grouped,
        groups.outputs.map(({ column }) => column.id),
        compiled.filter((measure) => !('join' in measure)),
        [order, ...ofRows.flatMap(({ inner }) => inner.map(({ id }) => id))],
      ),
      rows,
      ofRows,
    )
    return {
      relation: {
        ...(input.rows === undefined ? {} : { rows: input.rows }),
        columns,
        order,
        ...(ofRows.length > 0 ? { members: ofRows.flatMap(({ members }) => members) } : {}),
        query:
          rows !== input.query && rows.kind === 'table'
            ? { kind: 'with', name: rows.name, query: input.query, body }
            : body,
      },
    }
  },
}

/** The select around the groups, where some measure needs one. */
const outer = (
  grouped: Relation['query'],
  ids: readonly string[],
  measures: readonly CompiledMeasure[],
  kept: readonly string[],
): Relation['query'] => {
  if (measures.every(({ sql, column }) => sql.kind === 'column' && sql.id === column.id)) return grouped
  const keep = (id: string): Projection => ({ id, expr: columnExpr(id) })
  return select({
    from: grouped,
    columns: [
      ...ids.map(keep),
      ...measures.map(({ column, sql }) => ({ id: column.id, expr: sql })),
      ...kept.map(keep),
    ],
  })
}
