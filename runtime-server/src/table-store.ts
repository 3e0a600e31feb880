import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { linkFile } from './tables/link-file.ts'
import { type Bytes, checkFile, receive } from './tables/receive.ts'

/** Uploaded tables on disk: Arrow IPC streams, named by the SHA-256 of their bytes. */
export interface TableStore {
  has(sha256: string): Promise<boolean>
  /**
   * Streams `body` to disk; rejects with `table-invalid` when the bytes do not hash to `sha256` or are no whole Arrow stream,
   * `too-large` over the limit. `present`: the table was there before (`body` is not read), or arrived twice at once.
   */
  put(sha256: string, body: Readable, signal: AbortSignal): Promise<'stored' | 'present'>
  /** The same for a file on this disk, which is checked and linked instead of copied; `bad-request` where that cannot be. */
  adopt(sha256: string, file: string, signal: AbortSignal): Promise<'stored' | 'present'>
  /**
   * The same, but resolves before the bytes are checked. Who asks for the table meanwhile waits for that; one whose bytes turn out
   * to be others was never there.
   */
  adoptEarly(sha256: string, file: string): Promise<'checking' | 'present'>
  /** Path of the file; undefined when there is no such table. */
  path(sha256: string): Promise<string | undefined>
  /** Was the table there when last looked for? Marks it as used; waits for the disk the first time only. */
  touch(sha256: string): Promise<boolean>
  /** The same at once; false when it takes the disk to tell. */
  holds(sha256: string): boolean
  /** The names of all tables, the one that was used last first. */
  latest(): readonly string[]
  /** A file that goes with a table: it counts as part of it, and leaves with it. */
  accompany(sha256: string, file: string, bytes: number): Promise<void>
  /** What lies on disk. */
  stats(): { readonly tables: number; readonly bytes: number; readonly evictions: number }
  /** Ends the checks that still go on. */
  close(): Promise<void>
}

export interface TableStoreOptions {
  readonly directory: string
  /** Of one table. */
  readonly maxTableBytes: number
  /** Of all tables together; the least recently used leaves first. */
  readonly maxTablesBytes: number
  /** A table that was adopted early turned out not to be what it was said to be. */
  readonly onRefused?: (sha256: string, cause: unknown) => void
}

const EXTENSION = '.arrow'
const INCOMING = 'incoming'
const TOUCH_MS = 60_000

/** Opens the directory, keeps the tables of an earlier run, and removes what that left half-written. */
export async function openTableStore(options: TableStoreOptions): Promise<TableStore> {
  const { directory } = options
  await rm(join(directory, INCOMING), { recursive: true, force: true })
  await mkdir(join(directory, INCOMING), { recursive: true })
  const sizes = new Map(await earlierTables(directory))
  const counts = { bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0), evictions: 0 }
  const limit = Math.min(options.maxTableBytes, options.maxTablesBytes)
  const fileOf = (sha256: string): string => join(directory, sha256 + EXTENSION)

  const touched = new Map<string, number>()
  const companions = new Map<string, string>()
  const checks = new Map<string, Promise<void>>()
  const closing = new AbortController()

  const forget = (sha256: string): void => {
    touched.delete(sha256)
    counts.bytes -= sizes.get(sha256) ?? 0
    sizes.delete(sha256)
    const companion = companions.get(sha256)
    companions.delete(sha256)
    // One that is still read, where that keeps it from being removed, is removed at the next start.
    if (companion !== undefined) void rm(companion, { force: true }).catch(() => undefined)
  }
  const makeRoom = async (): Promise<void> => {
    for (const [oldest] of [...sizes].slice(0, -1)) {
      if (counts.bytes <= options.maxTablesBytes) return
      forget(oldest)
      counts.evictions += 1
      await rm(fileOf(oldest), { force: true })
    }
  }
  const path = async (sha256: string): Promise<string | undefined> => {
    await checks.get(sha256)
    const size = sizes.get(sha256)
    if (size === undefined) return undefined
    const file = fileOf(sha256)
    sizes.delete(sha256)
    sizes.set(sha256, size)
    const now = new Date()
    const exists = await utimes(file, now, now).then(
      () => true,
      () => false,
    )
    if (exists) touched.set(sha256, now.getTime())
    else forget(sha256)
    return exists ? file : undefined
  }
  const holds = (sha256: string): boolean => {
    const size = sizes.get(sha256)
    const last = touched.get(sha256)
    if (size === undefined || last === undefined) return false
    if (Math.abs(Date.now() - last) >= TOUCH_MS) {
      touched.set(sha256, Date.now())
      // Never rejects, and a file that is gone is forgotten: who reads it asks for its path first.
      void path(sha256)
    }
    sizes.delete(sha256)
    sizes.set(sha256, size)
    return true
  }
  const touch = async (sha256: string): Promise<boolean> => holds(sha256) || (await path(sha256)) !== undefined
  const put = async (sha256: string, body: Readable, signal: AbortSignal): Promise<'stored' | 'present'> => {
    // The body outlives a refusal, so that the refusal can still be sent over its connection.
    const bytes: Bytes = body.iterator({ destroyOnReturn: false })
    return keep(sha256, async (incoming) => {
      // opened first: a stream that fails before it has opened its file would make it after it was removed
      const file = await open(incoming, 'wx')
      return receive(bytes, file.createWriteStream(), sha256, limit, signal)
    })
  }
  const adopt = (sha256: string, file: string, signal: AbortSignal): Promise<'stored' | 'present'> =>
    keep(sha256, async (incoming) => {
      await linkFile(file, incoming, limit)
      return checkFile(incoming, sha256, limit, signal)
    })
  const adoptEarly = async (sha256: string, file: string): Promise<'checking' | 'present'> => {
    if ((await path(sha256)) !== undefined) return 'present'
    const incoming = newIncoming()
    await linkFile(file, incoming, limit)
    const checked = settle(sha256, incoming, () => checkFile(incoming, sha256, limit, closing.signal))
      .then(
        () => undefined,
        (cause: unknown) => {
          if (!closing.signal.aborted) options.onRefused?.(sha256, cause)
        },
      )
      .then(() => {
        if (checks.get(sha256) === checked) checks.delete(sha256)
      })
    checks.set(sha256, checked)
    return 'checking'
  }
  const newIncoming = (): string => join(directory, INCOMING, randomUUID())
  const keep = async (sha256: string, fetch: (incoming: string) => Promise<number>): Promise<'stored' | 'present'> =>
    (await path(sha256)) === undefined ? settle(sha256, newIncoming(), fetch) : 'present'
  const settle = async (
    sha256: string,
    incoming: string,
    fetch: (incoming: string) => Promise<number>,
  ): Promise<'stored' | 'present'> => {
    try {
      const size = await fetch(incoming)
      await rename(incoming, fileOf(sha256))
      if (sizes.has(sha256)) return 'present'
      sizes.set(sha256, size)
      counts.bytes += size
      await makeRoom()
      return 'stored'
    } finally {
      await rm(incoming, { force: true })
    }
  }
  const accompany = async (sha256: string, file: string, bytes: number): Promise<void> => {
    const size = sizes.get(sha256)
    if (companions.has(sha256)) return
    if (size === undefined) return rm(file, { force: true })
    companions.set(sha256, file)
    sizes.set(sha256, size + bytes)
    counts.bytes += bytes
    await makeRoom()
  }

  await makeRoom()
  return {
    has: async (sha256) => (await path(sha256)) !== undefined,
    put,
    adopt,
    adoptEarly,
    path,
    touch,
    holds,
    latest: () => [...sizes.keys()].reverse(),
    accompany,
    stats: () => ({ tables: sizes.size, ...counts }),
    close: async () => {
      closing.abort()
      await Promise.all(checks.values())
    },
  }
}

/** Names and sizes of what an earlier run left, least recently used first. */
async function earlierTables(directory: string): Promise<readonly (readonly [string, number])[]> {
  const names = (await readdir(directory)).filter((name) => /^[0-9a-f]{64}\.arrow$/.test(name))
  const found = await Promise.all(names.map(async (name) => ({ name, ...(await fileState(join(directory, name))) })))
  return found
    .sort((left, right) => left.used - right.used)
    .map(({ name, size }) => [name.slice(0, -EXTENSION.length), size])
}

const fileState = async (file: string): Promise<{ readonly used: number; readonly size: number }> => {
  const { mtimeMs, size } = await stat(file)
  return { used: mtimeMs, size }
}
