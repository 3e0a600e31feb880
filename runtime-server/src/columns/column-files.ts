import duckdb from '@duckdb/node-bindings'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildJob } from './build-columns.ts'
import { FORMAT_VERSION } from './file-column.ts'

/** Tables as files of columns, beside their Arrow streams; made at most once at a time. */
export interface ColumnFiles {
  /** The file of the table, if there is one. */
  find(sha256: string): Promise<string | undefined>
  /** The file of the table whose Arrow stream is at `arrow`; builds it when there is none. */
  make(sha256: string, arrow: string): Promise<string>
  /** Names of the tables that there were files of at the start, and where. */
  readonly found: readonly (readonly [sha256: string, file: string])[]
}

export interface ColumnFilesOptions {
  readonly directory: string
  readonly build: (job: Pick<BuildJob, 'arrow' | 'file'>) => Promise<void>
}

/** Files that another version of the engine, or of this program, has written are not read. */
const ENDING = `-${FORMAT_VERSION}-${duckdb.library_version()}.duckdb`
const INCOMPLETE = '.incomplete'

/** Opens the directory and removes what is of no use there. */
export const openColumnFiles = async ({ directory, build }: ColumnFilesOptions): Promise<ColumnFiles> => {
  const building = new Map<string, Promise<string>>()
  const fileOf = (sha256: string): string => join(directory, sha256 + ENDING)
  const remove = (name: string): Promise<void> => rm(join(directory, name), { force: true })

  await mkdir(directory, { recursive: true })
  const names = await readdir(directory)
  await Promise.all(names.filter((name) => !name.endsWith(ENDING)).map(remove))
  const found = names
    .filter((name) => name.endsWith(ENDING))
    .map((name) => [name.slice(0, -ENDING.length), join(directory, name)] as const)

  const find = (sha256: string): Promise<string | undefined> =>
    stat(fileOf(sha256)).then(
      () => fileOf(sha256),
      () => undefined,
    )
  const make = async (sha256: string, arrow: string): Promise<string> => {
    const before = await find(sha256)
    if (before !== undefined) return before
    const file = fileOf(sha256)
    const incomplete = sha256 + INCOMPLETE
    await remove(incomplete)
    try {
      await build({ arrow, file: join(directory, incomplete) })
      await rename(join(directory, incomplete), file)
      return file
    } finally {
      await remove(incomplete)
      await remove(`${incomplete}.wal`)
    }
  }

  return {
    find,
    make: (sha256, arrow) => {
      const running = building.get(sha256)
      if (running !== undefined) return running
      const made = make(sha256, arrow).finally(() => building.delete(sha256))
      building.set(sha256, made)
      return made
    },
    found,
  }
}
