import type { TaskId } from '@magpie-vega/protocol'
import type { Context } from './context.ts'
import { type Fields, fieldsRead, union } from './fields-read.ts'
import { type Chain, chainOf, transformAt } from './graph.ts'
import { storeRows } from './needs.ts'
import { written } from './static-part.ts'

const isExtent = (context: Context, step: TaskId): boolean =>
  transformAt(context.graph, step).definition.type === 'extent'

/**
 * The chain up to a transform whose signal is asked for. Before an `extent`, steps that only add columns which nobody reads on the
 * way are left out, so that it need not wait for what they depend on.
 */
export const signalChain = (context: Context, transform: TaskId): Chain => {
  const chain = chainOf(context.graph, transform)
  if (!isExtent(context, transform)) return chain
  let read: Fields = new Set<string>()
  const kept: TaskId[] = []
  for (const step of chain.steps.toReversed()) {
    const task = transformAt(context.graph, step)
    const names = step === transform ? undefined : written(task)
    const fields = read
    if (names !== undefined && fields !== 'all' && names.every((name) => !fields.has(name))) continue
    kept.unshift(step)
    read = union(
      step === transform ? new Set<string>() : read,
      fieldsRead(task, fields, storeRows(task, context.roots)),
    )
  }
  return { base: chain.base, steps: kept }
}

/** An `extent` whose signal the request reads, by the task of the signal. */
export interface WantedExtent {
  readonly output: TaskId
  readonly transform: TaskId
}

/** The extents that the request reads of the same rows as this one, itself among them: one look at the rows tells them all. */
export const extentsBeside = (context: Context, { base, steps }: Chain): readonly WantedExtent[] => {
  const last = steps.at(-1)
  if (last === undefined || base === undefined || !isExtent(context, last)) return []
  const before = steps.slice(0, -1)
  return context.graph.tasks.flatMap((task, index): readonly WantedExtent[] => {
    if (task.kind !== 'output' || !context.needs.has(task.transform) || !isExtent(context, task.transform)) return []
    // One that depends on a signal might wait for another of them.
    if (Object.keys(transformAt(context.graph, task.transform).signals).length > 0) return []
    const other = signalChain(context, task.transform)
    const same =
      other.base === base && other.steps.length === steps.length && before.every((step, at) => other.steps[at] === step)
    return same ? [{ output: index as TaskId, transform: task.transform }] : []
  })
}
