import type { Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import { fieldRefs, groupRefs, type FieldRef } from './field.ts'
import { groupKey } from './group-key.ts'
import { measureName, written } from './measure-list.ts'
import { booleanParameter, listParameter, namesParameter, type Definition } from './parameter.ts'
import { withColumns } from './put-column.ts'
import { sortKeys } from './sort.ts'
import type { Build, TransformDef } from './transform.ts'
import { windowsOf } from './window-frame.ts'
import { isWindowOp, windowOp, type WindowCall } from './window-ops.ts'
import { windowMeasure } from './window-measure.ts'

/** https://vega.github.io/vega/docs/transforms/window/ Values that a row has by its place among others; rows stay where they are. */
export const window: TransformDef = {
  type: 'window',
  sql(definition, input, build) {
    const groupby = groupRefs(definition['groupby'], input, build)
    if (isReason(groupby)) return groupby
    const groups = groupKey(groupby, input, build)
    if (isReason(groups)) return groups
    const keys = sortKeys(definition['sort'], input, build)
    if (isReason(keys)) return keys
    const calls = windowCalls(definition, input, build)
    if (isReason(calls)) return calls
    const frame = frameOf(definition, build)
    if (isReason(frame)) return frame
    const ignorePeers = booleanParameter(definition, 'ignorePeers', build)
    if (isReason(ignorePeers)) return ignorePeers
    // Vega writes into rows that it still has to read.
    const read = new Set([...groupby, ...calls.map(({ field }) => field), ...keys].map((item) => item?.column.name))
    const clash = calls.find(({ as }) => read.has(as))
    if (clash !== undefined) return reason('the field is overwritten while it is read', clash.as)

    const windows = windowsOf(
      input,
      { partitionBy: groups.keys, keys, frame, ignorePeers: ignorePeers === true },
      build,
    )
    let relation = windows.input
    for (const measure of written(calls.filter(({ op }) => !isWindowOp(op)))) {
      const compiled = windowMeasure(measure, windows, build)
      if (isReason(compiled)) return compiled
      const { column, inner } = compiled
      relation = withColumns(
        relation,
        inner.map(({ expr }) => ({ column, sql: expr })),
      )
    }
    for (const call of calls.filter(({ op }) => isWindowOp(op))) {
      const computed = windowOp(call, windows, build)
      if (isReason(computed)) return computed
      relation = withColumns(relation, [computed])
    }
    return { relation }
  },
}

const windowCalls = (definition: Definition, input: Relation, build: Build): readonly WindowCall[] | Reason => {
  const ops = listParameter(definition, 'ops', build)
  if (isReason(ops)) return ops
  const fields = fieldRefs(definition['fields'], input, build)
  if (isReason(fields)) return fields
  const params = listParameter(definition, 'params', build)
  if (isReason(params)) return params
  const as = namesParameter(definition, 'as', build)
  if (isReason(as)) return as
  const names = ops ?? []
  if (!names.every((op) => typeof op === 'string')) return reason('an operation is not a string', 'ops')
  return names.map((op, index): WindowCall => {
    const field: FieldRef | null = fields?.[index] ?? null
    return { op, field, param: params?.[index], as: measureName(op, field, as?.[index]) }
  })
}

/** A frame that has the current row in it. */
const frameOf = (definition: Definition, build: Build): readonly [number | null, number | null] | Reason => {
  const frame = listParameter(definition, 'frame', build)
  if (isReason(frame)) return frame
  const [before, after] = (frame ?? [null, 0]).map((bound) => bound ?? null)
  const isBound = (bound: unknown, sign: 1 | -1): bound is number | null =>
    bound === null || (typeof bound === 'number' && Number.isInteger(bound) && bound * sign >= 0)
  return before !== undefined && after !== undefined && isBound(before, -1) && isBound(after, 1)
    ? [before, after]
    : reason('the frame does not have the current row in it', 'frame')
}
