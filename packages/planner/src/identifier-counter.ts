import type { Task, TaskId } from '@magpie-vega/protocol'
import type { DataId, StepPlace, Model } from './model.ts'

/** The signal by which a task of the `identifier` transform learns what Vega's counter stands at before it. */
export const COUNTER = 'counter'

/** What the counter stands at before a step: so many rows had no identifier before the steps before it. Undefined: at 0. */
export const counterBefore = (
  { data, identifiers }: Pick<Model, 'data' | 'identifiers'>,
  at: StepPlace,
  rows: (data: DataId, steps: number) => TaskId,
  add: (task: Task) => TaskId,
): TaskId | undefined => {
  const before = identifiers.slice(
    0,
    identifiers.findIndex(({ data, step }) => data === at.data && step === at.step),
  )
  if (before.length === 0) return undefined
  const none = { signals: {}, data: {} }
  const counts = before.map(({ data: id, step }): readonly [string, TaskId] => {
    const as = JSON.stringify(data[id]?.steps[step]?.definition.as)
    const unnumbered = { type: 'filter', expr: `!datum[${as}]` }
    const input = add({ kind: 'transform', definition: unnumbered, input: rows(id, step), ...none })
    return [`numbered_${id}_${step}`, add({ kind: 'transform', definition: { type: 'aggregate' }, input, ...none })]
  })
  const counted = counts.map(([name]) => `(length(data('${name}')) > 0 ? data('${name}')[0].count : 0)`)
  return add({ kind: 'expression', expression: counted.join(' + '), signals: {}, data: Object.fromEntries(counts) })
}
