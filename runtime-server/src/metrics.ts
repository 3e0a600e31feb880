import type { ErrorCode } from '@magpie-vega/protocol'

type Labels = Readonly<Record<string, string>>

/** One number of the metrics page. */
export interface Sample {
  readonly name: string
  readonly labels?: Labels
  readonly value: number
}

interface Family {
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly help: string
}

/** What the service counts. A sample whose family is missing here does not compile. */
const FAMILIES = {
  magpie_queries_total: { type: 'counter', help: 'Queries, by how they ended.' },
  magpie_query_seconds: { type: 'histogram', help: 'Duration of queries.' },
  magpie_event_loop_lag_seconds: {
    type: 'gauge',
    help: 'Time that the event loop was late, by quantile, since this page was last asked for; watched from the first time on.',
  },
  magpie_in_flight: { type: 'gauge', help: 'Requests that are being answered.' },
  magpie_queue: { type: 'gauge', help: 'Queries that run or wait for their turn.' },
  magpie_errors_total: { type: 'counter', help: 'Errors sent, by code; failed values of an answered query included.' },
  magpie_uploads_total: { type: 'counter', help: 'Tables sent to the service: accepted, or already there.' },
  magpie_tables: { type: 'gauge', help: 'Uploaded tables on disk.' },
  magpie_tables_bytes: { type: 'gauge', help: 'Size of the uploaded tables on disk.' },
  magpie_tables_evictions_total: { type: 'counter', help: 'Tables that left for lack of space.' },
  magpie_evaluations_total: { type: 'counter', help: 'Task values that were computed, by engine.' },
  magpie_cache_hits_total: { type: 'counter', help: 'Values found in the cache.' },
  magpie_cache_joined_total: { type: 'counter', help: 'Values that another request was already computing.' },
  magpie_cache_misses_total: { type: 'counter', help: 'Values that had to be computed.' },
  magpie_cache_evictions_total: { type: 'counter', help: 'Values that left for lack of space.' },
  magpie_cache_bytes: { type: 'gauge', help: 'Size of the values in the cache.' },
  magpie_cache_entries: { type: 'gauge', help: 'Values in the cache.' },
} as const satisfies Readonly<Record<string, Family>>

type FamilyName = keyof typeof FAMILIES

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const

/** Counts events and prints them in the text format of Prometheus. */
export interface Metrics {
  count(name: FamilyName, labels?: Labels): void
  observeQuery(seconds: number): void
  countError(code: ErrorCode): void
  countEvaluation(engine: string): void
  /** Adds what is counted elsewhere, read when the page is asked for. */
  text(gauges: readonly (Sample & { readonly name: FamilyName })[]): string
}

export function createMetrics(): Metrics {
  const counts = new Map<string, { readonly name: FamilyName; readonly labels: Labels; value: number }>()
  /** Queries by the first bucket that they fit into. */
  const buckets: number[] = [...BUCKETS, Infinity].map(() => 0)
  const query = { count: 0, sum: 0 }

  const count = (name: FamilyName, labels: Labels = {}): void => {
    const key = keyOf(name, labels)
    const known = counts.get(key)
    if (known === undefined) counts.set(key, { name, labels, value: 1 })
    else known.value += 1
  }
  const histogram = (): readonly Sample[] => {
    const name = 'magpie_query_seconds'
    let sum = 0
    const below = BUCKETS.map((le, index) => ({
      name: `${name}_bucket`,
      labels: { le: String(le) },
      value: (sum += buckets[index] ?? 0),
    }))
    return [
      ...below,
      { name: `${name}_bucket`, labels: { le: '+Inf' }, value: query.count },
      { name: `${name}_sum`, value: query.sum },
      { name: `${name}_count`, value: query.count },
    ]
  }

  return {
    count,
    countError: (code) => count('magpie_errors_total', { code }),
    countEvaluation: (engine) => count('magpie_evaluations_total', { engine }),
    observeQuery: (seconds) => {
      query.count += 1
      query.sum += seconds
      let index = 0
      while (seconds > (BUCKETS[index] ?? Infinity)) index += 1
      buckets[index] = (buckets[index] ?? 0) + 1
    },
    text: (gauges) => print([...counts.values(), ...gauges, ...histogram()]),
  }
}

function print(samples: readonly Sample[]): string {
  const families = Object.entries(FAMILIES).map(([name, { type, help }]) => {
    const own = samples.filter(
      (sample) => sample.name === name || (type === 'histogram' && sample.name.startsWith(`${name}_`)),
    )
    return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...own.map(line)].join('\n')
  })
  return `${families.join('\n')}\n`
}

/** The same for the same labels, in the same order. */
function keyOf(name: string, labels: Labels): string {
  let key = name
  for (const label in labels) key += `\n${label}\n${labels[label]}`
  return key
}

const line = ({ name, labels = {}, value }: Sample): string => `${name}${labelText(labels)} ${value}`

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/["\\\n]/g, '_')}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
