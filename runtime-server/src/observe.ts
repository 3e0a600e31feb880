import type { MagpieError } from '@magpie-vega/protocol'
import type { Admission } from './admission.ts'
import type { Cache } from './cache.ts'
import type { LagQuantile } from './event-loop-lag.ts'
import type { Finished } from './http.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { TableStore } from './table-store.ts'

/** Hears what happens, counts it and logs it. */
export interface Observer {
  onFinish(finished: Finished): void
  onFailure(error: MagpieError): void
  onUpload(outcome: 'accepted' | 'deduplicated'): void
}

export function observe(metrics: Metrics, log: Log): Observer {
  return {
    onUpload: (outcome) => metrics.count('magpie_uploads_total', { outcome }),
    onFailure: (error) => {
      metrics.countError(error.code)
      log(error.code === 'internal' ? 'error' : 'info', 'value-failed', fieldsOf(error))
    },
    onFinish: ({ error, ...finished }) => {
      const abandoned = finished.status === 499
      if (finished.path === '/v1/query' && finished.method === 'POST') {
        metrics.count('magpie_queries_total', { outcome: abandoned ? 'cancelled' : (error?.code ?? 'ok') })
        metrics.observeQuery(finished.seconds)
      }
      if (error !== undefined) metrics.countError(error.code)
      const level = error === undefined || abandoned ? 'debug' : error.code === 'internal' ? 'error' : 'warn'
      log(level, 'request', { ...finished, ...(error && fieldsOf(error)) })
    },
  }
}

const fieldsOf = (error: MagpieError): Readonly<Record<string, unknown>> => ({
  code: error.code,
  message: error.message,
  place: error.place,
  cause: error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : error.cause,
})

export interface Watched {
  readonly cache: Cache
  readonly tables: TableStore
  readonly admission: Admission
  readonly inFlight: number
  readonly lag: readonly LagQuantile[]
}

/** The metrics page. */
export function pageOf(metrics: Metrics, { cache, tables, admission, inFlight, lag }: Watched): string {
  const cached = cache.stats()
  const stored = tables.stats()
  const queries = admission.stats()
  return metrics.text([
    ...lag.map(({ quantile, seconds }) => ({
      name: 'magpie_event_loop_lag_seconds' as const,
      labels: { quantile: String(quantile) },
      value: seconds,
    })),
    { name: 'magpie_in_flight', value: inFlight },
    { name: 'magpie_queue', labels: { state: 'running' }, value: queries.running },
    { name: 'magpie_queue', labels: { state: 'queued' }, value: queries.queued },
    { name: 'magpie_tables', value: stored.tables },
    { name: 'magpie_tables_bytes', value: stored.bytes },
    { name: 'magpie_tables_evictions_total', value: stored.evictions },
    { name: 'magpie_cache_hits_total', value: cached.hits },
    { name: 'magpie_cache_joined_total', value: cached.joined },
    { name: 'magpie_cache_misses_total', value: cached.misses },
    { name: 'magpie_cache_evictions_total', value: cached.evictions },
    { name: 'magpie_cache_bytes', value: cached.bytes },
    { name: 'magpie_cache_entries', value: cached.entries },
  ])
}
