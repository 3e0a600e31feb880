import type { Relation } from '../columns.ts'
import type { Over, SqlExpr } from '../sql/ast.ts'
import { add, cast, coalesce, column as columnExpr, extend, integer, literal, subtract } from '../sql/build.ts'
import { orderTerms, stableOrder, type SortKey } from './sort.ts'
import type { Build } from './transform.ts'

/** How a window transform cuts and orders rows. */
export interface WindowShape {
  readonly partitionBy: readonly SqlExpr[]
  readonly keys: readonly SortKey[]
  /** Rows before and after the current one; null is unbounded. The current row is always within. */
  readonly frame: readonly [number | null, number | null]
  readonly ignorePeers: boolean
}

/** Windows over a relation that has what they need as hidden columns. */
export interface Windows {
  readonly input: Relation
  /** Position in the partition, from 1: INTEGER. */
  readonly position: SqlExpr
  /** The partition in its order, without a frame. */
  readonly rows: Over
  /** The same by the sort keys alone, for ranks. */
  readonly peers: Over
  /** All rows of the partition. */
  readonly whole: Over
  /** The frame of the current row. */
  readonly frame: Over
  /** Does the frame leave rows behind? */
  readonly sliding: boolean
}

/** Of a column of numbers an expression: DuckDB takes the values of one that it goes by from its keys, in which -0 is 0. */
const apart = (key: SqlExpr, { columns }: Relation): SqlExpr =>
  key.kind === 'column' && columns.some(({ id, type }) => id === key.id && type === 'number')
    ? add(key, literal(0))
    : key

/** The windows of Vega's `Window`: frames grow to whole groups of peers where there is a sort, unless these are ignored. */
export const windowsOf = (relation: Relation, shape: WindowShape, build: Build): Windows => {
  const { keys, ignorePeers } = shape
  const partitionBy = shape.partitionBy.map((key) => apart(key, relation))
  const [before, after] = shape.frame
  const id = build.fresh()
  const rows: Over = { partitionBy, orderBy: stableOrder(keys, relation) }
  const peers: Over = { partitionBy, orderBy: keys.length > 0 ? orderTerms(keys) : rows.orderBy }
  const whole: Over = { partitionBy, orderBy: [] }
  const position = columnExpr(id)
  const input = { ...relation, query: extend(relation.query, [{ id, expr: ranking('row_number', rows) }]) }
  const base = { position, rows, peers, whole, sliding: before !== null }

  if (before === null && after === null) return { ...base, input, frame: whole }
  const simple = (bound: number | null): boolean => bound === null || bound === 0
  const grows = keys.length > 0 && !ignorePeers
  if (!grows || (simple(before) && simple(after))) {
    const over = grows ? peers : rows
    const unit = grows ? 'range' : 'rows'
    const frame = { unit, start: before ?? 'unbounded', end: after ?? 'unbounded' } as const
    return { ...base, input, frame: { ...over, frame } }
  }
  // Peers of a row at an offset: the row itself says how far its frame goes.
  const [first, last, low, high] = [build.fresh(), build.fresh(), build.fresh(), build.fresh()]
  const counted: Over = { ...peers, frame: { unit: 'range', start: 'unbounded', end: 0 } }
  const peered = extend(input.query, [
    { id: first, expr: ranking('rank', peers) },
    { id: last, expr: cast({ kind: 'aggregate', name: 'count', args: [], over: counted }, 'integer') },
  ])
  const at = (value: SqlExpr, offset: number, otherwise: SqlExpr): SqlExpr =>
    coalesce(
      {
        kind: 'aggregate',
        name: offset < 0 ? 'lag' : 'lead',
        args: [value, integer(Math.abs(offset))],
        over: rows,
      },
      otherwise,
    )
  const total = cast({ kind: 'aggregate', name: 'count', args: [], over: whole }, 'integer')
  const bounded = extend(peered, [
    { id: low, expr: before === null ? integer(1) : at(columnExpr(first), before, integer(1)) },
    { id: high, expr: after === null ? total : at(columnExpr(last), after, total) },
  ])
  const start = { preceding: subtract(position, columnExpr(low)) }
  const end = { following: subtract(columnExpr(high), position) }
  return { ...base, input: { ...input, query: bounded }, frame: { ...rows, frame: { unit: 'rows', start, end } } }
}

const ranking = (name: string, over: Over): SqlExpr => cast({ kind: 'aggregate', name, args: [], over }, 'integer')
