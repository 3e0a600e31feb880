import type { Draft } from './draft.ts'
import type { DataId, SignalId, User } from './model.ts'

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
