/** What a computation puts into the cache. */
export interface Computed<T> {
  readonly value: T
  /** Its size in memory. */
  readonly bytes: number
  /** Called when the entry leaves the cache, such as to drop a table. */
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

/**
 * The one cache of the service: get-or-compute. Joins work in flight, forgets failures, is bounded in bytes (least recently
 * used leaves first); a cancelled waiter never cancels another's work, and work that nobody waits for is cancelled.
 */
export interface Cache {
  getOrCompute<T>(fingerprint: string, compute: (signal: AbortSignal) => Promise<Computed<T>>, signal: AbortSignal): Promise<T>
  stats(): CacheStats
}
