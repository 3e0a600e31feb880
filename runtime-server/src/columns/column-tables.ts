import { stat } from 'node:fs/promises'
import type { TableStore } from '../table-store.ts'
import type { Builder } from './builder.ts'
import { openColumnFiles } from './column-files.ts'

/** Uploaded tables as files of columns, which the engine reads in place. */
export interface ColumnTables {
  /** The directory that the files are in. */
  readonly directory: string
  /**
   * The file of a table, built when there is none; undefined for a table that is small, so that reading Arrow is quicker, for one
   * that cannot be stored, and for one that is gone. `building` at once where the rows are read from Arrow before the file is there.
   */
  path(sha256: string): Promise<string | 'building' | undefined>
  /** Of the tables that were used last, the names of those that had files at the start; the latest first. */
  latest(count: number): readonly string[]
}

export interface ColumnTablesOptions {
  readonly directory: string
  readonly tables: TableStore
  readonly builder: Pick<Builder, 'build'>
  readonly memoryLimit: string
  readonly threads: number
  readonly tempDirectory: string
  /** Tables with fewer bytes of Arrow have no files. */
  readonly minBytes: number
  /** Of tables with more bytes of Arrow the file is waited for: to read a part of them takes long, too. */
  readonly maxBytesAhead: number
  readonly onFailure: (sha256: string, cause: unknown) => void
}

const sizeOf = async (file: string): Promise<number> => (await stat(file)).size

export const openColumnTables = async (options: ColumnTablesOptions): Promise<ColumnTables> => {
  const { directory, tables, builder, memoryLimit, threads, tempDirectory, minBytes, maxBytesAhead, onFailure } =
    options
  const files = await openColumnFiles({
    directory,
    // Arrow and columns are in directories beside each other, and the builder only writes.
    build: (job) => builder.build({ ...job, directory, memoryLimit, threads, tempDirectory }),
  })
  for (const [sha256, file] of files.found) await tables.accompany(sha256, file, await sizeOf(file))
  const failed = new Set<string>()
  const foundAtStart = new Set(files.found.map(([sha256]) => sha256))

  const make = async (sha256: string, arrow: string): Promise<string | undefined> => {
    try {
      const file = await files.make(sha256, arrow)
      await tables.accompany(sha256, file, await sizeOf(file))
      return file
    } catch (cause) {
      if (!failed.has(sha256)) onFailure(sha256, cause)
      failed.add(sha256)
      return undefined
    }
  }
  const path: ColumnTables['path'] = async (sha256) => {
    const arrow = failed.has(sha256) ? undefined : await tables.path(sha256)
    if (arrow === undefined) return undefined
    const found = await files.find(sha256)
    if (found !== undefined) return found
    const bytes = await sizeOf(arrow).catch(() => 0)
    if (bytes < minBytes) return undefined
    const made = make(sha256, arrow)
    return bytes > maxBytesAhead ? made : 'building'
  }

  return {
    directory,
    latest: (count) =>
      tables
        .latest()
        .filter((sha256) => foundAtStart.has(sha256))
        .slice(0, count),
    path,
  }
}
