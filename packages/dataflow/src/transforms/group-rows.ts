import { putColumn } from './put-column.ts'
import type { Column, Relation } from '../columns.ts'
import type { Projection, Query } from '../sql/ast.ts'
import { call, column as columnExpr, greater, integer, select, table } from '../sql/build.ts'
import type { Grouping } from './group-key.ts'
import type { CompiledMeasure } from './measures.ts'
import { withRows, type RowMeasure } from './measure-row.ts'
import type { Build } from './transform.ts'

/** A row for each group of the input that there is, with its measures, in the order in which groups appear. */
export const groupRows = (
  input: Relation,
  groups: Grouping,
  measures: readonly (CompiledMeasure | RowMeasure)[],
  build: Build,
): Relation => {
  const ofRows = measures.filter((measure) => 'join' in measure)
  const name = build.fresh()
  // A plain table is read twice; what has to be computed is kept meanwhile.
  const kept = ofRows.length > 0 && input.query.kind !== 'table'
  const rows = kept ? table(name) : input.query
  const order = build.fresh()
  const grouped = select({
    from: rows,
    columns: [
      ...groups.outputs.map(({ column, sql }) => ({ id: column.id, expr: sql })),
      ...measures.flatMap(({ inner }) => inner),
      { id: order, expr: { kind: 'aggregate', name: 'min', args: [columnExpr(input.order)], oneZero: true } },
    ],
    ...(groups.keys.length > 0
      ? { groupBy: groups.keys }
      : // Without groups SQL has one row for no rows, and Vega none.
        { having: greater(call('count', columnExpr(input.order)), integer(0)) }),
  })
  const plain = outer(
    grouped,
    measures.filter((measure) => !('join' in measure)),
    [
      ...groups.outputs.map(({ column }) => column.id),
      order,
      ...ofRows.flatMap(({ inner }) => inner.map(({ id }) => id)),
    ],
  )
  const body = withRows(plain, rows, ofRows)
  const written = [...groups.outputs, ...measures].map(({ column }) => column)
  return {
    ...(input.rows === undefined ? {} : { rows: input.rows }),
    columns: written.reduce<readonly Column[]>(putColumn, []),
    order,
    ...(ofRows.length > 0 ? { members: ofRows.flatMap(({ members }) => members) } : {}),
    query: kept ? { kind: 'with', name, query: input.query, body } : body,
  }
}

/** The select around the groups, where some measure needs one. */
const outer = (grouped: Query, measures: readonly CompiledMeasure[], kept: readonly string[]): Query => {
  if (measures.every(({ sql, column }) => sql.kind === 'column' && sql.id === column.id)) return grouped
  const keep = (id: string): Projection => ({ id, expr: columnExpr(id) })
  return select({
    from: grouped,
    columns: [...kept.map(keep), ...measures.map(({ column, sql }) => ({ id: column.id, expr: sql }))],
  })
}
