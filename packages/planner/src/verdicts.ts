import { originKind } from './declare.ts'
import type { DataSide, Draft, SignalSide } from './draft.ts'
import { pointer } from './json.ts'
import type { DataSet, Signal, SignalId } from './model.ts'
import { isServerOutput } from './live.ts'
import { onlyServerReads } from './only-server-reads.ts'
import type { Plan, ToServer, Verdict } from './plan.ts'

/** One verdict per data set, transform and signal of the original spec, in its order. */
export const verdictsOf = (
  draft: Draft,
  toServer: readonly ToServer[],
  computed: ReadonlySet<SignalId>,
): readonly Verdict[] => {
  const used: Used = { computed, sent: new Set(toServer.map((root) => root.name)) }
  return [
    ...draft.original.data.filter((set) => set.kind === 'defined').flatMap((set) => dataVerdicts(draft, set)),
    ...draft.model.signals
      .filter((signal) => signal.name !== 'parent')
      .flatMap((signal) => signalVerdict(draft, signal, used)),
  ]
}

interface Used {
  readonly computed: ReadonlySet<SignalId>
  /** Names of the roots. */
  readonly sent: ReadonlySet<string>
}

/** The data set that does the work of one of the original spec. */
const standIn = (draft: Draft, set: DataSet): DataSet | undefined => {
  const at = pointer(set.path)
  const lift = draft.facets.find(({ original }) => original === at)
  return draft.model.data.find((other) =>
    lift === undefined
      ? other.kind === 'defined' && other.name === set.name && pointer(other.path) === at
      : other.name === lift.lifted,
  )
}

/** Where a data set of the original spec runs. */
const sideOf = (draft: Draft, set: DataSet): DataSide | undefined => {
  const worker = standIn(draft, set)
  const side = worker === undefined ? undefined : draft.data[worker.id]
  if (side === undefined || worker === undefined) return undefined
  const lifted = draft.facets.some(({ lifted: name }) => name === worker.name)
  return lifted ? { ...side, steps: set.steps.length, reason: 'the server computes it for all groups at once' } : side
}

const dataVerdicts = (draft: Draft, set: DataSet): readonly Verdict[] => {
  const side = sideOf(draft, set)
  if (side === undefined) return []
  const whole = side.placed && side.full
  const own: Verdict = {
    kind: 'data',
    name: set.name,
    pointer: pointer(set.path),
    side: side.placed ? (side.full ? 'server' : 'both') : 'browser',
    reason: whole
      ? `${side.reason}; ${travels(draft, standIn(draft, set) ?? set)}`
      : side.placed
        ? `the server runs its first ${side.steps} transforms; then ${side.reason}`
        : side.store
          ? `${side.reason}; server expressions may read it`
          : onlyServerReads(draft, standIn(draft, set) ?? set)
            ? `${side.reason}; the server sends the rows that it begins with`
            : side.reason,
  }
  const steps = set.steps.map((step, i): Verdict => ({
    kind: 'transform',
    name: `${set.name}[${i}] ${step.type}`,
    pointer: pointer(step.path),
    side: i < side.steps ? 'server' : 'browser',
    reason:
      i < side.steps ? 'the server runs it' : i === side.steps ? side.reason : 'it follows a transform in the browser',
  }))
  return [own, ...steps]
}

const travels = (draft: Draft, set: DataSet): string => {
  const domains = draft.lifted.filter((lift) => lift.data === set.id).map((lift) => lift.scale)
  if (domains.length > 0) return `only the domains of ${[...new Set(domains)].join(', ')} travel`
  if (!draft.crossing.has(set.id)) return 'nothing in the browser reads it'
  const refusal = draft.unlifted.get(set.id)
  return refusal === undefined ? 'the browser reads it' : `the browser reads it (${refusal})`
}

const signalVerdict = (draft: Draft, signal: Signal, used: Used): readonly Verdict[] => {
  const side = draft.signals[signal.id]
  if (side === undefined) return []
  const [where, reason] = draft.fedSignals.has(signal.id)
    ? (['server', 'the browser reads what the server computes'] as const)
    : signalPlace(draft, signal, side, used)
  return [{ kind: 'signal', name: signal.name, pointer: pointer(signal.path), side: where, reason }]
}

const signalPlace = (
  draft: Draft,
  signal: Signal,
  side: SignalSide,
  used: Used,
): readonly [Verdict['side'], string] => {
  const computed = used.computed.has(signal.id)
  if (side.kind === 'browser') return ['browser', side.reason]
  if (side.kind === 'root')
    return ['browser', used.sent.has(signal.name) ? `${side.reason}; the server is told` : side.reason]
  if (side.kind === 'expression') {
    return computed ? ['both', 'a server pipeline reads it too'] : ['browser', 'nothing on the server reads it']
  }
  if (draft.retold.has(signal.id))
    return ['both', 'the browser makes the bins from their parameters, which change there']
  if (isServerOutput(draft, signal.id))
    return ['server', 'a transform on the server writes it; nothing in the browser reads it']
  return computed ? ['both', 'a server pipeline reads it too'] : ['browser', 'a transform in the browser writes it']
}

/** Pipelines and steps: a pipeline is a data set with a source or transforms, in any scope. */
export const countsOf = (draft: Draft): Plan['counts'] => {
  const pipelines = draft.original.data.filter(
    (set) =>
      set.kind === 'defined' &&
      !isStore(draft, set) &&
      (set.steps.length > 0 || originKind(set.definition) === 'source'),
  )
  const side = (set: DataSet): DataSide | undefined => sideOf(draft, set)
  const sum = (count: (set: DataSet) => number): number => pipelines.reduce((n, set) => n + count(set), 0)
  return {
    pipelines: pipelines.length,
    full: pipelines.filter((set) => side(set)?.placed === true && side(set)?.full === true).length,
    steps: sum((set) => side(set)?.steps ?? 0),
    stepsTotal: sum((set) => set.steps.length),
  }
}

const isStore = (draft: Draft, set: DataSet): boolean => sideOf(draft, set)?.store === true
