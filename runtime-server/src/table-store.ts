import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, lstat, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MagpieError } from '@magpie-vega/protocol'
import { reasonOf } from './cancellation.ts'
import { arrowFraming } from './tables/arrow-framing.ts'

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
}

export interface TableStoreOptions {
  readonly directory: string
  /** Of one table. */
  readonly maxTableBytes: number
  /** Of all tables together; the least recently used leaves first. */
  readonly maxTablesBytes: number
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
      await linkFile(file, incoming)
      return receive(createReadStream(incoming, { highWaterMark: READ_BYTES }), nowhere(), sha256, limit, signal)
    })
  const keep = async (sha256: string, fetch: (incoming: string) => Promise<number>): Promise<'stored' | 'present'> => {
    if ((await path(sha256)) !== undefined) return 'present'
    const incoming = join(directory, INCOMING, randomUUID())
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
    path,
    touch,
    holds,
    latest: () => [...sizes.keys()].reverse(),
    accompany,
    stats: () => ({ tables: sizes.size, ...counts }),
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

type Bytes = AsyncIterable<Buffer>

/** Bytes of a file that are hashed between two turns of the event loop. */
const READ_BYTES = 2 ** 20

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })

async function linkFile(file: string, target: string): Promise<void> {
  try {
    if (!(await lstat(file)).isFile()) throw new Error('It is not a regular file')
    await link(file, target)
  } catch (cause) {
    throw new MagpieError('bad-request', 'The file cannot be linked', {
      place: file,
      remedy: 'Send the bytes of the table.',
      cause,
    })
  }
}

/** Writes the body to `target`, checking it on the way; its size. */
async function receive(
  body: Bytes,
  target: Writable,
  sha256: string,
  limit: number,
  signal: AbortSignal,
): Promise<number> {
  const hash = createHash('sha256')
  const framing = arrowFraming()
  let size = 0
  const check = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > limit) throw tooLarge(limit)
      framing.push(chunk)
      hash.update(chunk)
      yield chunk
    }
    framing.end()
  }
  try {
    await pipeline(body, check, target, { signal })
  } catch (error) {
    throw signal.aborted ? reasonOf(signal) : uploadError(error)
  }
  if (hash.digest('hex') === sha256) return size
  throw new MagpieError('table-invalid', 'The bytes do not hash to the name of the table', {
    place: sha256,
    remedy: 'Send the table again.',
  })
}

const tooLarge = (limit: number): MagpieError =>
  new MagpieError('too-large', `The table is larger than ${limit} bytes`, {
    place: 'maxTableBytes',
    remedy: 'Aggregate or filter the data first, or raise maxTableBytes and maxTablesBytes of the service.',
  })

function uploadError(error: unknown): MagpieError {
  if (error instanceof MagpieError) return error
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new MagpieError('overloaded', 'The disk of the service is full', {
      place: 'dataDir',
      remedy: 'Free space, or lower maxTablesBytes.',
      cause: error,
    })
  }
  return new MagpieError('table-invalid', 'The upload broke off', {
    place: 'body',
    remedy: 'Send the table again.',
    cause: error,
  })
}
