import type { Column, Relation } from '../columns.ts'
import { reason, type Reason } from '../reason.ts'
import type { Projection, SqlExpr } from '../sql/ast.ts'
import {
  and,
  cast,
  column as columnExpr,
  different,
  integer,
  isNull,
  literal,
  NULL,
  same,
  select,
  table,
  TRUE,
  where,
} from '../sql/build.ts'
import { enumerated } from './enumerated.ts'
import type { FieldRef } from './field.ts'
import type { Measure } from './measure-input.ts'
import { isRowMeasure } from './measure-row.ts'
import { SQL_TYPES } from './sql-types.ts'
import type { Build } from './transform.ts'

/** Why the groups of these fields have no product in SQL. */
export const notCrossed = (
  fields: readonly FieldRef[],
  measures: readonly Measure[],
  key: FieldRef | undefined,
): Reason | undefined => {
  if (key !== undefined) return reason('groups by a key of its own have no cross product', key.name)
  const renamed = fields.find(({ column, name }) => column.name !== name)
  if (renamed !== undefined)
    return reason('groups of a renamed field have no values in the cross product', renamed.name)
  const unclear = fields.find(
    ({ column }) => (column.type === 'string' || column.type === 'date') && column.plain !== true,
  )
  if (unclear !== undefined) return reason('the groups may have equal texts', unclear.name)
  const names = [...fields, ...measures.map(({ as }) => ({ name: as }))].map(({ name }) => name)
  return new Set(names).size < names.length ? reason('a measure overwrites a group field', names.join(', ')) : undefined
}

/**
 * The groups, and an empty one for each combination of group values that has none: after the others, in the order in which
 * JavaScript enumerates the values. `dims` are the group columns of `groups`.
 */
export const crossed = (
  groups: Relation,
  dims: readonly Column[],
  measures: readonly Measure[],
  build: Build,
): Relation => {
  const name = build.fresh()
  const values = dims.map((dim) => ({ dim, id: build.fresh(), first: build.fresh() }))
  const domains = values.map(({ dim, id, first }) =>
    select({
      from: table(name),
      columns: [
        { id, expr: columnExpr(dim.id) },
        { id: first, expr: { kind: 'aggregate', name: 'min', args: [columnExpr(groups.order)] } },
      ],
      groupBy: [columnExpr(dim.id)],
    }),
  )
  const [head, ...tail] = domains
  const product = tail.reduce(
    (left, right) => ({ kind: 'join', type: 'cross', left, right }) as const,
    head ?? table(name),
  )
  const on = and(
    ...values.map(({ dim, id }) => same(columnExpr(id), columnExpr(dim.id))),
    // After an empty text Vega forgets the separator, and finds no group.
    dims[0]?.type === 'string' ? different(columnExpr(values[0]?.id ?? ''), literal('')) : TRUE,
  )
  const absent = where(
    { kind: 'join', type: 'left', left: product, right: table(name), on },
    isNull(columnExpr(groups.order)),
  )
  const ranks = values.flatMap(({ dim, id, first }) => enumerated(dim.type, columnExpr(id), columnExpr(first)))
  const rankIds = ranks.map(() => build.fresh())
  const [part, order] = [build.fresh(), build.fresh()]
  const columns = groups.columns.map((column) => ({ ...column, id: build.fresh() }))
  const ranked = (expressions: readonly SqlExpr[], at: number): readonly Projection[] => [
    { id: part, expr: integer(at) },
    ...expressions.map((expr, index) => ({ id: rankIds[index] ?? '', expr: cast(expr, 'bigint') })),
  ]
  const kept = select({
    from: table(name),
    columns: [
      ...columns.map(({ id }, index) => ({ id, expr: columnExpr(groups.columns[index]?.id ?? '') })),
      ...ranked(
        ranks.map((_rank, index) => (index === 0 ? columnExpr(groups.order) : integer(0))),
        0,
      ),
    ],
  })
  const empty = (source: Column): SqlExpr => {
    const at = dims.findIndex(({ id }) => id === source.id)
    if (at >= 0) return columnExpr(values[at]?.id ?? '')
    const measure = measures.find(({ as }) => as === source.name)
    if (measure !== undefined && isRowMeasure(measure)) return literal(measure.op === 'values' ? '[]' : '{}')
    return source.nulls ? NULL : literal(0)
  }
  const made = select({
    from: absent,
    columns: [
      ...columns.map(({ id, type }, index) => ({
        id,
        expr: cast(empty(groups.columns[index] as Column), SQL_TYPES[type]),
      })),
      ...ranked(ranks, 1),
    ],
  })
  const orderBy = [part, ...rankIds].map((id) => ({ expr: columnExpr(id), direction: 'asc' as const }))
  const body = select({
    from: { kind: 'union', inputs: [kept, made] },
    columns: [
      ...columns.map(({ id }) => ({ id, expr: columnExpr(id) })),
      { id: order, expr: { kind: 'aggregate', name: 'row_number', args: [], over: { partitionBy: [], orderBy } } },
    ],
  })
  return {
    columns,
    order,
    query: { kind: 'with', name, query: groups.query, body },
    ...(groups.rows === undefined ? {} : { rows: groups.rows ** dims.length }),
  }
}
