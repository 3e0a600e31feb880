import { fileURLToPath } from 'node:url'
import { supervise } from '../supervise.ts'
import type { Note } from './run-cases.ts'
import type { MutantOutcome } from './run-mutant.ts'

export interface Run {
  readonly specs: string
  readonly data: string
  readonly timeZone: string
  readonly seed: number
  readonly cases: number
  /** Milliseconds after which a mutant counts as hanging. */
  readonly limit: number
}

export type Report = (n: number, path: string, outcome: MutantOutcome) => void

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url))

/** Runs all mutants of a seed. */
export async function runMutants({ limit, ...run }: Run, report: Report): Promise<void> {
  let at: Extract<Note, { kind: 'at' }> | undefined
  await supervise<Note>({
    child: CHILD,
    args: (first) => [run.specs, run.data, run.timeZone, run.seed, first, run.cases],
    first: 0,
    last: run.cases,
    limit,
    take: (note) => {
      at = note.kind === 'at' ? note : undefined
      if (note.kind === 'done') report(note.n, note.path, note.outcome)
    },
    ended: (n, how) => {
      const outcome: MutantOutcome =
        at?.phase === 'vega'
          ? { kind: 'skipped', detail: `vega alone ${how}` }
          : { kind: 'different', detail: `planned ${how}` }
      report(n, at?.path ?? '', outcome)
      at = undefined
    },
  })
}
