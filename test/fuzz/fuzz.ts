import type { Tally } from './tally.ts'

/** What a search is given. */
export interface Fuzz {
  readonly seed: number
  readonly cases: number
  /** The viewer's time zone, which is that of the process. */
  readonly timeZone: string
  /** Counts why cases, or transforms of a chain, are left to Vega. */
  readonly why?: Tally
  /** Takes a minimal case that is not as in Vega. */
  report(mismatch: string): void
}

/** What a search has found. */
export interface FuzzCounts {
  readonly cases: number
  /** Cases in which SQL and Vega were compared. */
  readonly compared: number
  /** Cases that SQL leaves to Vega. */
  readonly left: number
  readonly mismatches: number
}
