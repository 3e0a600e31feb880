import { monitorEventLoopDelay } from 'node:perf_hooks'

/** A lag that a share of the samples does not exceed. */
export interface LagQuantile {
  readonly quantile: number
  readonly seconds: number
}

/** By how much longer than it should the event loop lets a timer wait. */
export interface EventLoopLag {
  /** Since the last call; nothing where there was no sample since. The first call begins to watch, which wakes the process regularly. */
  take(): readonly LagQuantile[]
  stop(): void
}

const RESOLUTION_MS = 10
const QUANTILES = [0.5, 0.99, 1] as const

export const watchEventLoop = (): EventLoopLag => {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  return {
    take: () => {
      histogram.enable()
      if (histogram.count === 0) return []
      // A sample is the time between two timers, and so has their own distance in it.
      const lag = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1e3)
      const found = QUANTILES.map((quantile) => ({ quantile, seconds: lag(histogram.percentile(quantile * 100)) }))
      histogram.reset()
      return found
    },
    stop: () => void histogram.disable(),
  }
}
