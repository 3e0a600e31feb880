import type { Outcome } from './run-spec.ts'

export interface Summary {
  readonly specs: number
  readonly equal: number
  readonly different: number
  readonly failed: number
  /** Reason → number of specs. */
  readonly skipped: Readonly<Record<string, number>>
  readonly onServer: {
    readonly pipelines: number
    readonly full: number
    readonly steps: number
    readonly stepsTotal: number
  }
  /** Equal specs in which a number needed the stated tolerance. */
  readonly withinTolerance: number
}

const count = (outcomes: readonly Outcome[], kind: Outcome['kind']): number =>
  outcomes.filter((outcome) => outcome.kind === kind).length

export function summarise(outcomes: readonly Outcome[]): Summary {
  const skipped: Record<string, number> = {}
  const onServer = { pipelines: 0, full: 0, steps: 0, stepsTotal: 0 }
  let withinTolerance = 0
  for (const outcome of outcomes) {
    if (outcome.kind === 'skipped') {
      const reason = outcome.detail.split(':')[0] ?? outcome.detail
      skipped[reason] = (skipped[reason] ?? 0) + 1
    }
    if (outcome.kind === 'equal' && outcome.tolerated > 0) withinTolerance += 1
    if (outcome.kind === 'equal' || outcome.kind === 'different') {
      for (const key of ['pipelines', 'full', 'steps', 'stepsTotal'] as const) onServer[key] += outcome.counts[key]
    }
  }
  const [equal, different, failed] = [count(outcomes, 'equal'), count(outcomes, 'different'), count(outcomes, 'failed')]
  return { specs: outcomes.length, equal, different, failed, skipped, onServer, withinTolerance }
}
