import { MagpieError } from '@magpie-vega/protocol'

const cancelled = (): MagpieError => new MagpieError('cancelled', 'The request was cancelled')

/** Runs at most `limit` of the works given to it at a time, first come first served. */
export const createPermits = (limit: number) => {
  let free = limit
  let queue: readonly (() => void)[] = []

  const acquire = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(cancelled())
      if (free > 0) {
        free--
        return resolve()
      }
      const enter = (): void => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        queue = queue.filter((other) => other !== enter)
        reject(cancelled())
      }
      signal.addEventListener('abort', leave, { once: true })
      queue = [...queue, enter]
    })

  const release = (): void => {
    const [next, ...rest] = queue
    queue = rest
    if (next === undefined) free++
    else next()
  }

  return async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    await acquire(signal)
    try {
      return await work()
    } finally {
      release()
    }
  }
}
