import type { Column } from '../columns.ts'
import { isReason, reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { cast, column as columnExpr, isNan, literal, not, select } from '../sql/build.ts'
import { fieldRef } from './field.ts'
import { numbered } from './text-number.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/extent/ Passes rows on; its value is `[min, max]` of the field. */
export const extent: TransformDef = {
  type: 'extent',
  sql(definition, input, build) {
    const field = fieldRef(definition['field'], input, build)
    if (isReason(field)) return field
    if (field.column.type === 'json') return reason('objects have no extent in SQL', field.name)
    const { column, input: rows } = numbered(input, field.column, null, build)
    const known = input.stored?.[column.id]
    const bounds = known?.infinities === false && column.nans === false ? known : undefined
    if (bounds?.reached === true)
      return { relation: input, output: { kind: 'value', value: [bounds.least, bounds.most] } }
    const value =
      bounds?.integer !== undefined && bounds.negativeZeros !== true
        ? columnExpr(bounds.integer.id)
        : column.type === 'boolean'
          ? cast(columnExpr(column.id), 'double')
          : columnExpr(column.id)
    const side = (name: 'min' | 'max'): SqlExpr => ({
      kind: 'aggregate',
      name,
      args: [value],
      ...(column.type === 'boolean' || column.nans === false ? {} : { filter: not(isNan(value)) }),
    })
    const min: Column = { name: 'min', id: build.fresh(), type: 'number', nulls: true, nans: false }
    const max: Column = { name: 'max', id: build.fresh(), type: 'number', nulls: true, nans: false }
    const order = build.fresh()
    const query = select({
      from: rows.query,
      columns: [
        { id: min.id, expr: cast(side('min'), 'double') },
        { id: max.id, expr: cast(side('max'), 'double') },
        { id: order, expr: literal(0) },
      ],
    })
    return {
      relation: input,
      output: {
        kind: 'query',
        relation: { columns: [min, max], query, order },
        // An infinite end, which an empty field has too, leaves both undefined.
        read: (row) =>
          Number.isFinite(row['min']) && Number.isFinite(row['max'])
            ? [row['min'], row['max']]
            : [undefined, undefined],
      },
    }
  },
}
