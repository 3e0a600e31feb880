import { setMaxListeners } from 'node:events'
import { zoneNamed } from '@magpie-vega/dataflow'
import { MagpieError, type Scalar, type TaskId, type Value, type Wanted } from '@magpie-vega/protocol'
import { encodeTable } from '../arrow/encode-table.ts'
import type { Cache } from '../cache.ts'
import type { ColumnTables } from '../columns/column-tables.ts'
import { readParquet } from '../engines/duckdb/read-parquet.ts'
import { openDuckdb, type DuckdbOptions } from '../engines/duckdb.ts'
import { withGroupedReads } from '../engines/grouped-reads.ts'
import type { EvaluateRequest, Evaluator } from '../evaluate.ts'
import {
  columnsKey,
  type Context,
  fingerprintOf,
  type KeptTables,
  type OnTask,
  type Parts,
  type Values,
} from './context.ts'
import { withOpenFile } from './file-base.ts'
import { dependencies, taskAt } from './graph.ts'
import { createLoads } from './loads.ts'
import { createNeeds } from './kept-needs.ts'
import { createValues } from './values.ts'
import { createFingerprints } from './kept-fingerprints.ts'
import { resolveUrls } from './resolve-urls.ts'
import { createSources, type SourceOptions, type Sources } from '../sources/sources.ts'
import type { TableStore } from '../table-store.ts'
import { vegaEntry } from '../vega/vega-entry.ts'
import { createVegaPool, type VegaPoolOptions } from '../vega/vega-pool.ts'

export interface EvaluatorSettings extends Partial<SourceOptions> {
  readonly cache: Cache
  readonly tables: TableStore
  /** Large tables in files that the engine reads in place; absent: all are read into memory. */
  readonly columns?: ColumnTables
  /** Version of the service; values of another version are not reused. */
  readonly version?: string
  readonly duckdb?: Partial<DuckdbOptions>
  readonly vega?: Partial<VegaPoolOptions>
  /** Which engine computes: `auto` (default) is SQL as far as it is exact; the others are for tests. */
  readonly engine?: 'auto' | 'sql' | 'vega'
  readonly kept?: Partial<KeptTables>
  readonly onTask?: OnTask
}

const DUCKDB: DuckdbOptions = { memoryLimit: '2GB', threads: 2, tempDirectory: '', maxQueries: 2 }
const VEGA = { maxProcesses: 4, maxOldSpaceMb: 2048, timeoutMs: 60_000, idleMs: 60_000 }
const KEPT: KeptTables = { minRows: 200_000, maxBytes: 2 ** 29, partial: true }
/** Data sets whose columns are remembered. */
const REMEMBERED = 10_000
const SOURCES: SourceOptions = { maxSourceBytes: 1_000_000_000, httpFreshMs: 60_000, now: () => Date.now() }

const failure = (cause: unknown, signal: AbortSignal): MagpieError => {
  if (cause instanceof MagpieError) return cause
  if (signal.aborted) return new MagpieError('cancelled', 'The request was cancelled', { cause })
  return new MagpieError('internal', cause instanceof Error ? cause.message : String(cause), { cause })
}

interface Versions {
  readonly known: ReadonlyMap<TaskId, string>
  readonly failed: ReadonlyMap<TaskId, MagpieError>
}

/** Admits and looks at the sources that the wanted values depend on; one that fails does not fail the others. */
const readVersions = async (
  request: EvaluateRequest,
  needed: ReadonlySet<TaskId>,
  sources: Sources,
): Promise<Versions> => {
  const known = new Map<TaskId, string>()
  const failed = new Map<TaskId, MagpieError>()
  const look = async (id: TaskId): Promise<void> => {
    const task = taskAt(request.graph, id)
    if (task.kind !== 'source') return
    try {
      sources.admit(task, request.access)
      known.set(id, await sources.version(task, request.signal))
    } catch (cause) {
      failed.set(id, failure(cause, request.signal))
    }
  }
  await Promise.all([...needed].map(look))
  return { known, failed }
}

const isScalar = ({ graph }: Context, id: TaskId): boolean => {
  const task = taskAt(graph, id)
  return task.kind === 'output' || task.kind === 'expression' || (task.kind === 'root' && task.type === 'signal')
}

const answer = async (
  context: Context,
  wanted: Wanted,
  values: Values,
  cache: Cache,
  signal: AbortSignal,
): Promise<Value> => {
  if (isScalar(context, wanted.task)) {
    const value: Scalar = await values.scalar(context, wanted.task, signal)
    return { kind: 'scalar', value }
  }
  const { columns } = wanted
  const bytes = await cache.getOrCompute(
    `answer/${fingerprintOf(context, wanted.task)}/${columnsKey(columns)}`,
    async (within) => {
      const encoded = encodeTable(await values.table(context, wanted.task, columns, within))
      return { value: encoded, bytes: encoded.byteLength }
    },
    signal,
  )
  return { kind: 'table', bytes }
}

const checkZone = (timeZone: string): void => {
  try {
    zoneNamed(timeZone)
  } catch (cause) {
    throw new MagpieError('bad-request', `There is no time zone ${timeZone}`, {
      place: 'time_zone',
      remedy: 'Send an IANA name such as Europe/Berlin.',
      cause,
    })
  }
}

/** Evaluates task graphs: SQL as far as it is exact, the rest in Vega's own dataflow, every value once. */
export const createEvaluatorWith = (options: EvaluatorSettings): Evaluator => {
  const { cache, tables, columns, version = '0', engine: mode = 'auto', onTask = () => undefined } = options
  const fingerprints = createFingerprints()
  const needsOf = createNeeds()
  const vega = createVegaPool({ entry: vegaEntry(), ...VEGA, ...options.vega })
  const opened = openDuckdb({ ...DUCKDB, ...options.duckdb, directory: columns?.directory }).then((duckdb) => {
    const kept = { ...KEPT, ...options.kept }
    const engine = withGroupedReads(duckdb, kept.partial ? { cache, minRows: kept.minRows } : undefined)
    const sources = createSources({ cache, tables, vega, readParquet }, { ...SOURCES, ...options })
    const loads = createLoads(REMEMBERED)
    const parts: Parts = { cache, engine, vega, sources, ...(columns && { columns }), loads, kept, mode, onTask }
    return { engine, sources, values: createValues(parts), parts }
  })
  opened.catch(() => undefined)

  const one = async (
    request: EvaluateRequest,
    wanted: Wanted,
    context: Context,
    versions: Versions,
    values: Values,
  ): Promise<Value> => {
    for (const id of dependencies(request.graph, wanted.task)) {
      const failed = versions.failed.get(id)
      if (failed !== undefined) throw failed
    }
    try {
      return await answer(context, wanted, values, cache, request.signal)
    } catch (cause) {
      // A column that only another value needs may be one that nothing can show.
      if (!(cause instanceof MagpieError && cause.code === 'unsupported') || request.wanted.length === 1) throw cause
      const alone = { ...context, needs: needsOf(request.graph, request.roots, [wanted]) }
      return answer(alone, wanted, values, cache, request.signal)
    }
  }

  const evaluate: Evaluator['evaluate'] = async (asked) => {
    const { roots, timeZone, wanted, signal } = asked
    checkZone(timeZone)
    setMaxListeners(0, signal)
    const { sources, values } = await opened
    const needed = new Set(wanted.flatMap(({ task }) => [...dependencies(asked.graph, task)]))
    const { graph, failed } = await resolveUrls(asked.graph, needed, async (task) => {
      const [answer] = await evaluate({ ...asked, wanted: [{ task, columns: 'all' }] })
      return answer ?? new MagpieError('internal', 'A URL has no value')
    })
    const request = { ...asked, graph }
    const read = await readVersions(request, needed, sources)
    const versions = { ...read, failed: new Map([...read.failed, ...failed]) }
    const prints = fingerprints(graph, { roots, sourceVersions: versions.known, timeZone, version })
    const needs = needsOf(graph, roots, wanted)
    const context: Context = { graph, roots, fingerprints: prints, timeZone, needs }
    const answers = wanted.map((item) =>
      one(request, item, context, versions, values).catch((cause: unknown) => failure(cause, signal)),
    )
    return Promise.all(answers)
  }

  return {
    evaluate,
    open: async (names, signal) => {
      const { parts } = await opened
      if (columns === undefined) return
      const open = (sha256: string): Promise<void> =>
        withOpenFile(
          sha256,
          columns,
          parts,
          signal,
          async (file) => void (file !== 'building' && file?.relation('UTC')),
        )
      await Promise.all(names.map(open))
    },
    close: async () => {
      vega.close()
      cache.clear()
      const { engine } = await opened
      await engine.close()
    },
  }
}
