import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import type { Program } from '../process/program.ts'
import type { BuildJob } from './build-columns.ts'
import type { BuildReply } from './build-process.ts'

/**
 * Builds files of columns in a process of its own: the event loop stays free, and the memory that it takes is given back when the
 * process ends.
 */
export interface Builder {
  /** Rejects when the file cannot be built; what is left of it then is the caller's. One after the other. */
  build(job: BuildJob): Promise<void>
  close(): void
}

/** Who waits for an answer, and the app that sends its next table, go first. */
const NICE = 5

const giveWay = (pid: number | undefined): void => {
  try {
    if (pid !== undefined) setPriority(pid, NICE)
  } catch {
    // It has ended already, or may not be told: then it works as others do.
  }
}

type Settle = (error: string | undefined) => void

/** The process ends when it had nothing to do for `idleMs`. */
export const createBuilder = ({ path, execArgv }: Program, idleMs: number): Builder => {
  let child: ChildProcess | undefined
  let waiting: readonly Settle[] = []
  let timer: NodeJS.Timeout | undefined

  const end = (ending: ChildProcess | undefined, why: string): void => {
    if (ending === undefined || child !== ending) return
    child = undefined
    clearTimeout(timer)
    const failed = waiting
    waiting = []
    ending.kill('SIGKILL')
    for (const settle of failed) settle(why)
  }
  const start = (): ChildProcess => {
    const started = fork(path, [], {
      serialization: 'advanced',
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    giveWay(started.pid)
    started.unref()
    started.channel?.unref()
    started.on('message', ({ error }: BuildReply) => {
      const [first, ...others] = waiting
      waiting = others
      if (others.length === 0) timer = setTimeout(() => end(started, 'idle'), idleMs).unref()
      first?.(error)
    })
    started.on('error', (cause) => end(started, cause.message))
    started.on('exit', () => end(started, 'The process ended'))
    return started
  }

  return {
    build: (job) =>
      new Promise((resolve, reject) => {
        clearTimeout(timer)
        child ??= start()
        const settle: Settle = (error) =>
          error === undefined ? resolve() : reject(new Error(`The columns cannot be stored: ${error}`))
        waiting = [...waiting, settle]
        child.send(job)
      }),
    close: () => end(child, 'The service is stopping'),
  }
}
