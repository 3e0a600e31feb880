import type { Column, ColumnType, Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Over, Projection, SqlExpr } from '../sql/ast.ts'
import {
  add,
  and,
  call,
  cast,
  coalesce,
  column as columnExpr,
  divide,
  equal,
  greater,
  integer,
  isNan,
  isNull,
  less,
  literal,
  multiply,
  NAN,
  not,
  NULL,
  or,
  subtract,
  TRUE,
  when,
} from '../sql/build.ts'
import type { FieldRef } from './field.ts'
import { textOrder } from './sort.ts'
import { validTest } from './valid.ts'
import type { Build } from './transform.ts'

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

interface Result {
  readonly sql: SqlExpr
  readonly type?: ColumnType
  /** Undefined, hence absent, where the group has no value to measure. */
  readonly absent?: boolean
  readonly nans?: boolean
}

interface Input {
  readonly column: Column
  readonly value: SqlExpr
  /** The value as a DOUBLE. */
  readonly number: SqlExpr
  readonly order: SqlExpr
  /** An aggregate over valid rows, and where `filter` holds. */
  valid(name: string, args: readonly SqlExpr[], filter?: SqlExpr): SqlExpr
  /** An aggregate over all rows of the scope. */
  all(name: string, args: readonly SqlExpr[], distinct?: boolean): SqlExpr
}

type Operation = (input: Input) => Result | Reason

/** Compiles one measure, or says why SQL cannot have Vega's value. */
export const compileMeasure = (measure: Measure, scope: MeasureScope): CompiledMeasure | Reason => {
  const { op, field, as } = measure
  const id = scope.build.fresh()
  if (op === 'count') {
    const column: Column = { name: as, id, type: 'number', nulls: false, nans: false }
    return { column, inner: [{ id, expr: toDouble(aggregate(scope)('count', [])) }], sql: columnExpr(id) }
  }
  if (field === null) return reason('the operation needs a field', op)
  const quantile = QUANTILES.get(op)
  if (quantile !== undefined) return compileQuantile(quantile, measure, field, scope)
  const operation = OPERATIONS.get(op)
  if (operation === undefined) return reason('the operation has no exact SQL', op)
  const result = operation(inputOf(field.column, scope))
  if (isReason(result)) return result
  const { sql, type = 'number', absent = false, nans = false } = result
  const column: Column = { name: as, id, type, nulls: absent, ...(absent ? { absent } : {}), nans }
  return { column, inner: [{ id, expr: sql }], sql: columnExpr(id) }
}

const aggregate =
  ({ over }: MeasureScope) =>
  (name: string, args: readonly SqlExpr[], filter: SqlExpr = TRUE, distinct = false): SqlExpr => ({
    kind: 'aggregate',
    name,
    args,
    ...(filter === TRUE ? {} : { filter }),
    ...(distinct ? { distinct } : {}),
    ...(over === undefined ? {} : { over }),
  })

const inputOf = (column: Column, scope: MeasureScope): Input => {
  const value = columnExpr(column.id)
  const valid = validTest(column)
  const call = aggregate(scope)
  return {
    column,
    value,
    number: column.type === 'boolean' ? cast(value, 'double') : value,
    order: scope.order ?? columnExpr(scope.input.order),
    valid: (name, args, filter = TRUE) => call(name, args, and(valid, filter)),
    all: (name, args, distinct = false) => call(name, args, TRUE, distinct),
  }
}

const toDouble = (expr: SqlExpr): SqlExpr => cast(expr, 'double')
const isFinite = (expr: SqlExpr): SqlExpr => call('isfinite', expr)

const numeric =
  (operation: Operation): Operation =>
  (input) =>
    input.column.type === 'string' || input.column.type === 'json'
      ? reason('text is not added up in SQL', input.column.name)
      : operation(input)

const infinite = ({ column, number }: Input): SqlExpr =>
  column.type === 'number' ? call('isinf', number) : literal(false)
const infinities = (input: Input): SqlExpr => input.valid('count', [], infinite(input))
const count = (input: Input): SqlExpr => input.valid('count', [])

/** Vega's running mean is NaN once a value follows an infinite one. */
const mean = numeric((input) => {
  const average = input.valid('avg', [input.number])
  const last = input.valid('max', [input.order])
  const lastInfinite = input.valid('max', [input.order], infinite(input))
  const sql =
    input.column.type === 'number'
      ? when(
          [
            [or(isNull(average), isFinite(average)), average],
            [and(equal(infinities(input), integer(1)), equal(last, lastInfinite)), average],
          ],
          NAN,
        )
      : average
  return { sql, absent: true, nans: input.column.type !== 'boolean' }
})

/** A spread around the mean: NaN where a value is infinite, for which the engine would fail. */
const spread = (minimum: number, of: (input: Input, finite: SqlExpr) => SqlExpr): Operation =>
  numeric((input) => {
    if (input.column.type === 'boolean') return { sql: of(input, TRUE), absent: true }
    const finite = isFinite(input.number)
    const broken = input.column.type === 'date' ? input.valid('count', [], isNan(input.number)) : infinities(input)
    return {
      sql: when(
        [
          [less(count(input), integer(minimum)), NULL],
          [greater(broken, integer(0)), NAN],
        ],
        of(input, finite),
      ),
      absent: true,
      nans: true,
    }
  })

/** The least or greatest value. Texts go by UTF-16 units; an invalid Date that comes first stays. */
const extreme =
  (side: 'min' | 'max'): Operation =>
  (input) => {
    const { column, value, order } = input
    if (column.type === 'json') return reason('objects have no order in SQL', column.name)
    const nans = column.nans !== false
    if (column.type === 'string') {
      return { sql: input.valid(`arg_${side}`, [value, textOrder(value)]), type: 'string', absent: true }
    }
    if (column.type !== 'date' || !nans) {
      return { sql: input.valid(side, [value]), type: column.type, absent: true, nans: false }
    }
    const first = input.valid('arg_min', [value, order])
    return {
      sql: when([[isNan(first), NAN]], input.valid(side, [value], not(isNan(value)))),
      type: 'date',
      absent: true,
      nans: true,
    }
  }

const distinct: Operation = (input) => {
  const { column, value } = input
  if (column.type === 'json') return reason('objects are not counted in SQL', column.name)
  const nullText = literal(column.absent === true ? 'undefined' : 'null')
  if (column.type === 'string' && column.nulls && column.plain !== true) {
    return { sql: toDouble(input.all('count', [coalesce(value, nullText)], true)) }
  }
  const texts = column.type === 'date' && column.plain !== true ? call('floor', divide(value, literal(1000))) : value
  const counted = toDouble(input.all('count', [texts], true))
  return {
    sql: column.nulls
      ? add(counted, when([[greater(input.all('count', []), input.all('count', [value])), literal(1)]], literal(0)))
      : counted,
  }
}

const missing: Operation = (input) => {
  const { column, value } = input
  const empty = column.type === 'string' ? equal(value, literal('')) : literal(false)
  const test = or(column.nulls ? isNull(value) : literal(false), empty)
  return { sql: toDouble(input.all('count_if', [test])) }
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  [
    'valid',
    (input) =>
      input.column.type === 'json' ? reason('objects are not counted in SQL') : { sql: toDouble(count(input)) },
  ],
  ['missing', missing],
  ['distinct', distinct],
  ['sum', numeric((input) => ({ sql: input.valid('sum', [input.number]), absent: true, nans: true }))],
  ['product', numeric((input) => ({ sql: input.valid('product', [input.number]), absent: true, nans: true }))],
  ['mean', mean],
  ['average', mean],
  ['variance', spread(2, (input, finite) => input.valid('var_samp', [input.number], finite))],
  ['variancep', spread(1, (input, finite) => input.valid('var_pop', [input.number], finite))],
  ['stdev', spread(2, (input, finite) => input.valid('stddev_samp', [input.number], finite))],
  ['stdevp', spread(1, (input, finite) => input.valid('stddev_pop', [input.number], finite))],
  [
    'stderr',
    spread(2, (input, finite) =>
      divide(input.valid('stddev_samp', [input.number], finite), call('sqrt', toDouble(count(input)))),
    ),
  ],
  ['min', extreme('min')],
  ['max', extreme('max')],
])

const QUANTILES: ReadonlyMap<string, number> = new Map([
  ['q1', 0.25],
  ['median', 0.5],
  ['q3', 0.75],
])

const compileQuantile = (
  p: number,
  measure: Measure,
  field: FieldRef,
  scope: MeasureScope,
): CompiledMeasure | Reason => {
  if (scope.over !== undefined) return reason('quantiles of a window have no fast SQL', measure.op)
  const input = inputOf(field.column, scope)
  if (field.column.type === 'string' || field.column.type === 'json')
    return reason('text has no quantiles in SQL', field.name)
  const list = scope.build.fresh()
  const numbers =
    field.column.type === 'date'
      ? input.valid('list', [input.number], not(isNan(input.number)))
      : input.valid('list', [input.number])
  const column: Column = {
    name: measure.as,
    id: scope.build.fresh(),
    type: 'number',
    nulls: true,
    absent: true,
    nans: true,
  }
  return { column, inner: [{ id: list, expr: call('list_sort', numbers) }], sql: quantileOf(columnExpr(list), p) }
}

/** The `p` quantile of a sorted list by the arithmetic of d3's `quantileSorted`, which is that of Vega. */
export const quantileOf = (list: SqlExpr, p: number): SqlExpr => {
  const n = toDouble(call('len', list))
  if (!(p > 0)) return call('list_extract', list, integer(1))
  if (p >= 1) return call('list_extract', list, call('len', list))
  const at = multiply(subtract(n, literal(1)), literal(p))
  const below = call('floor', at)
  const item = (offset: number): SqlExpr => call('list_extract', list, add(cast(below, 'bigint'), integer(offset)))
  const value = add(item(1), multiply(subtract(item(2), item(1)), subtract(at, below)))
  return when(
    [
      [isNull(list), NULL],
      [less(n, literal(2)), call('list_extract', list, integer(1))],
    ],
    value,
  )
}
