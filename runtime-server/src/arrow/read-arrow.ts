import { encodeCell, MagpieError } from '@magpie-vega/protocol'
import { type Data, DataType, type Table as ArrowTable, tableFromIPC, type Vector as ArrowVector } from 'apache-arrow'
import { setImmediate } from 'node:timers/promises'
import { type ArrowValues, arrowValues, type Instant } from './arrow-values.ts'
import { bitmapBytes, bitmapOf } from './bitmap.ts'
import { bulkNumbers, type WriteNumbers } from './bulk-numbers.ts'
import type { Cells, Table, Vector } from './table.ts'
import { createTextIndex, type TextIndex } from './text-index.ts'
import { toScalar } from './to-scalar.ts'

interface Chunk {
  readonly data: Data
  readonly start: number
}

const chunksOf = (vector: ArrowVector): readonly Chunk[] => {
  let start = 0
  return vector.data.map((data: Data) => {
    const chunk = { data, start }
    start += data.length
    return chunk
  })
}

/** How the values of a column are read: one by one, and where that is possible many at a time. */
interface Reading {
  readonly values: ArrowValues
  readonly bulk: WriteNumbers | undefined
}

/** Slots between two pauses for the event loop. */
const SLOTS_PER_TURN = 100_000

/** Calls `take` for every valid slot of a chunk. */
const eachSlot = async ({ data }: Chunk, take: (at: number) => void): Promise<void> => {
  const whole = data.nullCount === 0
  for (let from = 0; from < data.length; from += SLOTS_PER_TURN) {
    const end = Math.min(from + SLOTS_PER_TURN, data.length)
    for (let at = from; at < end; at++) if (whole || data.getValid(at)) take(at)
    await setImmediate()
  }
}

const eachValue = async (
  chunks: readonly Chunk[],
  values: ArrowValues,
  take: (row: number, value: unknown) => void,
): Promise<void> => {
  for (const chunk of chunks) {
    const read = values.reader(chunk.data)
    await eachSlot(chunk, (at) => take(chunk.start + at, read(at)))
  }
}

const numberCells = async (
  chunks: readonly Chunk[],
  { values, bulk }: Reading,
  rows: number,
): Promise<Float64Array<ArrayBuffer>> => {
  const target = new Float64Array(rows)
  for (const chunk of chunks) {
    if (bulk === undefined) await eachValue([chunk], values, (row, value) => (target[row] = Number(value)))
    else {
      bulk(chunk.data, target, chunk.start)
      if (chunk.data.length >= SLOTS_PER_TURN) await setImmediate()
    }
  }
  return target
}

/** Codes of a chunk's texts: by their bytes, by the codes of its dictionary, else by their text. */
const textCodes = ({ data }: Chunk, values: ArrowValues, index: TextIndex): ((at: number) => number) => {
  const raw: unknown = data.values
  if (DataType.isUtf8(data.type) && raw instanceof Uint8Array) {
    const bytes = Buffer.from(raw.buffer as ArrayBuffer, raw.byteOffset, raw.byteLength)
    const offsets = data.valueOffsets
    return (at) => index.addBytes(bytes, offsets[at] ?? 0, offsets[at + 1] ?? 0)
  }
  const read = values.reader(data)
  if (!DataType.isDictionary(data.type)) return (at) => index.add(String(read(at)))
  const own = raw as ArrayLike<number | bigint>
  const known: (number | undefined)[] = []
  return (at) => (known[Number(own[at])] ??= index.add(String(read(at))))
}

const textCells = async (chunks: readonly Chunk[], { values }: Reading, rows: number): Promise<Cells> => {
  const codes = new Int32Array(rows)
  const index = createTextIndex()
  for (const chunk of chunks) {
    const codeAt = textCodes(chunk, values, index)
    await eachSlot(chunk, (at) => (codes[chunk.start + at] = codeAt(at)))
  }
  return { type: 'string', codes, dictionary: index.dictionary() }
}

const CELLS: Readonly<
  Record<Cells['type'], (chunks: readonly Chunk[], reading: Reading, rows: number) => Promise<Cells>>
> = {
  number: async (chunks, reading, rows) => ({ type: 'number', values: await numberCells(chunks, reading, rows) }),
  date: async (chunks, reading, rows) => ({ type: 'date', values: await numberCells(chunks, reading, rows) }),
  boolean: async (chunks, { values }, rows) => {
    const cells = new Uint8Array(rows)
    await eachValue(chunks, values, (row, value) => (cells[row] = value === true ? 1 : 0))
    return { type: 'boolean', values: cells }
  },
  string: textCells,
  json: async (chunks, { values }, rows) => {
    const cells = new Array<string>(rows).fill('')
    await eachValue(chunks, values, (row, value) => (cells[row] = encodeCell(toScalar(value))))
    return { type: 'json', values: cells }
  },
}

const startsOnByte = ({ data, start }: Chunk): boolean => start % 8 === 0 && data.offset % 8 === 0

const joinedBitmaps = (chunks: readonly Chunk[], rows: number): Uint8Array => {
  const joined = new Uint8Array(bitmapBytes(rows))
  for (const { data, start } of chunks) {
    const [from, length] = [data.offset >> 3, bitmapBytes(data.length)]
    const target = joined.subarray(start >> 3, (start >> 3) + length)
    if (data.nullCount === 0) target.fill(0xff)
    else target.set(data.nullBitmap.subarray(from, from + length))
  }
  return joined
}

/** Null slots, and those whose dictionary entry is null. */
const validityOf = async (
  chunks: readonly Chunk[],
  values: ArrowValues,
  rows: number,
): Promise<Uint8Array | undefined> => {
  if (chunks.every(({ data }) => DataType.isNull(data.type))) return bitmapOf(rows, () => false)
  const entriesMayBeNull = chunks.some(({ data }) => (data.dictionary?.nullCount ?? 0) > 0)
  if (!entriesMayBeNull && chunks.every(({ data }) => data.nullCount === 0)) return undefined
  if (!entriesMayBeNull && chunks.every(startsOnByte)) return joinedBitmaps(chunks, rows)
  const valid = new Uint8Array(rows)
  for (const chunk of chunks) {
    const read = entriesMayBeNull ? values.reader(chunk.data) : () => undefined
    await eachSlot(chunk, (at) => (valid[chunk.start + at] = read(at) === null ? 0 : 1))
  }
  return bitmapOf(rows, (row) => valid[row] === 1)
}

const unsupported = (name: string, type: string): MagpieError =>
  new MagpieError('unsupported', `The column ${name} has the type ${type}, which a chart cannot show`, {
    place: name,
    remedy: 'Convert the column to numbers, text or timestamps, or leave it out.',
  })

const vectorOf = async (name: string, column: ArrowVector, rows: number, instant: Instant): Promise<Vector> => {
  const values = arrowValues(column.type, instant)
  if (values === undefined) throw unsupported(name, String(column.type))
  const chunks = chunksOf(column)
  const valid = await validityOf(chunks, values, rows)
  const reading = { values, bulk: bulkNumbers(column.type, instant) }
  return { name, cells: await CELLS[values.type](chunks, reading, rows), valid, nulls: 'null' }
}

/** The rows of a decoded table, with the columns wanted; as `readArrow`. */
export const readArrowTable = async (
  table: ArrowTable,
  wanted: 'all' | readonly string[],
  instant: Instant,
): Promise<Table> => {
  const columns: Vector[] = []
  for (const [index, field] of table.schema.fields.entries()) {
    if (wanted !== 'all' && !wanted.includes(field.name)) continue
    const column = table.getChildAt(index)
    if (column === null) throw unsupported(field.name, String(field.type))
    columns.push(await vectorOf(field.name, column, table.numRows, instant))
  }
  return { rows: table.numRows, columns }
}

/** The least that a stream has: the prefix of its first message. */
const PREFIX_BYTES = 8

const decode = (bytes: Uint8Array) => {
  try {
    if (bytes.length < PREFIX_BYTES) throw new Error('it is empty')
    return tableFromIPC(bytes)
  } catch (cause) {
    throw new MagpieError(
      'table-invalid',
      `The Arrow data cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        remedy: 'Write the table again, as an uncompressed Arrow IPC stream or file.',
        cause,
      },
    )
  }
}

/**
 * The rows of an Arrow IPC stream or file, with the columns wanted. Integers of any width and decimals become numbers,
 * dictionaries what they hold, lists and structs nested values. A timestamp with a zone is an instant; dates and timestamps without one are wall times,
 * made instants by `instant`. Throws `table-invalid`, and `unsupported` with the name of the column.
 */
export const readArrow = async (
  bytes: Uint8Array,
  wanted: 'all' | readonly string[],
  instant: Instant,
): Promise<Table> => readArrowTable(decode(bytes), wanted, instant)
