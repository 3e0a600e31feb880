import type { Column } from '../columns.ts'
import type { Query, SqlExpr } from '../sql/ast.ts'
import { and, call, column as columnExpr, greater, integer, isNull, same, select, where } from '../sql/build.ts'
import { keysOf, type Key } from './impute-keys.ts'
import { measureOfGroups, type Imputed, type Measure } from './impute-value.ts'
import { isNoObjectName } from './object-names.ts'
import type { Build } from './transform.ts'

/** The rows that there are, and what those to be imputed are made of. */
export interface Cells {
  readonly rows: Query
  /** Identifier of the order of `rows`. */
  readonly order: string
  readonly groups: readonly Column[]
  readonly key: Column
  readonly field: Column
  readonly given: readonly Key[]
  readonly value: Imputed
}

/** The rows to be imputed. */
export interface Missing {
  readonly query: Query
  /** Identifiers of the columns that they have in place of the groups and of the key. */
  readonly groups: readonly string[]
  readonly key: string
  readonly value: SqlExpr
  /** Identifiers of their order: by group, and by key. */
  readonly groupOrder: string
  readonly keyOrder: string
}

/** A row for each group and key that have none. */
export const missingRows = (cells: Cells, build: Build): Missing => {
  const { rows, order, groups, key, given, value } = cells
  const [groupOrder, keyOrder, keyId] = [build.fresh(), build.fresh(), build.fresh()]
  const ids = groups.map(() => build.fresh())
  const [group, ...others] = groups
  // Vega has no groups, and no keys, of the names that every object has
  const real = group !== undefined && others.length === 0 ? isNoObjectName(group) : undefined
  const groupRows = select({
    from: real === undefined ? rows : where(rows, real),
    columns: [
      ...groups.map(({ id }, index) => ({ id: ids[index] ?? '', expr: columnExpr(id) })),
      { id: groupOrder, expr: { kind: 'aggregate', name: 'min', args: [columnExpr(order)] } },
    ],
    ...(groups.length > 0
      ? { groupBy: groups.map(({ id }) => columnExpr(id)) }
      : { having: greater(call('count', columnExpr(order)), integer(0)) }),
  })
  const keys = keysOf(rows, { key, order }, given, { id: keyId, order: keyOrder }, build)
  const all = select({ from: { kind: 'join', type: 'cross', left: groupRows, right: keys }, star: true, columns: [] })
  const pairs = [...groups.map(({ id }, index) => [id, ids[index] ?? ''] as const), [key.id, keyId] as const]
  const on = and(...pairs.map(([left, right]) => same(columnExpr(left), columnExpr(right))))
  const query = where({ kind: 'join', type: 'left', left: all, right: rows, on }, isNull(columnExpr(order)))
  const found = { query, groups: ids, key: keyId, groupOrder, keyOrder }
  return value.kind === 'constant' ? { ...found, value: value.sql } : withMeasure(found, cells, value.measure, build)
}

/** The rows with the measure of their group. */
const withMeasure = (found: Omit<Missing, 'value'>, cells: Cells, measure: Measure, build: Build): Missing => {
  const { rows, order, groups, key, field, given } = cells
  const own = groups.map(() => build.fresh())
  const [keyId, keyOrder, value] = [build.fresh(), build.fresh(), build.fresh()]
  const keys = {
    query: keysOf(rows, { key, order }, given, { id: keyId, order: keyOrder }, build),
    id: keyId,
    order: keyOrder,
  }
  const measured = { rows, order, key, keys, groups: groups.map(({ id }) => id) }
  const right = measureOfGroups(measured, field, measure, { groups: own, value }, build)
  const on = and(...own.map((id, index) => same(columnExpr(found.groups[index] ?? ''), columnExpr(id))))
  return { ...found, query: { kind: 'join', type: 'left', left: found.query, right, on }, value: columnExpr(value) }
}
