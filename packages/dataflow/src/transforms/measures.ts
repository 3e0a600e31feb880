import type { Column } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import {
  add,
  call,
  coalesce,
  column as columnExpr,
  divide,
  equal,
  greater,
  integer,
  isNan,
  isNull,
  literal,
  NAN,
  not,
  NULL,
  or,
  TRUE,
  when,
} from '../sql/build.ts'
import type { FieldRef } from './field.ts'
import {
  aggregate,
  count,
  inputOf,
  toDouble,
  type CompiledMeasure,
  type Input,
  type Measure,
  type MeasureScope,
  type Operation,
} from './measure-input.ts'
import { mean, product, spread, standardError, sum } from './measure-sums.ts'
import { quantileOf } from './quantile-of.ts'
import { countsRows } from './row-order.ts'
import { textOrder } from './sort.ts'

export type { CompiledMeasure, Measure, MeasureScope } from './measure-input.ts'

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
      const { integer: held } = input
      const sql = held === undefined ? input.valid(side, [value]) : toDouble(input.valid(side, [held]))
      return { sql, type, whole, absent: true, nans: false }
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

/** Interpolations of numbers up to this are exact, in whichever way they are computed. */
const EXACT = 2 ** 50
const PROBABILITIES = [...QUANTILES.values()]

/**
 * The quantile as the engine interpolates it: of integers at quarters of the way it has no rounding, so that it is Vega's. All
 * quantiles of a field are one aggregate, of which each measure reads its own.
 */
const interpolated = (p: number, { as }: Measure, { integer: own, compared, column, scope, ...input }: Input) => {
  const { least = -Infinity, most = Infinity } = scope.input.stored?.[column.id] ?? {}
  if (compared === undefined || least < -EXACT || most > EXACT) return undefined
  const [list, only] = [scope.build.fresh(), scope.build.fresh()]
  const quantiles: Column = {
    name: as,
    id: scope.build.fresh(),
    type: 'number',
    nulls: true,
    absent: true,
    nans: false,
  }
  const probabilities = call('list_value', ...PROBABILITIES.map((one) => literal(one)))
  const quantile = toDouble(call('list_extract', columnExpr(list), integer(PROBABILITIES.indexOf(p) + 1)))
  const inner = [{ id: list, expr: input.valid('quantile_cont', [compared, probabilities]) }]
  if (own !== undefined) return { column: quantiles, inner, sql: quantile }
  // A lone -0 stays one; between two values Vega adds to the lesser, and -0 + 0 is 0.
  const lone = when([[equal(input.valid('count', []), integer(1)), input.valid('min', [input.value])]], NULL)
  return { column: quantiles, inner: [...inner, { id: only, expr: lone }], sql: coalesce(columnExpr(only), quantile) }
}

const compileQuantile = (
  p: number,
  measure: Measure,
  field: FieldRef,
  scope: MeasureScope,
): CompiledMeasure | Reason => {
  if (scope.over !== undefined) return reason('quantiles of a window have no fast SQL', measure.op)
  const input = inputOf(field.column, scope)
  if (field.column.type === 'json') return reason('objects have no quantiles in SQL', field.name)
  const exact = interpolated(p, measure, input)
  if (exact !== undefined) return exact
  const list = scope.build.fresh()
  const numbers = input.valid('list', [input.number], input.strays ? not(isNan(input.number)) : TRUE)
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
