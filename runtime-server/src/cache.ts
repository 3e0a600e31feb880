import { cancellation, reasonOf, waitFor } from './cancellation.ts'

/** What a computation puts into the cache. */
export interface Computed<T> {
  readonly value: T
  /** Its size in memory. */
  readonly bytes: number
  /** Called once the entry has left the cache and no `use` holds it, such as to drop a table. */
  readonly dispose?: () => void
}

export interface CacheStats {
  readonly entries: number
  readonly bytes: number
  readonly hits: number
  /** Waited for a computation that was already running. */
  readonly joined: number
  readonly misses: number
  readonly evictions: number
}

type Compute<T> = (signal: AbortSignal) => Promise<Computed<T>>

/**
 * The one cache of the service: get-or-compute. Joins work in flight, forgets failures, is bounded in bytes (least recently
 * used leaves first); a cancelled waiter never cancels another's work, and work that nobody waits for is cancelled.
 */
export interface Cache {
  getOrCompute<T>(fingerprint: string, compute: Compute<T>, signal: AbortSignal): Promise<T>
  /** Like `getOrCompute`, and the value is not disposed of before `work` settles, even when it leaves the cache meanwhile. */
  use<T, R>(fingerprint: string, compute: Compute<T>, signal: AbortSignal, work: (value: T) => Promise<R>): Promise<R>
  /** The value at once, if it is there. */
  recall<T>(fingerprint: string): T | undefined
  /** Keeps what follows from other values, for `recall`. */
  keep(fingerprint: string, computed: Computed<unknown>): void
  stats(): CacheStats
  /** Disposes of every entry. */
  clear(): void
}

interface Entry {
  readonly computed: Computed<unknown>
  users: number
  evicted: boolean
}

interface Flight {
  readonly result: Promise<Entry>
  readonly controller: AbortController
  waiters: number
}

export function createCache(options: { readonly maxBytes: number }): Cache {
  const entries = new Map<string, Entry>()
  const flights = new Map<string, Flight>()
  const counts = { bytes: 0, hits: 0, joined: 0, misses: 0, evictions: 0 }

  const disposeIfUnused = (entry: Entry): void => {
    if (entry.evicted && entry.users === 0) entry.computed.dispose?.()
  }
  const evict = (fingerprint: string, entry: Entry): void => {
    entries.delete(fingerprint)
    counts.bytes -= entry.computed.bytes
    entry.evicted = true
    disposeIfUnused(entry)
  }
  const keep = (fingerprint: string, entry: Entry): void => {
    const { bytes, dispose } = entry.computed
    // What cannot fit is handed to its waiters only; but one with something to dispose of stays until the next one comes,
    // since its waiters have not begun to use it.
    if (bytes > options.maxBytes && dispose === undefined) return
    entries.set(fingerprint, entry)
    counts.bytes += bytes
    for (const [oldest, victim] of entries) {
      if (counts.bytes <= options.maxBytes || victim === entry) break
      evict(oldest, victim)
      counts.evictions += 1
    }
  }

  const land = (fingerprint: string, flight: Flight | undefined, computed: Computed<unknown>): Entry => {
    const entry: Entry = { computed, users: 0, evicted: false }
    if (flights.get(fingerprint) !== flight) {
      entry.evicted = true
      disposeIfUnused(entry)
      return entry
    }
    flights.delete(fingerprint)
    keep(fingerprint, entry)
    return entry
  }
  const start = (fingerprint: string, compute: Compute<unknown>): Flight => {
    const controller = new AbortController()
    const running = Promise.resolve().then(() => compute(controller.signal))
    const result = running.then(
      (computed) => land(fingerprint, flight, computed),
      (error: unknown) => {
        if (flights.get(fingerprint) === flight) flights.delete(fingerprint)
        throw error
      },
    )
    const flight: Flight = { result, controller, waiters: 0 }
    flights.set(fingerprint, flight)
    return flight
  }
  const abandon = (fingerprint: string, flight: Flight): void => {
    if (flight.waiters > 0 || flights.get(fingerprint) !== flight) return
    flights.delete(fingerprint)
    flight.controller.abort(cancellation())
  }

  const hit = (fingerprint: string): Entry | undefined => {
    const entry = entries.get(fingerprint)
    if (entry === undefined) return undefined
    counts.hits += 1
    entries.delete(fingerprint)
    entries.set(fingerprint, entry)
    return entry
  }
  const find = async (fingerprint: string, compute: Compute<unknown>, signal: AbortSignal): Promise<Entry> => {
    if (signal.aborted) throw reasonOf(signal)
    const entry = hit(fingerprint)
    if (entry !== undefined) return entry
    const running = flights.get(fingerprint)
    if (running === undefined) counts.misses += 1
    else counts.joined += 1
    const flight = running ?? start(fingerprint, compute)
    flight.waiters += 1
    try {
      return await waitFor(flight.result, signal)
    } finally {
      flight.waiters -= 1
      abandon(fingerprint, flight)
    }
  }

  const use = async <T, R>(
    fingerprint: string,
    compute: Compute<T>,
    signal: AbortSignal,
    work: (value: T) => Promise<R>,
  ): Promise<R> => {
    const entry = await find(fingerprint, compute, signal)
    entry.users += 1
    try {
      // A fingerprint stands for one value, so its type is the one that it was computed with.
      return await work(entry.computed.value as T)
    } finally {
      entry.users -= 1
      disposeIfUnused(entry)
    }
  }

  return {
    use,
    getOrCompute: <T>(fingerprint: string, compute: Compute<T>, signal: AbortSignal) =>
      use(fingerprint, compute, signal, (value: T) => Promise.resolve(value)),
    recall: <T>(fingerprint: string) => hit(fingerprint)?.computed.value as T | undefined,
    keep: (fingerprint, computed) => {
      if (!entries.has(fingerprint)) keep(fingerprint, { computed, users: 0, evicted: false })
    },
    stats: () => ({ entries: entries.size, ...counts }),
    clear: () => {
      for (const [fingerprint, entry] of [...entries]) evict(fingerprint, entry)
    },
  }
}
