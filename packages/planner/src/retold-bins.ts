import type { Draft } from './draft.ts'
import { isServerOutput } from './live.ts'
import type { DataId, DataSet, Signal, SignalId, Step } from './model.ts'

/**
 * The signal of a `bin` transform (start, stop and step) follows from the transform's parameters alone, whatever the rows. Where
 * the page changes one of them, the page makes the signal itself: scales and axes then never see the parameter of now with the
 * bins of before, a state that Vega alone has not.
 *
 * @param fed signals that the browser reads and a server transform writes
 * @returns those among them that the browser makes, and what it needs for that of the server's signals
 */
export const retoldBins = (
  draft: Draft,
  fed: ReadonlySet<SignalId>,
): { readonly retold: ReadonlySet<SignalId>; readonly needed: ReadonlySet<SignalId> } => {
  const moves = movement(draft)
  const retold = new Set<SignalId>()
  const needed = new Set<SignalId>()
  for (const id of fed) {
    const step = binOf(draft, id)
    const reads = step === undefined ? undefined : parameters(step)
    if (reads === undefined) continue
    const ofServer = reads.filter((read) => isServerOutput(draft, read) || readsData(draft, read))
    const ofPage = reads.filter((read) => !ofServer.includes(read))
    if (!ofPage.some(moves) || ofServer.some(moves)) continue
    retold.add(id)
    ofServer.filter((read) => isServerOutput(draft, read)).forEach((read) => needed.add(read))
  }
  return { retold, needed }
}

/** The `bin` transform that writes a signal of a group that is there once. */
const binOf = ({ model }: Draft, id: SignalId): Step | undefined => {
  const signal = model.signals[id]
  if (signal?.output === undefined || model.scopes[signal.scope]?.kind === 'dynamic') return undefined
  const step = model.data[signal.output.data]?.steps[signal.output.step]
  return step?.type === 'bin' ? step : undefined
}

/** The signals that parameters read; undefined: they read more than signals. */
const parameters = ({ reads }: Step): readonly SignalId[] | undefined => {
  const signals = [...reads.signals.values()]
  if (reads.problem !== undefined || reads.data.size > 0 || reads.frames.size > 0) return undefined
  return signals.every((id) => id !== undefined) ? signals : undefined
}

const readsData = ({ model, data }: Draft, id: SignalId): boolean =>
  [...(model.signals[id]?.reads.data.values() ?? [])].some((read) => read !== undefined && data[read]?.store !== true)

/** Can a signal change while the chart is there? */
const movement = ({ model, signals, data }: Draft): ((id: SignalId) => boolean) => {
  const known = new Map<string, boolean>()
  const once = (key: string, find: () => boolean): boolean => {
    const found = known.get(key)
    if (found !== undefined) return found
    // one that depends on itself moves by itself
    known.set(key, true)
    const moves = find()
    known.set(key, moves)
    return moves
  }
  const signalMoves = (id: SignalId): boolean =>
    once(`signal ${id}`, () => {
      const side = signals[id]
      if (side?.kind === 'output') return rowsMove(side.data, side.step + 1)
      return side?.kind !== 'expression' || readsMove(model.signals[id]?.reads)
    })
  const readsMove = (reads: Signal['reads'] | undefined): boolean =>
    reads === undefined ||
    reads.frames.size > 0 ||
    [...reads.signals.values()].some((id) => id === undefined || signalMoves(id)) ||
    [...reads.data.values()].some((id) => id === undefined || rowsMove(id))
  const rowsMove = (id: DataId, steps?: number): boolean =>
    once(`rows ${id} ${steps ?? ''}`, () => {
      const set = model.data[id]
      if (set === undefined || data[id]?.store === true || data[id]?.placed !== true) return true
      return originMoves(set) || set.steps.slice(0, steps).some((step) => readsMove(step.reads))
    })
  const originMoves = (set: DataSet): boolean =>
    readsMove(set.urlReads) || set.sources.some((source) => source === undefined || rowsMove(source))
  return signalMoves
}
