import type { Draft, Pass } from '../draft.ts'
import { isLive, isServerData, isServerOutput } from '../live.ts'
import type { DataId, SignalId } from '../model.ts'
import { retoldBins } from '../retold-bins.ts'

/**
 * Finds what the browser reads of what the server computes. A derived signal that is the only reader of a data set is
 * computed on the server, so that its value travels and not the data set.
 */
export const findCrossing: Pass = (draft) => {
  const { model } = draft
  const movable = new Set(model.signals.filter((signal) => isMovable(draft, signal.id)).map((signal) => signal.id))
  const crossing = new Set<DataId>()
  for (const use of model.dataUses) {
    if (isServerData(draft, use.data) && isLive(draft, use.user, movable)) crossing.add(use.data)
  }
  const fedSignals = new Set<SignalId>()
  for (const id of movable) {
    const reads = [...(model.signals[id]?.reads.data.values() ?? [])]
    if (reads.some((data) => data !== undefined && isServerData(draft, data) && !crossing.has(data))) fedSignals.add(id)
  }
  for (const use of model.signalUses) {
    if (isServerOutput(draft, use.signal) && isLive(draft, use.user, fedSignals)) fedSignals.add(use.signal)
  }
  const { retold, needed } = retoldBins(draft, fedSignals)
  retold.forEach((id) => fedSignals.delete(id))
  needed.forEach((id) => fedSignals.add(id))
  return { ...draft, crossing, fedSignals, retold }
}

const isMovable = (draft: Draft, id: SignalId): boolean => {
  const signal = draft.model.signals[id]
  return (
    signal !== undefined &&
    signal.kind === 'defined' &&
    draft.signals[id]?.kind === 'expression' &&
    [...signal.reads.data.values()].some((data) => data !== undefined && isServerData(draft, data))
  )
}
