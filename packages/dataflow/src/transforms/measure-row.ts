import type { Column, Member, Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Projection, Query, SqlExpr } from '../sql/ast.ts'
import {
  and,
  ascending,
  call,
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
  select,
  TRUE,
  when,
} from '../sql/build.ts'
import type { Measure } from './measure-input.ts'
import { objectText } from './object-text.ts'
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

export const isRowMeasure = ({ op }: Measure): boolean => op === 'argmin' || op === 'argmax' || op === 'values'

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
  if (column.type === 'string' || column.type === 'json')
    return reason('the first of equal texts is not found in SQL', field.name)
  const [id, pick] = [build.fresh(), build.fresh()]
  const value = columnExpr(column.id)
  const order = columnExpr(input.order)
  const dated = column.type === 'date' && column.nans !== false
  const valid = and(validTest(column), dated ? not(isNan(value)) : TRUE)
  // Of equal values the row that comes first counts.
  const pair = call('row', value, op === 'argmin' ? order : negate(order))
  const found: SqlExpr = {
    kind: 'aggregate',
    name: op === 'argmin' ? 'min' : 'max',
    args: [pair],
    ...(valid === TRUE ? {} : { filter: valid }),
  }
  const place = call('struct_extract', found, integer(2))
  const copies = input.columns.map((source) => ({ source, copy: { ...source, id: build.fresh() } }))
  const text = objectText(copies.map(({ copy }) => copy))
  if (isReason(text)) return text
  const at = build.fresh()
  const always = valid === TRUE
  return {
    column: { name: as, id, type: 'json', nulls: false },
    inner: [{ id: pick, expr: op === 'argmin' ? place : negate(place) }],
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
