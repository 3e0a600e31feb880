import type { Draft } from './draft.ts'
import { isObject, list, someObject } from './json.ts'
import type { DataId, DataSet, StepPlace, Model, Resolved, SignalId } from './model.ts'
import { isTreeStep } from './trees.ts'

/** Every `identifier` of a spec, in the order of their definitions. */
export const identifiersOf = ({ data }: Pick<Model, 'data'>): readonly StepPlace[] =>
  data.flatMap((set) => set.steps.flatMap(({ type }, step) => (type === 'identifier' ? [{ data: set.id, step }] : [])))

/**
 * Do the `identifier` transforms number their rows one after the other, in the order of their definitions? They share one counter,
 * and Vega runs a data flow in the order of its definitions, but for what it moves behind something that it depends on: a signal
 * that reads data, a scale, or what is defined after it, one that a transform writes, and everything that depends on such a signal.
 * What a transform before it writes moves a step behind all that is not moved, and no further.
 */
export const countInOrder = (model: Model): boolean => {
  const seen = new Set<string>()
  const once = (kind: string, id: number, look: () => boolean): boolean => {
    const key = `${kind}${id}`
    if (seen.has(key)) return true
    seen.add(key)
    return look()
  }

  const inPlace = (set: DataSet, steps: number): boolean => {
    const { url, format, on } = set.definition
    const loadedLater = isObject(url) || someObject(format, ({ signal }) => signal !== undefined)
    if (loadedLater || set.written || list(on).length > 0 || model.scopes[set.scope]?.kind !== 'top') return false
    if (set.steps.some(({ type }) => isTreeStep(type))) return false
    return set.sources.every(wholeInPlace) && set.steps.slice(0, steps).every(({ reads }) => readInPlace(reads))
  }
  const wholeInPlace = (id: DataId | undefined): boolean => {
    const set = id === undefined ? undefined : model.data[id]
    return set !== undefined && once('data', set.id, () => inPlace(set, set.steps.length))
  }
  const readInPlace = ({ problem, frames, data, signals, expressions }: Resolved): boolean =>
    problem === undefined &&
    frames.size === 0 &&
    expressions.every(({ dynamicData, dynamicScales }) => !dynamicData && !dynamicScales) &&
    [...data.values()].every(wholeInPlace) &&
    [...signals.values()].every(signalInPlace)
  const signalInPlace = (id: SignalId | undefined): boolean => {
    const signal = id === undefined ? undefined : model.signals[id]
    if (signal === undefined) return false
    if (signal.output !== undefined) return wholeInPlace(signal.output.data)
    const { reads, definition } = signal
    const follows = someObject(definition.on, (event) => event.signal !== undefined || event.scale !== undefined)
    if (
      follows ||
      reads.data.size > 0 ||
      [...reads.signals.values()].some((other) => (other ?? signal.id) >= signal.id)
    )
      return false
    return once('signal', signal.id, () => readInPlace(reads))
  }

  const inTheirPlaces = model.identifiers.every(({ data, step }) => {
    const set = model.data[data]
    return set !== undefined && typeof set.steps[step]?.definition.as === 'string' && inPlace(set, step)
  })
  if (!inTheirPlaces) return false
  const moves = model.identifiers.map((place) => moveOf(model, place))
  const behind = moves.indexOf('behind')
  return !moves.includes('elsewhere') && (behind < 0 || !moves.slice(behind).includes('stays'))
}

/**
 * Where Vega puts a step because of the signals that it, or a step that it follows, reads: it runs where it is defined, or behind all
 * that do, after those that were moved like it and are defined before it. `elsewhere`: one is written by a step that comes later.
 */
type Move = 'stays' | 'behind' | 'elsewhere'

const moveOf = (model: Model, place: StepPlace): Move => {
  const known = new Map<DataId, Move>()
  const whole = (id: DataId | undefined): Move => {
    const set = id === undefined ? undefined : model.data[id]
    if (set === undefined) return 'elsewhere'
    const seen = known.get(set.id)
    if (seen !== undefined) return seen
    known.set(set.id, 'elsewhere')
    const found = of(set, set.steps.length)
    known.set(set.id, found)
    return found
  }
  const of = (set: DataSet, steps: number): Move =>
    furthest([
      ...set.sources.map(whole),
      ...set.steps
        .slice(0, steps)
        .flatMap(({ reads }, step) => [
          ...[...reads.data.values()].map(whole),
          ...[...reads.signals.values()].map((id) => written(id, { data: set.id, step })),
        ]),
    ])
  const written = (id: SignalId | undefined, reader: StepPlace): Move => {
    const signal = id === undefined ? undefined : model.signals[id]
    if (signal === undefined) return 'elsewhere'
    const { output, reads } = signal
    if (output === undefined) return furthest([...reads.signals.values()].map((other) => written(other, reader)))
    const before = output.data < reader.data || (output.data === reader.data && output.step < reader.step)
    return before ? 'behind' : 'elsewhere'
  }
  const set = model.data[place.data]
  return set === undefined ? 'elsewhere' : of(set, place.step)
}

const furthest = (moves: readonly Move[]): Move =>
  moves.includes('elsewhere') ? 'elsewhere' : moves.includes('behind') ? 'behind' : 'stays'

/**
 * Do the rows get Vega's numbers where the two sides share the work? What the browser numbers must come before all that the server
 * does, and the server must know how many rows there were before.
 */
export const countsAsVega = ({ model, data }: Pick<Draft, 'model' | 'data'>): boolean => {
  const onServer = model.identifiers.map(({ data: id, step }) => data[id]?.placed === true && data[id].steps > step)
  const first = onServer.indexOf(true)
  return (
    (first < 0 || onServer.slice(first).every(Boolean)) &&
    model.identifiers.every(({ data: id, step }) => (data[id]?.reach ?? 0) > step)
  )
}
