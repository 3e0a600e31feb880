import type { Column, ColumnType, Relation, Stored } from '../columns.ts'
import { reason, type Reason } from '../reason.ts'
import type { Over, Projection, SqlExpr } from '../sql/ast.ts'
import { and, ascending, call, cast, column as columnExpr, literal, TRUE } from '../sql/build.ts'
import { stringToNumber } from '../expr/number-text.ts'
import type { FieldRef } from './field.ts'
import { hasFewRows } from './row-order.ts'
import type { Build } from './transform.ts'
import { validTest } from './valid.ts'

/** One measure to compute: `as` is the output name, defaults applied. */
export interface Measure {
  readonly op: string
  readonly field: FieldRef | null
  readonly as: string
}

/** A compiled measure. `inner` goes where aggregates may stand, `sql` one select further out. */
export interface CompiledMeasure {
  readonly column: Column
  readonly inner: readonly Projection[]
  readonly sql: SqlExpr
}

/** What a measure is computed over: a group, or the window `over`. */
export interface MeasureScope {
  readonly input: Relation
  readonly build: Build
  readonly over?: Over
  /** What Vega adds rows by; by default the row order of the input. */
  readonly order?: SqlExpr
}

/** What an operation yields. */
export interface Result {
  readonly sql: SqlExpr
  readonly whole?: number | undefined
  readonly type?: ColumnType
  /** Undefined, hence absent, where the group has no value to measure. */
  readonly absent?: boolean
  readonly nans?: boolean
}

/** What an operation is computed from. */
export interface Input {
  readonly column: Column
  readonly value: SqlExpr
  /** The value as a DOUBLE. */
  readonly number: SqlExpr
  /** The column of integers that has the same values, where there is one. */
  readonly integer: SqlExpr | undefined
  /** The same, but that it may have 0 for -0. */
  readonly compared: SqlExpr | undefined
  /** May a value that is looked at be no number: an invalid Date, or some text? */
  readonly strays: boolean
  /** May a number be infinite, or a sum of them become so? */
  readonly infinities: boolean
  readonly order: SqlExpr
  readonly scope: MeasureScope
  /** Must values be added in the order of the rows? */
  readonly ordered: boolean
  /** An aggregate over valid rows, in their order. */
  inOrder(name: string, filter?: SqlExpr): SqlExpr
  /** An aggregate over valid rows, and where `filter` holds. */
  valid(name: string, args: readonly SqlExpr[], filter?: SqlExpr): SqlExpr
  /** An aggregate over all rows of the scope. */
  all(name: string, args: readonly SqlExpr[], distinct?: boolean): SqlExpr
}

/** An aggregate operation of Vega in SQL. */
export type Operation = (input: Input) => Result | Reason

export const aggregate =
  ({ over }: MeasureScope) =>
  (name: string, args: readonly SqlExpr[], filter: SqlExpr = TRUE, distinct = false): SqlExpr => ({
    kind: 'aggregate',
    name,
    args,
    ...(filter === TRUE ? {} : { filter }),
    ...(distinct ? { distinct } : {}),
    ...(over === undefined ? {} : { over }),
  })

/** As many numbers of such a magnitude as there may be have a finite sum. */
const SUMMABLE = 1e290

/** No number of the column has a greater magnitude. */
const greatest = ({ whole = Infinity }: Column, stored: Stored | undefined): number =>
  stored?.infinities === false ? Math.max(Math.abs(stored.least), Math.abs(stored.most)) : whole

export const inputOf = (column: Column, scope: MeasureScope): Input => {
  const value = columnExpr(column.id)
  const valid = validTest(column)
  const call = aggregate(scope)
  const number =
    column.type === 'boolean' ? cast(value, 'double') : column.type === 'string' ? stringToNumber(value) : value
  const order = scope.order ?? columnExpr(scope.input.order)
  const stored = scope.input.stored?.[column.id]
  const same = stored?.infinities === false && column.nans === false ? stored.integer : undefined
  const signed = stored?.negativeZeros === true
  return {
    column,
    value,
    number,
    integer: signed ? undefined : same && columnExpr(same.id),
    compared: same && columnExpr(same.id),
    strays: column.type === 'string' || (column.type === 'date' && column.nans !== false),
    infinities: column.type === 'string' || (column.type === 'number' && !(greatest(column, stored) < SUMMABLE)),
    order,
    scope,
    ordered: hasFewRows(scope.input),
    inOrder: (name, filter = TRUE) => ({
      kind: 'aggregate',
      name,
      args: [number],
      orderBy: [ascending(order)],
      ...(and(valid, filter) === TRUE ? {} : { filter: and(valid, filter) }),
    }),
    valid: (name, args, filter = TRUE) => call(name, args, and(valid, filter)),
    all: (name, args, distinct = false) => call(name, args, TRUE, distinct),
  }
}

export const toDouble = (expr: SqlExpr): SqlExpr => cast(expr, 'double')
export const isFinite = (expr: SqlExpr): SqlExpr => call('isfinite', expr)

export const numeric =
  (operation: Operation): Operation =>
  (input) =>
    input.column.type === 'json' ? reason('objects are not added up in SQL', input.column.name) : operation(input)

export const infinite = ({ number, infinities }: Input): SqlExpr =>
  infinities ? call('isinf', number) : literal(false)
export const infiniteCount = (input: Input): SqlExpr => input.valid('count', [], infinite(input))
export const count = (input: Input): SqlExpr => input.valid('count', [])
