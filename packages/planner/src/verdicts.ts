import { originKind } from './declare.ts'
import type { DataSide, Draft, SignalSide } from './draft.ts'
import { pointer } from './json.ts'
import type { DataSet, Signal } from './model.ts'
import type { Plan, Verdict } from './plan.ts'

/** One verdict per data set, transform and signal of the original spec, in its order. */
export const verdictsOf = (draft: Draft): readonly Verdict[] => [
  ...draft.model.data.filter((set) => set.kind === 'defined').flatMap((set) => dataVerdicts(draft, set)),
  ...draft.model.signals.filter((signal) => signal.name !== 'parent').flatMap((signal) => signalVerdict(draft, signal)),
]

const dataVerdicts = (draft: Draft, set: DataSet): readonly Verdict[] => {
  const side = draft.data[set.id]
  if (side === undefined) return []
  const whole = side.placed && side.full
  const own: Verdict = {
    kind: 'data',
    name: set.name,
    pointer: pointer(set.path),
    side: side.placed ? (side.full ? 'server' : 'both') : 'browser',
    reason: whole
      ? `${side.reason}; ${travels(draft, set)}`
      : side.placed
        ? `the server runs its first ${side.steps} transforms; then ${side.reason}`
        : side.store
          ? `${side.reason}; server expressions may read it`
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

const SIGNALS: {
  readonly [K in SignalSide['kind']]: (side: Extract<SignalSide, { kind: K }>) => readonly [Verdict['side'], string]
} = {
  root: ({ reason }) => ['browser', reason],
  expression: () => ['both', 'the server can compute it from what it has'],
  output: () => ['server', 'a transform on the server writes it'],
  browser: ({ reason }) => ['browser', reason],
}

const signalVerdict = (draft: Draft, signal: Signal): readonly Verdict[] => {
  const side = draft.signals[signal.id]
  if (side === undefined) return []
  const [where, why] = (SIGNALS[side.kind] as (side: SignalSide) => readonly [Verdict['side'], string])(side)
  const fed = draft.fedSignals.has(signal.id)
  const stays = side.kind === 'output' && draft.data[side.data]?.placed !== true
  return [
    {
      kind: 'signal',
      name: signal.name,
      pointer: pointer(signal.path),
      side: fed ? 'server' : stays ? 'browser' : where,
      reason: fed ? `${why}; its value travels` : stays ? 'a transform in the browser writes it' : why,
    },
  ]
}

/** Pipelines and steps: a pipeline is a data set with a source or transforms, in any scope. */
export const countsOf = (draft: Draft): Plan['counts'] => {
  const pipelines = draft.model.data.filter(
    (set) => set.kind === 'defined' && (set.steps.length > 0 || originKind(set.definition) === 'source'),
  )
  const side = (set: DataSet): DataSide | undefined => draft.data[set.id]
  const sum = (count: (set: DataSet) => number): number => pipelines.reduce((n, set) => n + count(set), 0)
  return {
    pipelines: pipelines.length,
    full: pipelines.filter((set) => side(set)?.placed === true && side(set)?.full === true).length,
    steps: sum((set) => side(set)?.steps ?? 0),
    stepsTotal: sum((set) => set.steps.length),
  }
}
