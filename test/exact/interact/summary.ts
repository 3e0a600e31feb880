import { NOT_INTERACTIVE, type InteractiveOutcome } from './run-interactive.ts'

export interface InteractiveSummary {
  /** Specs that were driven. */
  readonly specs: number
  /** Steps after which both charts were the same. */
  readonly steps: number
  readonly equal: number
  /** Equal after every step but for the order of rows or items. */
  readonly orderOnly: number
  readonly different: number
  readonly failed: number
  /** Reason → number of interactive specs. */
  readonly skipped: Readonly<Record<string, number>>
}

export function summariseInteractive(outcomes: readonly InteractiveOutcome[]): InteractiveSummary {
  const count = (kind: InteractiveOutcome['kind']): number => outcomes.filter((outcome) => outcome.kind === kind).length
  const skipped: Record<string, number> = {}
  for (const outcome of outcomes) {
    if (outcome.kind !== 'skipped' || outcome.detail === NOT_INTERACTIVE) continue
    const reason = outcome.detail.split(':')[0] ?? outcome.detail
    skipped[reason] = (skipped[reason] ?? 0) + 1
  }
  return {
    specs: outcomes.length - count('skipped'),
    steps: outcomes.reduce((sum, outcome) => sum + ('steps' in outcome ? outcome.steps : 0), 0),
    equal: count('equal'),
    orderOnly: count('orderOnly'),
    different: count('different'),
    failed: count('failed'),
    skipped,
  }
}
