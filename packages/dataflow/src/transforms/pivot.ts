import { ascending } from 'vega-util'
import type { Column, Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  and,
  call,
  cast,
  coalesce,
  column as columnExpr,
  divide,
  equal,
  extend,
  FALSE,
  isNan,
  isNull,
  literal,
  NAN,
  not,
  NULL,
  or,
  same,
  select,
  TRUE,
  when,
} from '../sql/build.ts'
import { fieldRef, groupRefs, keyRef, type FieldRef } from './field.ts'
import { groupKey } from './group-key.ts'
import { groupRows } from './group-rows.ts'
import { toDouble } from './measure-input.ts'
import { measureName } from './measure-list.ts'
import { compileRowMeasure, isRowMeasure, type RowMeasure } from './measure-row.ts'
import { compileMeasure, type CompiledMeasure } from './measures.ts'
import { numberParameter, stringParameter, type Definition } from './parameter.ts'
import { countsRows } from './row-order.ts'
import type { Build, Compiled, TransformDef } from './transform.ts'

/** More fields than this are not made in SQL. */
const MOST = 500

/** https://vega.github.io/vega/docs/transforms/pivot/ Groups with a field for each value of another field. */
export const pivot: TransformDef = {
  type: 'pivot',
  sql(definition, input, build) {
    const field = fieldRef(definition['field'], input, build)
    if (isReason(field)) return field
    const { column } = field
    if (column.type === 'json' || column.type === 'date')
      return reason('objects are equal to themselves only', field.name)
    const order = build.fresh()
    return {
      ask: {
        columns: [{ ...column, name: 'key' }],
        order,
        query: select({
          from: input.query,
          columns: [
            { id: column.id, expr: columnExpr(column.id) },
            { id: order, expr: { kind: 'aggregate', name: 'min', args: [columnExpr(input.order)] } },
          ],
          groupBy: [columnExpr(column.id)],
          limit: MOST + 1,
        }),
      },
      answered: (rows) =>
        rows.length > MOST
          ? reason('the fields are too many for a statement', field.name)
          : pivoted(
              definition,
              field,
              rows.map((row) => row['key'] as Key),
              input,
              build,
            ),
    }
  },
}

/** A value that becomes a field. */
type Key = boolean | null | number | string | undefined

const pivoted = (
  definition: Definition,
  field: FieldRef,
  values: readonly Key[],
  input: Relation,
  build: Build,
): Compiled => {
  const value = fieldRef(definition['value'], input, build)
  if (isReason(value)) return value
  const op = stringParameter(definition, 'op', build)
  if (isReason(op)) return op
  const limit = numberParameter(definition, 'limit', build)
  if (isReason(limit)) return limit
  const groupby = groupRefs(definition['groupby'], input, build)
  if (isReason(groupby)) return groupby
  const key = keyRef(definition, input, build)
  if (isReason(key)) return key
  // The first of the values that have one text stands for all of them.
  const keys = [...new Map(values.toReversed().map((key) => [String(key), key])).values()].toReversed().sort(ascending)
  const odd = keys.find((key) => String(key) in Object.prototype)
  if (odd !== undefined) return reason('every object has a field of that name', String(odd))
  const kept = limit ? keys.slice(0, limit) : keys
  const pivots = kept.map((key) => pivotOf(key, field.column, value, op || 'sum', build))
  const extended: Relation = {
    ...input,
    query: extend(
      input.query,
      pivots.map(({ column, sql }) => ({ id: column.id, expr: sql })),
    ),
  }
  const groups = groupKey(groupby, input, build, key)
  if (isReason(groups)) return groups
  const measures = pivots.map((pivot) => measureOf(pivot, value, op || 'sum', extended, build))
  const failed = measures.find(isReason)
  return (
    failed ?? { relation: groupRows(extended, groups, measures as readonly (CompiledMeasure | RowMeasure)[], build) }
  )
}

interface Pivot {
  readonly as: string
  /** Is it a row of this field? */
  readonly test: SqlExpr
  /** The value in those rows, and what no measure looks at in others. */
  readonly column: Column
  readonly sql: SqlExpr
}

const pivotOf = (key: Key, field: Column, { column }: FieldRef, op: string, build: Build): Pivot => {
  const own = columnExpr(field.id)
  const test =
    key === null || key === undefined
      ? isNull(own)
      : Number.isNaN(key)
        ? FALSE
        : (field.nulls ? same : equal)(own, literal(key))
  const numeric = column.type === 'number'
  const name = String(key)
  return {
    as: measureName(op === 'count' ? '__count__' : op, null, name),
    test,
    column: { ...column, name, id: build.fresh(), ...(numeric ? { nans: true } : { nulls: true }) },
    sql: when([[test, columnExpr(column.id)]], numeric ? NAN : NULL),
  }
}

const measureOf = (
  { as, test, column }: Pivot,
  value: FieldRef,
  op: string,
  input: Relation,
  build: Build,
): CompiledMeasure | RowMeasure | Reason => {
  if (op === 'count' || op === 'missing') return counted(op, as, test, value.column, input, build)
  if (op === 'distinct' && value.column.type !== 'number') return distinct(as, test, value.column, input, build)
  const measure = { op, field: { column, name: column.name }, as }
  return isRowMeasure(measure) ? compileRowMeasure(measure, input, build) : compileMeasure(measure, { input, build })
}

/** Vega counts different texts; those of other rows are `NaN`. */
const distinct = (
  as: string,
  test: SqlExpr,
  value: Column,
  input: Relation,
  build: Build,
): CompiledMeasure | Reason => {
  if (value.type === 'json') return reason('objects are not counted in SQL', value.name)
  const own = columnExpr(value.id)
  const text = cast(value.type === 'date' ? call('floor', divide(own, literal(1000))) : own, 'varchar')
  const known = value.nulls ? coalesce(text, literal(value.absent === true ? 'undefined' : 'null')) : text
  const id = build.fresh()
  const args = [when([[test, known]], literal('NaN'))]
  const column: Column = { ...countsRows(input), name: as, id, type: 'number', nulls: false, nans: false }
  const sql: SqlExpr = { kind: 'aggregate', name: 'count', args, distinct: true }
  return { column, inner: [{ id, expr: toDouble(sql) }], sql: columnExpr(id) }
}

/** How many rows have a value that is not NaN, or a missing one. */
const counted = (
  op: 'count' | 'missing',
  as: string,
  test: SqlExpr,
  value: Column,
  input: Relation,
  build: Build,
): CompiledMeasure => {
  const id = build.fresh()
  const own = columnExpr(value.id)
  const nan = value.type === 'number' && value.nans !== false ? isNan(own) : FALSE
  const filled = value.nulls ? or(isNull(own), not(nan)) : not(nan)
  const missing = or(value.nulls ? isNull(own) : FALSE, value.type === 'string' ? equal(own, literal('')) : FALSE)
  const filter = and(test, op === 'count' ? filled : missing)
  const sql: SqlExpr = {
    kind: 'aggregate',
    name: 'count',
    args: [],
    ...(filter === TRUE ? {} : { filter }),
  }
  const column: Column = { ...countsRows(input), name: as, id, type: 'number', nulls: false, nans: false }
  return { column, inner: [{ id, expr: toDouble(sql) }], sql: columnExpr(id) }
}
