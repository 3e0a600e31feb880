import type { Figure } from './figure.ts'

/** What a bench is told. */
export interface Run {
  readonly rows: number
  readonly rounds: number
  /** Peers that may take part; undefined: all. */
  readonly peers: ReadonlySet<string> | undefined
  /** Folder of specs, for the benches that run a corpus. */
  readonly specs: string
  /** Stop after so many specs. */
  readonly limit: number
  /** The real flights of vega-datasets instead of generated ones. */
  readonly real: boolean
  /** A line for the reader, such as where a peer differs from Vega; also kept for the report. */
  readonly say: (line: string) => void
}

/** One bench: a question about speed or size, asked to us and to peers on the same data. */
export interface Bench {
  readonly name: string
  readonly about: string
  readonly run: (run: Run) => Promise<readonly Figure[]>
}

export const takesPart = ({ peers }: Run, peer: string): boolean => peers === undefined || peers.has(peer)
