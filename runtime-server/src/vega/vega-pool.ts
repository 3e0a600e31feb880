import { MagpieError } from '@magpie-vega/protocol'
import type { Job, JobAnswer } from './job.ts'
import { startVegaChild, type VegaChild, type VegaEntry } from './vega-child.ts'

export interface VegaPoolOptions {
  readonly entry: VegaEntry
  /** Processes at most, over all time zones. */
  readonly maxProcesses: number
  /** Memory of one process, in MiB. */
  readonly maxOldSpaceMb: number
  /** A job that runs longer is ended with `timeout`. */
  readonly timeoutMs: number
  /** An idle process ends after this time. */
  readonly idleMs: number
}

/** Processes in which Vega's own dataflow runs, reused within a time zone: V8 has one zone per process. */
export interface VegaPool {
  run(timeZone: string, job: Job, signal: AbortSignal): Promise<readonly JobAnswer[]>
  close(): void
}

interface Waiting {
  readonly timeZone: string
  start(child: VegaChild): void
}

export const createVegaPool = (options: VegaPoolOptions): VegaPool => {
  const idle = new Map<VegaChild, NodeJS.Timeout>()
  const busy = new Set<VegaChild>()
  let waiting: readonly Waiting[] = []
  let closed = false

  const take = (child: VegaChild): VegaChild => {
    clearTimeout(idle.get(child))
    idle.delete(child)
    return child
  }
  const end = (child: VegaChild): void => take(child).kill()
  const reuse = (timeZone: string): VegaChild | undefined => {
    for (const child of [...idle.keys()]) if (!child.alive) take(child)
    return [...idle.keys()].find((child) => child.timeZone === timeZone)
  }
  const acquire = (timeZone: string): VegaChild | undefined => {
    const found = reuse(timeZone)
    if (found !== undefined) return take(found)
    if (idle.size + busy.size >= options.maxProcesses) {
      const [other] = idle.keys()
      if (other === undefined) return undefined
      end(other)
    }
    return startVegaChild(options.entry, timeZone, options.maxOldSpaceMb)
  }
  const admit = (): void => {
    const [first, ...rest] = waiting
    if (first === undefined) return
    const child = acquire(first.timeZone)
    if (child === undefined) return
    waiting = rest
    busy.add(child)
    first.start(child)
  }
  const release = (child: VegaChild): void => {
    busy.delete(child)
    if (closed) child.kill()
    else if (child.alive) idle.set(child, setTimeout(() => end(child), options.idleMs).unref())
    admit()
  }
  const obtain = (timeZone: string, signal: AbortSignal): Promise<VegaChild> =>
    new Promise((start, reject) => {
      const entry: Waiting = {
        timeZone,
        start: (child) => {
          signal.removeEventListener('abort', leave)
          start(child)
        },
      }
      const leave = (): void => {
        waiting = waiting.filter((other) => other !== entry)
        reject(new MagpieError('cancelled', 'The request was cancelled'))
      }
      if (signal.aborted) return leave()
      signal.addEventListener('abort', leave, { once: true })
      waiting = [...waiting, entry]
      admit()
    })

  return {
    run: async (timeZone, job, signal) => {
      if (closed) throw new MagpieError('stopping', 'The service is stopping')
      const child = await obtain(timeZone, signal)
      try {
        return await child.run(job, options.timeoutMs, signal)
      } finally {
        release(child)
      }
    },
    close: () => {
      closed = true
      for (const child of [...idle.keys()]) end(child)
      for (const child of busy) child.kill()
    },
  }
}
