import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Note } from './charts/search.ts'
import type { Fuzz, FuzzCounts } from './fuzz.ts'
import { count } from './tally.ts'

const CHILD = fileURLToPath(new URL('charts/child.ts', import.meta.url))

/** Milliseconds without a word after which a chart counts as hanging. */
const LIMIT = 180_000

/** Compares random charts with Vega alone: a case is a whole spec. */
export const fuzzCharts = async (fuzz: Fuzz): Promise<FuzzCounts> => {
  const { cases, first = 0, why, report } = fuzz
  const found = { equal: 0, refused: 0, wrong: 0 }
  const take = (note: Extract<Note, { kind: 'done' }>): void => {
    found[note.found] += 1
    if (note.found === 'wrong') report(note.text)
    else if (note.found === 'refused' && why !== undefined) count(why, { reason: note.text.replace(/"[^"]*"/g, '…') })
  }
  for (let next = first; next < first + cases;) next = await runFrom(next, first + cases, fuzz, take)
  return { cases, compared: found.equal, left: found.refused, mismatches: found.wrong }
}

/** Runs charts in one process, which ends early where one hangs or takes it down; where to go on. */
const runFrom = (
  first: number,
  last: number,
  { seed, interact, timeZone }: Fuzz,
  take: (note: Extract<Note, { kind: 'done' }>) => void,
): Promise<number> =>
  new Promise((resolve) => {
    const args = [seed, first, last, interact === true, timeZone].map(String)
    const child = fork(CHILD, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    let next = first
    let wrong: Extract<Note, { kind: 'wrong' }> | undefined
    let timer: NodeJS.Timeout | undefined
    const watch = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), LIMIT)
    }
    watch()
    child.on('message', (note: Note) => {
      watch()
      wrong = note.kind === 'wrong' ? note : undefined
      if (note.kind !== 'done') return
      next = note.n + 1
      take(note)
    })
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      if (next >= last) return resolve(next)
      if (wrong !== undefined) take({ kind: 'done', n: wrong.n, found: 'wrong', text: wrong.text })
      else take({ kind: 'done', n: next, found: 'refused', text: `its process ended (${String(code ?? signal)})` })
      resolve(next + 1)
    })
  })
