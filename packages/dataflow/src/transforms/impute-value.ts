import type { Column } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { Query, SqlExpr } from '../sql/ast.ts'
import {
  and,
  ascending,
  cast,
  column as columnExpr,
  divide,
  isNan,
  isNotNull,
  literal,
  not,
  NULL,
  select,
  TRUE,
} from '../sql/build.ts'
import { isNoObjectName } from './object-names.ts'
import { parameter, type Definition } from './parameter.ts'
import { quantileOf } from './quantile-of.ts'
import type { Build } from './transform.ts'
import { widened } from './widen.ts'

/** What imputed rows get in the field: the same everywhere, or a measure of the values that the group has. */
export type Imputed = {
  /** The field as it is then, under its old identifier. */
  readonly column: Column
} & ({ readonly kind: 'constant'; readonly sql: SqlExpr } | { readonly kind: 'measure'; readonly measure: Measure })

export type Measure = (value: SqlExpr, order: SqlExpr) => SqlExpr

/** Reads `method` and `value`. */
export const imputedValue = (definition: Definition, column: Column, key: Column, build: Build): Imputed | Reason => {
  const method = parameter(definition['method'], build)
  if (isReason(method)) return method
  if (!method || method === 'value') return constant(definition, column, build)
  const measure = MEASURES.get(String(method))
  if (measure === undefined) return reason('there is no such method', String(method))
  if (column.type !== 'number') return reason('only numbers are measured', column.name)
  // the rows of a group may all have keys that are none
  const found = !column.nulls && column.nans === false && isNoObjectName(key) === undefined
  if (column.missing === true || (column.nulls && column.absent !== true))
    return reason('null and missing values would mix', column.name)
  const { whole: _whole, ...facts } = column
  const missing = found ? {} : { nulls: true, absent: true }
  return {
    kind: 'measure',
    measure,
    column: method === 'min' || method === 'max' ? { ...column, ...missing } : { ...facts, ...missing, nans: true },
  }
}

const constant = (definition: Definition, column: Column, build: Build): Imputed | Reason => {
  const given = parameter(definition['value'], build)
  if (isReason(given)) return given
  const value: Scalar = given === undefined ? 0 : given
  if (value === null) {
    return column.absent === true
      ? reason('null and missing values would mix', column.name)
      : { kind: 'constant', sql: NULL, column: { ...column, nulls: true } }
  }
  if (typeof value !== column.type) return reason('the imputed value is not of the type of the field', column.name)
  const known = value as number | string | boolean
  return { kind: 'constant', sql: literal(known), column: widened(column, known) }
}

const inOrder = (name: string, value: SqlExpr, order: SqlExpr): SqlExpr => ({
  kind: 'aggregate',
  name,
  args: [value],
  orderBy: [ascending(order)],
})
const plainly = (name: string, value: SqlExpr): SqlExpr => ({ kind: 'aggregate', name, args: [value] })

/** The arithmetic of d3: a mean is a sum, taken key by key, over a number. */
const MEASURES: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ['mean', (value, order) => divide(inOrder('sum', value, order), cast(plainly('count', value), 'double'))],
  ['median', (value) => quantileOf(inOrder('list', value, value), literal(0.5))],
  ['min', (value) => plainly('min', value)],
  ['max', (value) => plainly('max', value)],
])

/** Where the measure of groups is read: identifiers of the columns of the groups, the key, and the order of the rows. */
export interface Measured {
  readonly rows: Query
  readonly groups: readonly string[]
  readonly key: Column
  readonly order: string
  /** The order of the keys. */
  readonly keys: { readonly query: Query; readonly id: string; readonly order: string }
}

/** The measure of each group, over the last row of each of its keys; columns of the groups get the identifiers `as`. */
export const measureOfGroups = (
  { rows, groups, key, order, keys }: Measured,
  field: Column,
  measure: Measure,
  as: { readonly groups: readonly string[]; readonly value: string },
  build: Build,
): Query => {
  const [cellKey, value] = [build.fresh(), build.fresh()]
  const own = groups.map(() => build.fresh())
  const last: SqlExpr = {
    kind: 'aggregate',
    name: field.nulls ? 'arg_max_null' : 'arg_max',
    args: [columnExpr(field.id), columnExpr(order)],
  }
  const cells = select({
    from: rows,
    columns: [
      ...groups.map((id, index) => ({ id: own[index] ?? '', expr: columnExpr(id) })),
      { id: cellKey, expr: columnExpr(key.id) },
      { id: value, expr: last },
    ],
    groupBy: [...groups, key.id].map(columnExpr),
  })
  const valid = and(
    field.nulls ? isNotNull(columnExpr(value)) : TRUE,
    field.nans === false ? TRUE : not(isNan(columnExpr(value))),
  )
  return select({
    from: {
      kind: 'join',
      type: 'inner',
      left: cells,
      right: keys.query,
      on: { kind: 'binary', op: 'is not distinct from', left: columnExpr(cellKey), right: columnExpr(keys.id) },
    },
    columns: [
      ...own.map((id, index) => ({ id: as.groups[index] ?? '', expr: columnExpr(id) })),
      { id: as.value, expr: measure(columnExpr(value), columnExpr(keys.order)) },
    ],
    ...(valid === TRUE ? {} : { where: valid }),
    ...(own.length > 0 ? { groupBy: own.map(columnExpr) } : {}),
  })
}
