import type { Clock } from '../../src/clock.ts'

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  advance(ms: number): void
  /** Delays of the timers that wait, in milliseconds from now. */
  pending(): readonly number[]
}

export const manualClock = (): ManualClock => {
  let now = 0
  let timers: { readonly at: number; readonly callback: () => void }[] = []
  return {
    now: () => now,
    after: (ms, callback) => {
      const timer = { at: now + ms, callback }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance: (ms) => {
      now += ms
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      due.forEach(({ callback }) => callback())
    },
    pending: () => timers.map(({ at }) => at - now),
  }
}
