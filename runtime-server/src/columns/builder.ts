import { Worker } from 'node:worker_threads'
import type { BuildJob } from './build-columns.ts'
import type { BuildReply } from './build-worker.ts'
import type { WorkerEntry } from './worker-entry.ts'

/** Builds files of columns in a thread of its own, so that the event loop stays free. */
export interface Builder {
  /** Starts the thread, for who knows that there will be something to build. */
  prepare(): void
  /** Rejects when the file cannot be built; what is left of it then is the caller's. One after the other. */
  build(job: BuildJob): Promise<void>
  close(): Promise<void>
}

interface Waiting {
  readonly settle: (error: string | undefined) => void
}

/** The thread ends when it had nothing to do for `idleMs`. */
export const createBuilder = (entry: WorkerEntry, idleMs: number): Builder => {
  let worker: Worker | undefined
  let waiting: readonly Waiting[] = []
  let timer: NodeJS.Timeout | undefined

  const end = async (ending: Worker | undefined, why: string): Promise<void> => {
    if (ending === undefined || worker !== ending) return
    worker = undefined
    const failed = waiting
    waiting = []
    for (const { settle } of failed) settle(why)
    await ending.terminate()
  }
  const rest = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void end(worker, 'The thread was idle'), idleMs).unref()
  }
  const start = (): Worker => {
    const started = new Worker(entry.url, { execArgv: [...entry.execArgv], stdin: false })
    started.unref()
    started.on('message', ({ error }: BuildReply) => {
      const [first, ...others] = waiting
      waiting = others
      if (others.length === 0) rest()
      first?.settle(error)
    })
    started.on('error', (cause) => void end(started, cause.message))
    started.on('exit', () => void end(started, 'The thread ended'))
    rest()
    return started
  }

  return {
    prepare: () => {
      worker ??= start()
      if (waiting.length === 0) rest()
    },
    build: (job) =>
      new Promise((resolve, reject) => {
        clearTimeout(timer)
        worker ??= start()
        clearTimeout(timer)
        const settle = (error: string | undefined): void =>
          error === undefined ? resolve() : reject(new Error(`The columns cannot be stored: ${error}`))
        waiting = [...waiting, { settle }]
        worker.postMessage(job)
      }),
    close: () => end(worker, 'The service is stopping'),
  }
}
