import { isReason } from '../reason.ts'
import { and, column as columnExpr, same, select, table } from '../sql/build.ts'
import { groupRefs, keyRef } from './field.ts'
import { groupKey } from './group-key.ts'
import { compileMeasure, type CompiledMeasure } from './measures.ts'
import { measureList } from './measure-list.ts'
import { putColumn } from './put-column.ts'
import type { Column } from '../columns.ts'
import type { TransformDef } from './transform.ts'

/**
 * https://vega.github.io/vega/docs/transforms/joinaggregate/ Writes the measures of its group to every row: groups are
 * computed once and joined back.
 */
export const joinaggregate: TransformDef = {
  type: 'joinaggregate',
  sql(definition, input, build) {
    const fields = groupRefs(definition['groupby'], input, build)
    if (isReason(fields)) return fields
    const rows = build.fresh()
    const key = keyRef(definition, input, build)
    if (isReason(key)) return key
    const groups = groupKey(fields, input, build, key)
    if (isReason(groups)) return groups
    const list = measureList(definition, input, build)
    if (isReason(list)) return list
    const measures = list.map((measure) => compileMeasure(measure, { input, build }))
    const missing = measures.find(isReason)
    if (missing !== undefined) return missing
    const compiled = measures as readonly CompiledMeasure[]

    const keys = groups.keys.map((expr) => ({ expr, id: build.fresh() }))
    // Vega writes the group's own fields too: those of its first row.
    const written = groups.outputs.filter(({ column, sql }, index) => {
      const source = fields[index]?.column
      const same = sql.kind === 'column' && column.name === source?.name
      return !same || source.missing === true
    })
    // SQL has no select without columns: all rows are one group, and nothing is measured.
    if (keys.length + compiled.length === 0) return { relation: input }
    const grouped = select({
      from: table(rows),
      columns: [
        ...keys,
        ...written.map(({ column, sql }) => ({ id: column.id, expr: sql })),
        ...compiled.flatMap(({ inner }) => inner),
      ],
      ...(keys.length > 0 ? { groupBy: groups.keys } : {}),
    })
    const groupRows = select({
      from: grouped,
      columns: [
        ...[...keys.map(({ id }) => id), ...written.map(({ column }) => column.id)].map((id) => ({
          id,
          expr: columnExpr(id),
        })),
        ...compiled.map(({ column, sql }) => ({ id: column.id, expr: sql })),
      ],
    })
    const body = select({
      from: {
        kind: 'join',
        left: table(rows),
        right: groupRows,
        ...(keys.length === 0
          ? { type: 'cross' }
          : { type: 'inner', on: and(...keys.map(({ expr, id }) => same(expr, columnExpr(id)))) }),
      },
      star: true,
      columns: [],
    })
    const columns = [...written, ...compiled]
      .map(({ column }) => column)
      .reduce<readonly Column[]>(putColumn, input.columns)
    return { relation: { ...input, columns, query: { kind: 'with', name: rows, query: input.query, body } } }
  },
}
