import { instantOf, zoneNamed } from '@magpie-vega/dataflow'
import { MagpieError, type SourceTask } from '@magpie-vega/protocol'
import { readFile } from 'node:fs/promises'
import type { Instant } from '../arrow/arrow-values.ts'
import { readArrow } from '../arrow/read-arrow.ts'
import type { Table } from '../arrow/table.ts'
import type { Cache } from '../cache.ts'
import type { Access } from '../grants.ts'
import type { TableStore } from '../table-store.ts'
import type { JobText } from '../vega/job.ts'
import type { VegaPool } from '../vega/vega-pool.ts'
import { parsingOf, sourceFormat } from './format.ts'
import { locate, type SourceRoots } from './locate.ts'
import { parseColumns } from './parse-columns.ts'
import { contentHash, fileVersion, readBytes } from './read-bytes.ts'

export interface SourceOptions extends SourceRoots {
  /** Larger files and answers are refused. */
  readonly maxSourceBytes: number
  /** How long what an http server answered is taken for current. */
  readonly httpFreshMs: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

export interface Sources {
  /** Throws `not-granted` unless the holder of `access` may read the source. */
  admit(task: SourceTask, access: Access): void
  /** Changes whenever the source's rows may. Throws when there is no such source. */
  version(task: SourceTask, signal: AbortSignal): Promise<string>
  /**
   * The rows, as Vega's loader makes them of text, by type from Arrow and Parquet: with at least the columns given. A column of
   * a type that no Vega value stands for only fails when it is read.
   */
  read(task: SourceTask, timeZone: string, columns: Columns, signal: AbortSignal): Promise<Table>
}

export interface SourceParts {
  readonly cache: Cache
  readonly tables: TableStore
  readonly vega: VegaPool
  /** Reads the rows of a Parquet file. */
  readonly readParquet: (path: string, columns: Columns, instant: Instant, signal: AbortSignal) => Promise<Table>
}

type Columns = 'all' | readonly string[]

interface Download {
  readonly bytes: Uint8Array
  readonly version: string
}

const missing = (sha256: string): MagpieError =>
  new MagpieError('table-missing', 'The service does not hold the table', {
    place: sha256,
    remedy: 'Send it again; a reload of the page does.',
  })

const unresolved = (): MagpieError => new MagpieError('internal', 'The URL of a source is not known yet')

const instantIn = (timeZone: string): Instant => {
  const zone = zoneNamed(timeZone)
  return (wall) => instantOf(zone, wall)
}

export const createSources = (parts: SourceParts, options: SourceOptions): Sources => {
  const { cache, tables, vega, readParquet } = parts
  const { maxSourceBytes } = options

  const download = (url: string, signal: AbortSignal): Promise<Download> => {
    const period = Math.floor(options.now() / options.httpFreshMs)
    const compute = async (within: AbortSignal) => {
      const bytes = await readBytes({ kind: 'http', url }, maxSourceBytes, within)
      return { value: { bytes, version: contentHash(bytes) }, bytes: bytes.byteLength }
    }
    return cache.getOrCompute(`download/${period}/${url}`, compute, signal)
  }

  const tablePath = async (sha256: string): Promise<string> => {
    const path = await tables.path(sha256)
    if (path === undefined) throw missing(sha256)
    return path
  }

  const bytesOf = async (url: string, signal: AbortSignal): Promise<Uint8Array> => {
    const location = await locate(url, options)
    return location.kind === 'http'
      ? (await download(location.url, signal)).bytes
      : readBytes(location, maxSourceBytes, signal)
  }

  const readTyped = async (
    table: Table,
    task: SourceTask,
    timeZone: string,
    columns: Columns,
    signal: AbortSignal,
  ): Promise<Table> => parseColumns(table, parsingOf(task.format), columns, (job) => vega.run(timeZone, job, signal))

  const readText = async (text: JobText, timeZone: string, signal: AbortSignal): Promise<Table> => {
    const [answer] = await vega.run(
      timeZone,
      { signals: {}, data: [{ name: 'source', text }], outputs: [{ kind: 'rows', data: 'source', columns: 'all' }] },
      signal,
    )
    if (answer?.kind !== 'rows') throw new MagpieError('internal', 'A Vega process answered something else')
    return answer.table
  }

  const readUrl = async (
    url: string,
    task: SourceTask,
    timeZone: string,
    columns: Columns,
    signal: AbortSignal,
  ): Promise<Table> => {
    const instant = instantIn(timeZone)
    switch (sourceFormat(task.format, url)) {
      case 'arrow': {
        const table = await readArrow(await bytesOf(url, signal), columns, instant)
        return readTyped(table, task, timeZone, columns, signal)
      }
      case 'parquet': {
        const location = await locate(url, options)
        if (location.kind === 'http') {
          throw new MagpieError('source-unreadable', 'Parquet is read from files only', {
            place: url,
            remedy: 'Read it in Python, and give the chart the frame.',
          })
        }
        return readTyped(await readParquet(location.path, columns, instant, signal), task, timeZone, columns, signal)
      }
      case 'text': {
        const text = new TextDecoder().decode(await bytesOf(url, signal))
        return readText({ text, json: false, format: task.format }, timeZone, signal)
      }
    }
  }

  return {
    admit: ({ from }, access) => {
      if (from.kind === 'table' && !access.table(from.sha256)) {
        throw new MagpieError('not-granted', 'The page has no grant for the table', {
          place: from.sha256,
          remedy: 'Reload the page.',
        })
      }
      if (from.kind === 'url' && !access.url(from.url)) {
        throw new MagpieError('not-granted', 'The page has no grant for the URL', {
          place: from.url,
          remedy: 'Name the URL in the chart that Python sends.',
        })
      }
    },
    version: async ({ from }, signal) => {
      switch (from.kind) {
        case 'values':
          return ''
        case 'table':
          if (!(await tables.touch(from.sha256))) throw missing(from.sha256)
          return from.sha256
        case 'url-of':
          throw unresolved()
        case 'url': {
          const location = await locate(from.url, options)
          return location.kind === 'http'
            ? (await download(location.url, signal)).version
            : `${location.path} ${await fileVersion(location.path)}`
        }
      }
    },
    read: async (task, timeZone, columns, signal) => {
      const { from } = task
      switch (from.kind) {
        case 'values':
          return readText({ text: from.json, json: true, format: task.format }, timeZone, signal)
        case 'table': {
          const bytes = await readFile(await tablePath(from.sha256), { signal })
          return readTyped(await readArrow(bytes, columns, instantIn(timeZone)), task, timeZone, columns, signal)
        }
        case 'url-of':
          throw unresolved()
        case 'url':
          return readUrl(from.url, task, timeZone, columns, signal)
      }
    },
  }
}
