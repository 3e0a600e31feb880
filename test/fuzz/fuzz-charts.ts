import { fileURLToPath } from 'node:url'
import { supervise } from '../exact/supervise.ts'
import type { Note } from './charts/search.ts'
import type { Fuzz, FuzzCounts } from './fuzz.ts'
import { count } from './tally.ts'

const CHILD = fileURLToPath(new URL('charts/child.ts', import.meta.url))

/** Milliseconds without a word after which a chart counts as hanging. */
const LIMIT = 180_000

type Verdict = Pick<Extract<Note, { kind: 'done' }>, 'found' | 'text'>

/** What is found of a chart whose process has ended, by what it said last. */
export function verdictOf(last: Note | undefined, n: number, how: string): Verdict {
  if (last?.kind === 'wrong') return { found: 'wrong', text: last.text }
  if (last?.kind === 'at' && last.phase === 'vega') return { found: 'refused', text: `vega alone ${how}` }
  return { found: 'wrong', text: `case ${n}: planned ${how}` }
}

/** Compares random charts with Vega alone: a case is a whole spec. Rejects when no process can be started that does so. */
export const fuzzCharts = async (fuzz: Fuzz): Promise<FuzzCounts> => {
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
    child: CHILD,
    args: (from) => [seed, from, last, interact, timeZone],
    first,
    last,
    limit: LIMIT,
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
