import { fork } from 'node:child_process'

/** Where a case is: in Vega alone, which may hang or run out of memory, or in what is ours. */
export type Phase = 'vega' | 'planned'

/** What a process says while it runs its cases; of `n`: `done` when nothing more comes of it. */
interface Said {
  readonly kind: string
  readonly n: number
}

/** Cases that are run in processes of their own: one that hangs, or takes its process down, ends nothing else. */
export interface Supervised<Note extends Said> {
  /** The module that is run; it sends notes, one before it begins a case at the latest. */
  readonly child: string
  /** Its arguments, when it begins at this case. */
  args(first: number): readonly (string | number | boolean)[]
  /** The first case, and the first that is not run any more. */
  readonly first: number
  readonly last: number
  /** Milliseconds without a note after which a case counts as hanging. */
  readonly limit: number
  take(note: Note): void
  /** The process has ended in case `n`; `how`: what the case did to it. */
  ended(n: number, how: string): void
}

/** Runs from a case on in one process; where to go on. Rejects when the process ends before it says anything. */
const runFrom = <Note extends Said>(first: number, run: Supervised<Note>): Promise<number> =>
  new Promise((resolve, reject) => {
    const args = run.args(first).map(String)
    const child = fork(run.child, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    let next = first
    let heard = false
    let timer: NodeJS.Timeout | undefined
    const watch = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), run.limit)
    }
    watch()
    child.on('message', (note: Note) => {
      watch()
      heard = true
      if (note.kind === 'done') next = note.n + 1
      run.take(note)
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      const how = signal === 'SIGKILL' ? 'hangs' : `ends the process (${code ?? signal})`
      if (!heard) return reject(new Error(`The process does not start: it ${how}`))
      if (next >= run.last) return resolve(next)
      run.ended(next, how)
      resolve(next + 1)
    })
  })

/** Runs all cases. Rejects when a process does not start. */
export async function supervise<Note extends Said>(run: Supervised<Note>): Promise<void> {
  for (let next = run.first; next < run.last;) next = await runFrom(next, run)
}
