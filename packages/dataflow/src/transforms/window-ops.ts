import { written, type Column } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { Over, SqlExpr } from '../sql/ast.ts'
import {
  call,
  cast,
  column as columnExpr,
  divide,
  equal,
  integer,
  literal,
  multiply,
  subtract,
  when,
} from '../sql/build.ts'
import type { FieldRef } from './field.ts'
import type { Computed } from './put-column.ts'
import { countsRows } from './row-order.ts'
import type { Build } from './transform.ts'
import type { Windows } from './window-frame.ts'

/** A window operation as Vega's `WindowOps` has them. */
export interface WindowCall {
  readonly op: string
  readonly field: FieldRef | null
  readonly param: Scalar
  readonly as: string
}

type Operation = (windows: Windows, field: Column | undefined, param: number) => Reason | Result

interface Result {
  readonly sql: SqlExpr
  readonly facts: Omit<Column, 'name' | 'id'>
}

const NUMBER = { type: 'number', nulls: false, nans: false } as const

const number = (sql: SqlExpr): SqlExpr => cast(sql, 'double')
const count = (over: Over): SqlExpr => number({ kind: 'aggregate', name: 'count', args: [], over })
const rank = ({ peers }: Windows, name: string): SqlExpr => number({ kind: 'aggregate', name, args: [], over: peers })

/** The first row has its own share, whatever its peers; later rows have that of their last peer. */
const cumulative = (windows: Windows): SqlExpr => {
  const upToPeers = count({ ...windows.peers, frame: { unit: 'range', start: 'unbounded', end: 0 } })
  return divide(when([[equal(windows.position, integer(1)), literal(1)]], upToPeers), count(windows.whole))
}

/** A value of another row, where NULL says that there is no such row as well as that its value is null. */
const valueOf = (field: Column | undefined, missing: boolean, sql: (value: SqlExpr) => SqlExpr): Result | Reason => {
  if (field === undefined) return reason('the operation needs a field')
  if (missing && field.absent === true) return reason('null and missing values would mix', field.name)
  const { name: _name, id, ...facts } = written(field)
  return { sql: sql(columnExpr(id)), facts: { ...facts, nulls: facts.nulls || missing } }
}

const shifted =
  (name: 'lag' | 'lead'): Operation =>
  ({ rows }, field, param) => {
    const offset = param || 1
    if (!(Number.isInteger(offset) && offset > 0)) return reason('the offset is not a number of rows', name)
    return valueOf(field, true, (value) => ({ kind: 'aggregate', name, args: [value, integer(offset)], over: rows }))
  }

/** The nearest value that is not null, from the current row to the partition's `side`. */
const nearest =
  (name: 'last_value' | 'first_value'): Operation =>
  ({ rows }, field) => {
    const frame =
      name === 'last_value'
        ? ({ unit: 'rows', start: 'unbounded', end: 0 } as const)
        : ({ unit: 'rows', start: 0, end: 'unbounded' } as const)
    const found = valueOf(field, false, (value) => ({
      kind: 'aggregate',
      name,
      args: [value],
      ignoreNulls: true,
      over: { ...rows, frame },
    }))
    if (isReason(found)) return found
    const { absent: _absent, ...facts } = found.facts
    return { sql: found.sql, facts }
  }

/** A frame of all rows has no order of its own. */
const ordered = ({ frame, rows }: Windows): Over =>
  frame.orderBy.length > 0 ? frame : { ...rows, frame: { unit: 'rows', start: 'unbounded', end: 'unbounded' } }

/** A value at a place of the frame, which is ordered row by row. */
const inFrame = (name: 'first' | 'last' | 'nth_value', windows: Windows, value: SqlExpr, nth?: number): SqlExpr => ({
  kind: 'aggregate',
  name: name === 'nth_value' ? name : `${name}_value`,
  args: nth === undefined ? [value] : [value, integer(nth)],
  over: ordered(windows),
})

const OPERATIONS: Readonly<Record<string, Operation>> = {
  row_number: ({ position, input }) => ({ sql: number(position), facts: { ...NUMBER, ...countsRows(input) } }),
  rank: (windows) => ({ sql: rank(windows, 'rank'), facts: { ...NUMBER, ...countsRows(windows.input) } }),
  dense_rank: (windows) => ({ sql: rank(windows, 'dense_rank'), facts: { ...NUMBER, ...countsRows(windows.input) } }),
  percent_rank: (windows) => ({
    sql: divide(subtract(rank(windows, 'rank'), literal(1)), subtract(count(windows.whole), literal(1))),
    facts: { ...NUMBER, nans: true },
  }),
  cume_dist: (windows) => ({ sql: cumulative(windows), facts: NUMBER }),
  ntile: (windows, _field, param) =>
    param > 0
      ? { sql: call('ceil', multiply(literal(param), cumulative(windows))), facts: NUMBER }
      : reason('the number of tiles is not positive', 'ntile'),
  lag: shifted('lag'),
  lead: shifted('lead'),
  first_value: (windows, field) => valueOf(field, false, (value) => inFrame('first', windows, value)),
  last_value: (windows, field) => valueOf(field, false, (value) => inFrame('last', windows, value)),
  nth_value: (windows, field, param) =>
    Number.isInteger(param) && param > 0
      ? valueOf(field, true, (value) => inFrame('nth_value', windows, value, param))
      : reason('the place is not a positive whole number', 'nth_value'),
  prev_value: nearest('last_value'),
  next_value: nearest('first_value'),
}

export const isWindowOp = (op: string): boolean => Object.hasOwn(OPERATIONS, op)

/** Compiles an operation that looks at rows rather than at the values of a frame. */
export const windowOp = ({ op, field, param, as }: WindowCall, windows: Windows, build: Build): Computed | Reason => {
  const operation = OPERATIONS[op]
  if (operation === undefined) return reason('the operation has no exact SQL', op)
  if (typeof param !== 'number' && param !== null && param !== undefined)
    return reason('the parameter is not a number', op)
  const result = operation(windows, field?.column, Number(param ?? Number.NaN))
  if (isReason(result)) return result
  return { column: { ...result.facts, name: as, id: build.fresh() }, sql: result.sql }
}
