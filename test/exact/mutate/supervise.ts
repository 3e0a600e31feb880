import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { MutantOutcome } from './run-mutant.ts'
import type { Note } from './run-cases.ts'

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

/** Runs from `first` on in one process, which ends early where a mutant hangs or takes the process down; where to go on. */
const runFrom = (first: number, run: Run, report: Report): Promise<number> =>
  new Promise((resolve) => {
    const args = [run.specs, run.data, run.timeZone, run.seed, first, run.cases].map(String)
    const child = fork(CHILD, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    let at: Extract<Note, { kind: 'at' }> | undefined
    let next = first
    let timer: NodeJS.Timeout | undefined
    const watch = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), run.limit)
    }
    watch()
    child.on('message', (note: Note) => {
      watch()
      if (note.kind === 'at') at = note
      else {
        at = undefined
        next = note.n + 1
        report(note.n, note.path, note.outcome)
      }
    })
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      if (next >= run.cases) return resolve(next)
      const how = signal === 'SIGKILL' ? 'hangs' : `ends the process (${code ?? signal})`
      const n = at?.n ?? next
      const outcome: MutantOutcome =
        at?.phase === 'vega'
          ? { kind: 'skipped', detail: `vega alone ${how}` }
          : { kind: 'different', detail: `planned ${how}` }
      report(n, at?.path ?? '', outcome)
      resolve(n + 1)
    })
  })

/** Runs all mutants of a seed. */
export async function supervise(run: Run, report: Report): Promise<void> {
  for (let next = 0; next < run.cases;) next = await runFrom(next, run, report)
}
