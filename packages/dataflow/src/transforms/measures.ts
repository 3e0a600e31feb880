import type { Column, ColumnType, Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Over, Projection, SqlExpr } from '../sql/ast.ts'
import {
  add,
  and,
  ascending,
  atLeast,
  atMost,
  call,
  cast,
  coalesce,
  column as columnExpr,
  divide,
  equal,
  FALSE,
  greater,
  integer,
  isNan,
  isNull,
  lambda,
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
import { addsInAnyOrder, countsRows, hasFewRows, magnitude } from './row-order.ts'
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
  readonly whole?: number | undefined
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

type Operation = (input: Input) => Result | Reason

/** Compiles one measure, or says why SQL cannot have Vega's value. */
export const compileMeasure = (measure: Measure, scope: MeasureScope): CompiledMeasure | Reason => {
  const { op, field, as } = measure
  const id = scope.build.fresh()
  if (op === 'count') {
    const column: Column = { ...countsRows(scope.input), name: as, id, type: 'number', nulls: false, nans: false }
    return { column, inner: [{ id, expr: toDouble(aggregate(scope)('count', [])) }], sql: columnExpr(id) }
  }
  if (field === null) return reason('the operation needs a field', op)
  const quantile = QUANTILES.get(op)
  if (quantile !== undefined) return compileQuantile(quantile, measure, field, scope)
  const operation = OPERATIONS.get(op)
  if (operation === undefined) return reason('the operation has no exact SQL', op)
  const result = operation(inputOf(field.column, scope))
  if (isReason(result)) return result
  const { sql, type = 'number', absent = false, nans = false, whole } = result
  const facts = { ...(absent ? { absent } : {}), ...(whole === undefined ? {} : { whole }) }
  const column: Column = { name: as, id, type, nulls: absent, ...facts, nans }
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
  const number = column.type === 'boolean' ? cast(value, 'double') : value
  const order = scope.order ?? columnExpr(scope.input.order)
  return {
    column,
    value,
    number,
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

/** What depends on the order of the rows while these are few, and has no frame in which that is kept. */
const addsUp = (operation: Operation): Operation =>
  numeric((input) =>
    input.ordered && input.scope.over !== undefined
      ? reason('rows are few, and Vega adds them one by one', input.column.name)
      : operation(input),
  )

/** `total += value`. */
const sum: Operation = numeric((input) => {
  const { column, number, scope } = input
  const whole = addsInAnyOrder(column, scope.input)
    ? { whole: magnitude(column) * (scope.input.rows ?? Infinity) }
    : undefined
  const facts = { absent: true, nans: true, ...whole }
  if (whole !== undefined || !input.ordered) return { ...facts, sql: input.valid('sum', [number]) }
  return addsUp(() => ({ ...facts, sql: input.inOrder('sum') }))(input)
})

const product = addsUp((input) => ({
  sql: input.ordered ? input.inOrder('product') : input.valid('product', [input.number]),
  absent: true,
  nans: true,
}))

/** Vega's running mean: `mean += (value - mean) / n`. It is NaN once a value follows an infinite one. */
const mean = addsUp((input) => {
  const facts = { absent: true, nans: input.column.type !== 'boolean' }
  if (input.ordered) {
    const [last, value, n] = ['mean0', 'value0', 'n0'].map(columnExpr) as [SqlExpr, SqlExpr, SqlExpr]
    const step = lambda(['mean0', 'value0', 'n0'], add(last, divide(subtract(value, last), n)))
    return { ...facts, sql: call('list_reduce', input.inOrder('list'), step, literal(0)) }
  }
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
  return { ...facts, sql }
})

/** A spread around the mean, by the recurrence of Vega; NaN where a value is infinite, for which the engine would fail. */
const spread = (minimum: number, name: string): Operation =>
  addsUp((input) => {
    const of = (finite: SqlExpr): SqlExpr =>
      input.ordered ? input.inOrder(name, finite) : input.valid(name, [input.number], finite)
    const broken = input.column.type === 'date' ? input.valid('count', [], isNan(input.number)) : infinities(input)
    const open = input.column.type === 'boolean' ? FALSE : greater(broken, integer(0))
    return {
      sql: when(
        [
          [less(count(input), integer(minimum)), NULL],
          [open, NAN],
        ],
        of(input.column.type === 'boolean' ? TRUE : isFinite(input.number)),
      ),
      absent: true,
      nans: input.column.type !== 'boolean',
    }
  })

const standardError: Operation = (input) => {
  if (input.ordered) return reason('rows are few, and Vega adds them one by one', input.column.name)
  const deviation = spread(2, 'stddev_samp')(input)
  return isReason(deviation)
    ? deviation
    : { ...deviation, sql: divide(deviation.sql, call('sqrt', toDouble(count(input)))) }
}

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
      const { type, whole } = column
      return { sql: input.valid(side, [value]), type, whole, absent: true, nans: false }
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
  return { ...countsRows(input.scope.input), sql: toDouble(input.all('count_if', [test])) }
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  [
    'valid',
    (input) =>
      input.column.type === 'json'
        ? reason('objects are not counted in SQL')
        : { ...countsRows(input.scope.input), sql: toDouble(count(input)) },
  ],
  ['missing', missing],
  ['distinct', distinct],
  ['sum', sum],
  ['product', product],
  ['mean', mean],
  ['average', mean],
  ['variance', spread(2, 'var_samp')],
  ['variancep', spread(1, 'var_pop')],
  ['stdev', spread(2, 'stddev_samp')],
  ['stdevp', spread(1, 'stddev_pop')],
  ['stderr', standardError],
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
  return {
    column,
    inner: [{ id: list, expr: call('list_sort', numbers) }],
    sql: quantileOf(columnExpr(list), literal(p)),
  }
}

/** The `p` quantile of a sorted list by the arithmetic of d3's `quantileSorted`, which is that of Vega. */
export const quantileOf = (list: SqlExpr, p: SqlExpr): SqlExpr => {
  const n = toDouble(call('len', list))
  const at = multiply(subtract(n, literal(1)), p)
  const below = call('floor', at)
  const item = (offset: number): SqlExpr => call('list_extract', list, add(cast(below, 'bigint'), integer(offset)))
  const value = add(item(1), multiply(subtract(item(2), item(1)), subtract(at, below)))
  return when(
    [
      [isNull(list), NULL],
      [or(less(n, literal(2)), atMost(p, literal(0))), call('list_extract', list, integer(1))],
      [atLeast(p, literal(1)), call('list_extract', list, call('len', list))],
    ],
    value,
  )
}
