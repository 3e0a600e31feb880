/// <reference path="../vega-statistics.d.ts" />
import { bin as binning } from 'vega-statistics'
import type { Column, Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  and,
  atLeast,
  atMost,
  call,
  cast,
  column as columnExpr,
  divide,
  extend,
  greater,
  isNan,
  isNull,
  less,
  literal,
  multiply,
  NAN,
  NULL,
  subtract,
  when,
} from '../sql/build.ts'
import { binCode, EPSILON, type Bins } from './bin-code.ts'
import { fieldRef } from './field.ts'
import { outputPair } from './output-pair.ts'
import {
  booleanParameter,
  numberParameter,
  numbersParameter,
  parameter,
  stringParameter,
  type Definition,
} from './parameter.ts'
import { withColumns } from './put-column.ts'
import { numbered } from './text-number.ts'
import type { Build, TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/bin/ The bins are computed here; the engine only sorts values into them. */
export const bin: TransformDef = {
  type: 'bin',
  sql(definition, input, build) {
    const field = fieldRef(definition['field'], input, build)
    if (isReason(field)) return field
    if (field.column.type === 'json') return reason('objects are not binned in SQL', field.name)
    const bins = binsOf(definition, build)
    if (isReason(bins)) return bins
    if (bins.stop === Infinity && Number.isFinite(bins.start) && Number.isFinite(bins.step) && bins.step !== 0)
      return reason('the bins have no end', 'extent')
    const interval = booleanParameter(definition, 'interval', build)
    if (isReason(interval)) return interval
    const name = stringParameter(definition, 'name', build)
    if (isReason(name)) return name
    const as = outputPair(definition, ['bin0', 'bin1'], build)
    if (isReason(as)) return as

    const { column, input: rows } = numbered(input, field.column, null, build)
    const facts = { type: 'number', nulls: column.nulls, nans: column.nans !== false || isBroken(bins) } as const
    const lower: Column = { ...facts, name: as[0], id: build.fresh() }
    const upper: Column = { ...facts, name: as[1], id: build.fresh() }
    const coded = withCode(rows, column, bins, [lower.id, upper.id], build)
    const floored = withColumns(coded, [{ column: lower, sql: lowerEdge(column, bins) }])
    const relation =
      interval === false
        ? floored
        : withColumns(floored, [{ column: upper, sql: upperEdge(columnExpr(lower.id), bins) }])
    const value = { fields: [field.column.name], fname: name || `bin_${field.name}`, ...bins }
    return { relation, output: { kind: 'value', value } }
  },
}

/** The relation with the number of the bin, by which groups may go, as a column for the query alone. */
const withCode = (
  input: Relation,
  column: Column,
  bins: Bins,
  [lower, upper]: readonly [string, string],
  build: Build,
): Relation => {
  const code = binCode(column, input.stored?.[column.id], bins)
  if (code === undefined) return input
  const id = build.fresh()
  const columns = { id, columns: [lower, upper], telling: 1, values: [code.lower, code.upper] }
  return {
    ...input,
    query: extend(input.query, [{ id, expr: code.number }]),
    codes: [...(input.codes ?? []), columns],
  }
}

/** The bins of Vega's `bin` and the shift to its `anchor`. */
const binsOf = (definition: Definition, build: Build): Bins | Reason => {
  const number = (name: string): number | undefined | Reason => numberParameter(definition, name, build)
  const numbers = (name: string): readonly number[] | undefined | Reason => numbersParameter(definition, name, build)
  const [maxbins, base, step, span, minstep, anchor] = [
    number('maxbins'),
    number('base'),
    number('step'),
    number('span'),
    number('minstep'),
    number('anchor'),
  ]
  const [divide, steps] = [numbers('divide'), numbers('steps')]
  const extent = parameter(definition['extent'], build)
  const nice = parameter(definition['nice'], build)
  if (isReason(maxbins)) return maxbins
  if (isReason(base)) return base
  if (isReason(step)) return step
  if (isReason(span)) return span
  if (isReason(minstep)) return minstep
  if (isReason(anchor)) return anchor
  if (isReason(divide)) return divide
  if (isReason(steps)) return steps
  if (isReason(nice)) return nice
  if (!isExtent(extent)) return isReason(extent) ? extent : reason('the extent is not a pair of numbers', 'extent')
  // Vega would not come back from these.
  if ((maxbins ?? 20) < 0 || (base !== undefined && base !== 0 && !(base > 1)))
    return reason('the bins never end', 'maxbins')
  const found = binning({
    extent,
    maxbins,
    base,
    step,
    span,
    minstep,
    divide,
    steps,
    nice: nice === undefined || Boolean(nice),
  })
  const stop = found.start + Math.ceil((found.stop - found.start) / found.step) * found.step
  if (anchor === undefined) return { start: found.start, stop, step: found.step }
  const shift = anchor - (found.start + found.step * Math.floor((anchor - found.start) / found.step))
  return { start: found.start + shift, stop: stop + shift, step: found.step }
}

const isExtent = (value: unknown): value is readonly (number | undefined)[] =>
  Array.isArray(value) && [value[0], value[1]].every((item) => item === undefined || typeof item === 'number')

/** No number falls into bins with a NaN in them. */
const isBroken = ({ start, stop, step }: Bins): boolean =>
  [start, stop, step].some((value) => !Number.isFinite(value)) || step === 0

/** Of an extent of no rows, a bound is undefined. */
const isBound = (value: number | undefined): boolean => value !== undefined && !Number.isNaN(value)

/** The start of the value's bin. The common case comes first; null and NaN fall through to the end. */
const lowerEdge = (column: Column, bins: Bins): SqlExpr => {
  const { start, stop, step } = bins
  const value = column.type === 'boolean' ? cast(columnExpr(column.id), 'double') : columnExpr(column.id)
  const nan: readonly (readonly [SqlExpr, SqlExpr])[] =
    column.type !== 'boolean' && column.nans !== false ? [[isNan(value), value]] : []
  if (isBroken(bins)) {
    // what is outside shows even where nothing inside has a place; SQL finds numbers below NaN, JavaScript none
    const below = isBound(start) ? [[less(value, literal(start)), literal(-Infinity)] as const] : []
    const above = isBound(stop) ? [[greater(value, literal(stop)), literal(Infinity)] as const] : []
    return when([[isNull(value), NULL], ...nan, ...below, ...above], NAN)
  }
  const last = stop - step
  const below = call('least', value, literal(last))
  const clamped = last < start ? call('greatest', literal(start), below) : below
  const offset = add(literal(EPSILON), divide(subtract(clamped, literal(start)), literal(step)))
  const edge = add(literal(start), multiply(literal(step), call('floor', offset)))
  return when(
    [
      [and(atLeast(value, literal(start)), atMost(value, literal(stop))), edge],
      [less(value, literal(start)), literal(-Infinity)],
      ...nan,
      [greater(value, literal(stop)), literal(Infinity)],
    ],
    NULL,
  )
}

/** Vega's formula for the end of a bin, word for word; infinities pass through. */
const upperEdge = (lower: SqlExpr, bins: Bins): SqlExpr => {
  const { start, step } = bins
  if (!Number.isFinite(start) || !Number.isFinite(step) || step === 0) return when([[isNull(lower), NULL]], NAN)
  return add(
    literal(start),
    multiply(literal(step), add(literal(1), divide(subtract(lower, literal(start)), literal(step)))),
  )
}
