import type { Column, Member, Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Projection, Query, SqlExpr } from '../sql/ast.ts'
import {
  and,
  ascending,
  call,
  coalesce,
  column as columnExpr,
  concat,
  equal,
  extend,
  integer,
  isNan,
  isNull,
  literal,
  negate,
  not,
  NULL,
  or,
  select,
  TRUE,
  when,
} from '../sql/build.ts'
import type { Measure } from './measure-input.ts'
import { objectText } from './object-text.ts'
import { ROW_OPERATIONS } from './row-operations.ts'
import { textOrder } from './sort.ts'
import type { Build } from './transform.ts'
import { validTest } from './valid.ts'

/** A measure whose value is a row, or all rows, of the group. */
export interface RowMeasure {
  readonly column: Column
  /** Where aggregates may stand. */
  readonly inner: readonly Projection[]
  /** The groups, joined to the rows that the measure is of. */
  join(groups: Query, rows: Query): Query
  /** The value, over that join. */
  readonly sql: SqlExpr
  /** The fields of the row. */
  readonly members: readonly Member[]
}

export const isRowMeasure = ({ op }: Measure): boolean => ROW_OPERATIONS.has(op)

/** Compiles `argmin`, `argmax` and `values`: the tuples themselves, as they are when they are grouped. */
export const compileRowMeasure = (measure: Measure, input: Relation, build: Build): RowMeasure | Reason =>
  measure.op === 'values' ? allRows(measure, input, build) : extremeRow(measure, input, build)

const allRows = ({ as }: Measure, { columns, order }: Relation, build: Build): RowMeasure | Reason => {
  const text = objectText(columns)
  if (isReason(text)) return text
  const id = build.fresh()
  const list: SqlExpr = {
    kind: 'aggregate',
    name: 'string_agg',
    args: [text, literal(',')],
    orderBy: [ascending(columnExpr(order))],
  }
  return {
    column: { name: as, id, type: 'json', nulls: false },
    inner: [{ id, expr: concat(concat(literal('['), list), literal(']')) }],
    join: (groups) => groups,
    sql: columnExpr(id),
    members: [],
  }
}

/** The first of the rows that have the least or greatest value; an object without fields where no row has a value. */
const extremeRow = ({ op, field, as }: Measure, input: Relation, build: Build): RowMeasure | Reason => {
  if (field === null) return reason('the operation needs a field', op)
  const { column } = field
  if (column.type === 'json') return reason('objects have no order in SQL', field.name)
  const [id, pick] = [build.fresh(), build.fresh()]
  const value = columnExpr(column.id)
  const order = columnExpr(input.order)
  const dated = column.type === 'date' && column.nans !== false
  const valid = and(validTest(column), dated ? not(isNan(value)) : TRUE)
  // Of equal values the row that comes first counts.
  const texts = column.type === 'string'
  const pair = call('row', texts ? textOrder(value) : value, op === 'argmin' ? order : negate(order))
  const extreme = call('struct_extract', aggregate(op === 'argmin' ? 'min' : 'max', [pair], valid), integer(2))
  const measured = op === 'argmin' ? extreme : negate(extreme)
  const place = texts ? coalesce(emptyFirst(op, value, order, valid, measured), measured) : measured
  const copies = input.columns.map((source) => ({ source, copy: { ...source, id: build.fresh() } }))
  const text = objectText(copies.map(({ copy }) => copy))
  if (isReason(text)) return text
  const at = build.fresh()
  const always = valid === TRUE
  return {
    column: { name: as, id, type: 'json', nulls: false },
    inner: [{ id: pick, expr: place }],
    join: (groups, rows) => ({
      kind: 'join',
      type: 'left',
      left: groups,
      right: select({
        from: rows,
        columns: [
          ...copies.map(({ source, copy }) => ({ id: copy.id, expr: columnExpr(source.id) })),
          { id: at, expr: order },
        ],
      }),
      on: equal(columnExpr(pick), columnExpr(at)),
    }),
    sql: when([[isNull(columnExpr(pick)), literal('{}')]], text),
    members: copies.flatMap(({ copy }): readonly Member[] => {
      if (always) return [{ of: id, column: copy }]
      if (copy.nulls && copy.absent !== true) return []
      return [{ of: id, column: { ...copy, nulls: true, absent: true } }]
    }),
  }
}

const aggregate = (name: string, args: readonly SqlExpr[], filter: SqlExpr): SqlExpr => ({
  kind: 'aggregate',
  name,
  args,
  ...(filter === TRUE ? {} : { filter }),
})

/**
 * Vega notes a row when it is beyond the values before it. Where none is, the first value being the least (or greatest), it looks
 * through all rows again, and then the empty text counts as well. NULL where that changes nothing.
 */
const emptyFirst = (op: string, value: SqlExpr, order: SqlExpr, valid: SqlExpr, measured: SqlExpr): SqlExpr => {
  const first = aggregate('min', [order], valid)
  const none = isNull(measured)
  const test = op === 'argmin' ? or(none, equal(first, measured)) : none
  return when([[test, aggregate('min', [order], equal(value, literal('')))]], NULL)
}

/** The groups with the measures that are rows. */
export const withRows = (groups: Query, rows: Query, measures: readonly RowMeasure[]): Query =>
  measures.length === 0
    ? groups
    : extend(
        measures.reduce((joined, measure) => measure.join(joined, rows), groups),
        measures
          .filter(({ sql, column }) => sql.kind !== 'column' || sql.id !== column.id)
          .map(({ sql, column }) => ({ id: column.id, expr: sql })),
      )
