import { fileURLToPath } from 'node:url'
import { supervise } from '../exact/supervise.ts'
import type { Note } from './charts/search.ts'
import type { Fuzz, FuzzCounts } from './fuzz.ts'
import { count } from './tally.ts'

type Verdict = Pick<Extract<Note, { kind: 'done' }>, 'found' | 'text'>

/** What is found of a chart whose process has ended, by what it said last. */
export function verdictOf(last: Note | undefined, n: number, how: string): Verdict {
  if (last?.kind === 'wrong') return { found: 'wrong', text: last.text }
  if (last?.kind === 'at' && last.phase === 'vega') return { found: 'refused', text: `vega alone ${how}` }
  return { found: 'wrong', text: `case ${n}: planned ${how}` }
}

/** Where the cases of a search are run. */
export interface Process {
  /** Its module, as a path below this folder. It is given the seed, the cases, whether to interact, and the time zone. */
  readonly module: string
  /** Milliseconds without a word after which a case counts as hanging. */
  readonly limit: number
}

/** Runs a search in processes that cases may hang in or take down. Rejects when none can be started that does so. */
export const searchInProcesses = async ({ module, limit }: Process, fuzz: Fuzz): Promise<FuzzCounts> => {
  const { seed, cases, first = 0, interact = false, timeZone, why, report } = fuzz
  const counts = { equal: 0, refused: 0, wrong: 0 }
  const done = ({ found, text }: Verdict): void => {
    counts[found] += 1
    if (found === 'wrong') report(text)
    else if (found === 'refused' && why !== undefined) count(why, { reason: text.replace(/"[^"]*"/g, '…') })
  }
  const last = first + cases
  let before: Note | undefined
  await supervise<Note>({
    child: fileURLToPath(new URL(module, import.meta.url)),
    args: (from) => [seed, from, last, interact, timeZone],
    first,
    last,
    limit,
    take: (note) => {
      before = note
      if (note.kind === 'done') done(note)
    },
    ended: (n, how) => {
      done(verdictOf(before, n, how))
      before = undefined
    },
  })
  return { cases, compared: counts.equal, left: counts.refused, mismatches: counts.wrong }
}
