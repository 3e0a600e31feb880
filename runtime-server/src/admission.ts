import { MagpieError } from '@magpie-vega/protocol'
import { reasonOf } from './cancellation.ts'

/** Lets a bounded number of pieces of work run at once, and a bounded number wait, first come first served. */
export interface Admission {
  /** Runs `work` when it is its turn; rejects with `overloaded` when the queue is full, or when `signal` aborts while waiting. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>
  stats(): { readonly running: number; readonly queued: number }
}

export function createAdmission(options: { readonly maxRunning: number; readonly maxQueued: number }): Admission {
  const queue = new Set<() => void>()
  let running = 0

  const turn = (signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return Promise.reject(reasonOf(signal))
    if (running < options.maxRunning) {
      running += 1
      return Promise.resolve()
    }
    if (queue.size >= options.maxQueued) return Promise.reject(overloaded())
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        queue.delete(start)
        reject(reasonOf(signal))
      }
      const start = (): void => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      }
      signal.addEventListener('abort', onAbort, { once: true })
      queue.add(start)
    })
  }
  // The place of finished work passes to who waits longest, without becoming free in between.
  const leave = (): void => {
    const [next] = queue
    if (next === undefined) running -= 1
    else {
      queue.delete(next)
      next()
    }
  }

  return {
    run: async (work, signal) => {
      await turn(signal)
      try {
        return await work()
      } finally {
        leave()
      }
    },
    stats: () => ({ running, queued: queue.size }),
  }
}

const overloaded = (): MagpieError =>
  new MagpieError('overloaded', 'The service has more queries than it can queue', {
    place: 'maxQueued',
    remedy: 'The chart tries again by itself.',
  })
