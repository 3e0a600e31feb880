import { join } from 'node:path'
import type { Log } from '../log.ts'
import { programBeside } from '../process/program.ts'
import type { TableStore } from '../table-store.ts'
import { createBuilder } from './builder.ts'
import { type ColumnTables, openColumnTables } from './column-tables.ts'

const MEBIBYTE = 2 ** 20
/** Smaller tables are read into memory in less time than it takes to write a file. */
const MIN_BYTES = MEBIBYTE
/** Of tables up to this size, the few columns that a question reads come from Arrow long before the file is there. */
const MAX_BYTES_AHEAD = 64 * MEBIBYTE
/** The process that builds them ends when it had nothing to do for so long. */
const IDLE_MS = 60_000

/** Files of columns in a running service. */
export interface Columns {
  readonly tables: ColumnTables
  /** The tables, whose files are built as soon as they are stored. */
  readonly store: TableStore
  close(): void
}

export interface ColumnsOptions {
  /** The service's own directory. */
  readonly directory: string
  readonly tempDirectory: string
  readonly tables: TableStore
  readonly threads: number
  /** Of the service's engine, in bytes; what builds the files takes a quarter of it at most. */
  readonly memoryLimit: number
  readonly log: Log
}

export const startColumns = async (options: ColumnsOptions): Promise<Columns> => {
  const { directory, tempDirectory, tables, threads, memoryLimit, log } = options
  const builder = createBuilder(programBeside(import.meta.url, 'build-process'), IDLE_MS)
  let closed = false
  const columns = await openColumnTables({
    directory: join(directory, 'columns'),
    tables,
    builder,
    threads,
    memoryLimit: `${Math.max(256, Math.floor(memoryLimit / 4 / MEBIBYTE))}MiB`,
    tempDirectory,
    minBytes: MIN_BYTES,
    maxBytesAhead: MAX_BYTES_AHEAD,
    onFailure: (table, cause) => {
      if (!closed) log('warn', 'columns not stored', { table, cause: String(cause) })
    },
  })
  const built = <T extends string>(sha256: string, outcome: T): T => {
    // It never rejects.
    if (outcome !== 'present') void columns.path(sha256)
    return outcome
  }
  return {
    tables: columns,
    store: {
      ...tables,
      put: async (sha256, body, signal) => built(sha256, await tables.put(sha256, body, signal)),
      adopt: async (sha256, file, signal) => built(sha256, await tables.adopt(sha256, file, signal)),
      adoptEarly: async (sha256, file) => built(sha256, await tables.adoptEarly(sha256, file)),
    },
    close: () => {
      closed = true
      builder.close()
    },
  }
}
