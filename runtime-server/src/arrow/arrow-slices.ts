import {
  Message,
  MessageHeader,
  type RecordBatch,
  type Schema,
  tableFromIPC,
  type Table as ArrowTable,
} from 'apache-arrow'
import { type FileHandle, open } from 'node:fs/promises'
import type { Instant } from './arrow-values.ts'
import { readArrowTable } from './read-arrow.ts'
import type { Table } from './table.ts'

/** Where a message of an Arrow IPC stream lies in its file. */
interface Part {
  readonly kind: 'schema' | 'dictionary' | 'batch'
  readonly start: number
  readonly end: number
  /** Of a batch. */
  readonly rows: number
}

const PREFIX_BYTES = 8

const read = async (file: FileHandle, start: number, end: number): Promise<Buffer> => {
  const bytes = Buffer.allocUnsafeSlow(end - start)
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, start + at)
    if (bytesRead === 0) throw new Error('The Arrow file ends too early')
    at += bytesRead
  }
  return bytes
}

const KINDS: Readonly<Partial<Record<MessageHeader, Part['kind']>>> = {
  [MessageHeader.Schema]: 'schema',
  [MessageHeader.DictionaryBatch]: 'dictionary',
  [MessageHeader.RecordBatch]: 'batch',
}

const partsOf = async (file: FileHandle): Promise<readonly Part[]> => {
  const parts: Part[] = []
  const { size } = await file.stat()
  for (let start = 0; start + PREFIX_BYTES <= size;) {
    const length = (await read(file, start, start + PREFIX_BYTES)).readInt32LE(4)
    if (length === 0) break
    const body = start + PREFIX_BYTES + length
    const message = Message.decode(await read(file, start + PREFIX_BYTES, body))
    const kind = KINDS[message.headerType]
    if (kind === undefined) throw new Error('A message is neither a record batch nor a dictionary')
    const end = body + message.bodyLength
    const rows = message.isRecordBatch() ? (message.header() as unknown as RecordBatch['data']).length : 0
    parts.push({ kind, start, end, rows })
    start = end
  }
  return parts
}

/** Batches in turn, as many together as have at least so many rows. */
const groupsOf = (batches: readonly Part[], rowsPerSlice: number): readonly (readonly Part[])[] => {
  const groups: Part[][] = [[]]
  let rows = 0
  for (const batch of batches) {
    if (rows >= rowsPerSlice) {
      groups.push([])
      rows = 0
    }
    groups.at(-1)?.push(batch)
    rows += batch.rows
  }
  return groups
}

/** A stream of its own out of parts of the file; those that follow each other are read at once. */
const decode = async (file: FileHandle, parts: readonly Part[]): Promise<ArrowTable> => {
  const runs: { start: number; end: number }[] = []
  for (const { start, end } of parts) {
    const last = runs.at(-1)
    if (last?.end === start) last.end = end
    else runs.push({ start, end })
  }
  const bytes = await Promise.all(runs.map(({ start, end }) => read(file, start, end)))
  const [only] = bytes
  return tableFromIPC(bytes.length === 1 && only !== undefined ? only : Buffer.concat(bytes))
}

const opened = async function* <T>(path: string, work: (file: FileHandle) => AsyncIterable<T>): AsyncGenerator<T> {
  const file = await open(path)
  try {
    yield* work(file)
  } finally {
    await file.close()
  }
}

/** The schema of an Arrow IPC stream on disk. */
export const arrowSchema = async (path: string): Promise<Schema> => {
  const file = await open(path)
  try {
    const parts = await partsOf(file)
    return (await decode(file, parts.filter(({ kind }) => kind === 'schema').slice(0, 1))).schema
  } finally {
    await file.close()
  }
}

/**
 * The rows of an Arrow IPC stream on disk, some batches at a time, so that a file of any size passes through bounded memory:
 * slices have `rowsPerSlice` rows or up to a batch more, the last one fewer. As `readArrow`; without rows, there is one empty slice.
 */
export const arrowSlices = (
  path: string,
  wanted: readonly string[],
  instant: Instant,
  rowsPerSlice: number,
): AsyncIterable<Table> =>
  opened(path, async function* (file) {
    const parts = await partsOf(file)
    for (const group of groupsOf(
      parts.filter(({ kind }) => kind === 'batch'),
      rowsPerSlice,
    )) {
      const end = group.at(-1)?.end ?? Infinity
      const before = parts.filter(({ kind, start }) => kind !== 'batch' && start < end)
      yield readArrowTable(await decode(file, [...before, ...group].sort(byStart)), wanted, instant)
    }
  })

const byStart = (left: Part, right: Part): number => left.start - right.start
