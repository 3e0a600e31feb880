import type { Draft, Pass } from '../draft.ts'
import type { DataId, SignalId, User } from '../model.ts'

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
  return { ...draft, crossing, fedSignals }
}

/** A data set whose definition is on the server alone. */
export const isServerData = (draft: Draft, id: DataId): boolean => {
  const side = draft.data[id]
  return side !== undefined && side.placed && side.full
}

/** A signal that a transform of the server alone writes. */
export const isServerOutput = (draft: Draft, id: SignalId): boolean => {
  const output = draft.model.signals[id]?.output
  const side = output === undefined ? undefined : draft.data[output.data]
  return output !== undefined && side !== undefined && side.placed && output.step < side.steps
}

/** Does a part of the spec remain in the client spec? */
export const isLive = (draft: Draft, user: User, moved: ReadonlySet<SignalId>): boolean => {
  if (user.kind === 'view') return true
  if (user.kind === 'signal') return !moved.has(user.signal)
  const side = draft.data[user.data]
  if (side === undefined || !side.placed) return true
  return user.kind === 'step' && user.step >= side.steps
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
