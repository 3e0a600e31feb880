import type { Reason } from '../../packages/dataflow/src/index.ts'

/** How often each thing was counted. */
export type Tally = Map<string, number>

export const count = (tally: Tally, { reason }: Reason): void => void tally.set(reason, (tally.get(reason) ?? 0) + 1)

/** The most frequent first, one a line. */
export const shownTally = (tally: ReadonlyMap<string, number>): string =>
  [...tally]
    .toSorted(([, a], [, b]) => b - a)
    .map(([text, times]) => `${String(times).padStart(7)}  ${text}\n`)
    .join('')
