import { written, type Column, type Relation } from '../columns.ts'
import { isReason, reason } from '../reason.ts'
import { column as columnExpr, extend } from '../sql/build.ts'
import { fieldRefs } from './field.ts'
import { namesParameter } from './parameter.ts'
import { putColumn } from './put-column.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/project/ New tuples that have the named fields only. */
export const project: TransformDef = {
  type: 'project',
  sql(definition, input, build) {
    const { ids: _ids, ...made } = input
    const { query } = input
    const fields = fieldRefs(definition['fields'], input, build)
    if (isReason(fields)) return fields
    if (fields === undefined) return { relation: made }
    const as = namesParameter(definition, 'as', build)
    if (isReason(as)) return as
    if (!fields.every((field) => field !== null)) return reason('a field to project is null')
    const columns = fields
      .map(({ column, name }, index): Column => ({ ...written(column), name: as?.[index] || name }))
      .reduce<readonly Column[]>(putColumn, [])
    // One source column under two names needs two identifiers.
    const repeated = columns.filter((column, index) => columns.findIndex(({ id }) => id === column.id) < index)
    if (repeated.length === 0) return { relation: { ...made, columns } }
    const copies = new Map(repeated.map((column) => [column, build.fresh()]))
    const relation: Relation = {
      ...made,
      columns: columns.map((column) => ({ ...column, id: copies.get(column) ?? column.id })),
      query: extend(
        query,
        repeated.map((column) => ({ id: copies.get(column) ?? column.id, expr: columnExpr(column.id) })),
      ),
    }
    return { relation }
  },
}
