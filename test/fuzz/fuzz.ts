import type { Tally } from './tally.ts'

/** What a search is given. */
export interface Fuzz {
  readonly seed: number
  readonly cases: number
  /** The first case of the seed that is run; default: 0. Charts and sources only. */
  readonly first?: number
  /** Is each chart driven as well? Default: no. Charts only. */
  readonly interact?: boolean
  /** The viewer's time zone, which is that of the process. */
  readonly timeZone: string
  /** Counts why cases, or transforms of a chain, are left to Vega, and why charts are refused. */
  readonly why?: Tally
  /** Takes a minimal case that is not as in Vega. */
  report(mismatch: string): void
}

/** What a search has found. */
export interface FuzzCounts {
  readonly cases: number
  /** Cases in which SQL, or the planned chart, and Vega were compared. */
  readonly compared: number
  /** Cases that SQL leaves to Vega; charts and files that Vega itself refuses. */
  readonly left: number
  readonly mismatches: number
}
