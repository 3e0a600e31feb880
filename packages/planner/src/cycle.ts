import type { DataId, FrameId, Model, Resolved, SignalId } from './model.ts'

type Node =
  readonly [kind: 'data', id: DataId, steps: number] | readonly ['signal', SignalId] | readonly ['frame', FrameId]

/** Is there a definition that follows itself? Vega refuses such a spec; a plan might take the ring apart, and draw. */
export const hasCycle = (model: Model): boolean => {
  const state = new Map<string, 'open' | 'done'>()

  const inCycle = (node: Node): boolean => {
    const key = node.join()
    const known = state.get(key)
    if (known !== undefined) return known === 'open'
    state.set(key, 'open')
    const found = followed(model, node).some(inCycle)
    state.set(key, 'done')
    return found
  }
  return model.signals.some(({ id }) => inCycle(['signal', id]))
}

const known = <K>(ids: Iterable<K | undefined>): readonly K[] => [...ids].filter((id) => id !== undefined)

/** What a definition follows. */
const followed = (model: Model, node: Node): readonly Node[] => {
  const rows = (id: DataId): Node => ['data', id, model.data[id]?.steps.length ?? 0]
  const read = (reads: Resolved | undefined, before = Infinity): readonly Node[] =>
    reads === undefined
      ? []
      : [
          // Vega does not connect a transform with data that is defined after it
          ...known(reads.data.values())
            .filter((id) => id < before)
            .map(rows),
          ...known(reads.signals.values()).map((id): Node => ['signal', id]),
          ...known(reads.frames.values()).map((id): Node => ['frame', id]),
        ]
  if (node[0] === 'frame') return read(model.frames[node[1]]?.reads)
  if (node[0] === 'data') {
    const [, id, steps] = node
    const set = model.data[id]
    if (set === undefined) return []
    if (steps > 0) return [['data', id, steps - 1], ...read(set.steps[steps - 1]?.reads, id)]
    return [...known(set.sources).map(rows), ...read(set.urlReads)]
  }
  const signal = model.signals[node[1]]
  if (signal?.output !== undefined) return [['data', signal.output.data, signal.output.step + 1]]
  const once = signal?.definition.init !== undefined || signal?.definition.react === false
  return once ? [] : read(signal?.reads).filter(([kind, id]) => kind !== 'signal' || id !== signal?.id)
}
