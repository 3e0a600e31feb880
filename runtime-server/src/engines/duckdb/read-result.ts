import duckdb from '@duckdb/node-bindings'
import { bitmapBytes, isSet } from '../../arrow/bitmap.ts'
import type { Cells } from '../../arrow/table.ts'
import { createTextIndex } from '../../arrow/text-index.ts'
import { inTurns } from '../../turns.ts'
import { INLINE_BYTES, SLOT_BYTES } from './string-slots.ts'

/** Chunks of numbers, and of texts, that are read between two pauses for the event loop. */
const CHUNKS_PER_TURN = 64
const TEXTS_PER_TURN = 4

interface Read {
  readonly cells: Cells
  readonly valid: Uint8Array | undefined
}

interface Slice {
  readonly vector: duckdb.Vector
  readonly from: number
  readonly rows: number
}

interface Chunk {
  readonly chunk: duckdb.DataChunk
  readonly from: number
  readonly rows: number
}

const chunksOf = async (result: duckdb.Result): Promise<readonly Chunk[]> => {
  const chunks: Chunk[] = []
  let from = 0
  await inTurns([...Array(duckdb.result_chunk_count(result)).keys()], CHUNKS_PER_TURN * 4, (index) => {
    const chunk = duckdb.result_get_chunk(result, index)
    const rows = duckdb.data_chunk_get_size(chunk)
    chunks.push({ chunk, from, rows })
    from += rows
  })
  return chunks
}

const chunkSlices = (chunks: readonly Chunk[], column: number): readonly Slice[] =>
  chunks.map(({ chunk, from, rows }) => ({ vector: duckdb.data_chunk_get_vector(chunk, column), from, rows }))

const readValidity = async (slices: readonly Slice[], total: number): Promise<Uint8Array | undefined> => {
  let bitmap: Uint8Array | undefined
  await inTurns(slices, CHUNKS_PER_TURN, ({ vector, from, rows }) => {
    // DuckDB hands out whole 64-bit words; no validity at all means that every slot is valid.
    const words = duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8) as Uint8Array | null
    if (words === null || words.every((word) => word === 0xff)) return
    for (let at = 0; at < rows; at++) {
      if (isSet(words, at)) continue
      bitmap ??= new Uint8Array(bitmapBytes(total)).fill(0xff)
      const row = from + at
      bitmap[row >> 3] = (bitmap[row >> 3] ?? 0) & ~(1 << (row & 7))
    }
  })
  return bitmap
}

const readDoubles = async (slices: readonly Slice[], total: number): Promise<Float64Array> => {
  const values = new Float64Array(total)
  const bytes = new Uint8Array(values.buffer)
  await inTurns(slices, CHUNKS_PER_TURN, ({ vector, from, rows }) =>
    bytes.set(duckdb.vector_get_data(vector, rows * 8), from * 8),
  )
  return values
}

const readBooleans = async (slices: readonly Slice[], total: number): Promise<Uint8Array> => {
  const values = new Uint8Array(total)
  await inTurns(slices, CHUNKS_PER_TURN, ({ vector, from, rows }) =>
    values.set(duckdb.vector_get_data(vector, rows), from),
  )
  return values
}

type TakeBytes = (row: number, bytes: Buffer, start: number, end: number) => void

/** Calls `take` with the UTF-8 bytes of every valid slot. */
const eachText = (slices: readonly Slice[], valid: Uint8Array | undefined, take: TakeBytes): Promise<void> =>
  inTurns(slices, TEXTS_PER_TURN, ({ vector, from, rows }) => {
    const { buffer, byteOffset, byteLength } = duckdb.vector_get_data(vector, rows * SLOT_BYTES)
    const view = new DataView(buffer, byteOffset, byteLength)
    const slots = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
    for (let at = 0; at < rows; at++) {
      if (!isSet(valid, from + at)) continue
      const start = at * SLOT_BYTES
      const length = view.getUint32(start, true)
      if (length <= INLINE_BYTES) take(from + at, slots, start + 4, start + 4 + length)
      else {
        const text = duckdb.get_data_from_pointer(buffer as ArrayBuffer, byteOffset + start + 8, length)
        take(from + at, Buffer.from(text.buffer as ArrayBuffer, text.byteOffset, length), 0, length)
      }
    }
  })

const readStrings = async (slices: readonly Slice[], total: number, valid: Uint8Array | undefined): Promise<Cells> => {
  const codes = new Int32Array(total)
  const index = createTextIndex()
  await eachText(slices, valid, (row, bytes, start, end) => (codes[row] = index.addBytes(bytes, start, end)))
  return { type: 'string', codes, dictionary: index.dictionary() }
}

const readTexts = async (slices: readonly Slice[], total: number, valid: Uint8Array | undefined): Promise<Cells> => {
  const values = new Array<string>(total).fill('')
  await eachText(slices, valid, (row, bytes, start, end) => (values[row] = bytes.toString('utf8', start, end)))
  return { type: 'json', values }
}

const READ: Readonly<
  Record<Cells['type'], (slices: readonly Slice[], total: number, valid: Uint8Array | undefined) => Promise<Cells>>
> = {
  number: async (slices, total) => ({ type: 'number', values: await readDoubles(slices, total) }),
  date: async (slices, total) => ({ type: 'date', values: await readDoubles(slices, total) }),
  boolean: async (slices, total) => ({ type: 'boolean', values: await readBooleans(slices, total) }),
  string: readStrings,
  json: readTexts,
}

/**
 * Columns of a materialised result whose SQL types are those of `SQL_TYPE`, without row objects. Gives way to the event loop in
 * between.
 */
export const readResult = async (
  result: duckdb.Result,
  types: readonly Cells['type'][],
): Promise<{ readonly rows: number; readonly columns: readonly Read[] }> => {
  const chunks = await chunksOf(result)
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0)
  const columns: Read[] = []
  for (const [column, type] of types.entries()) {
    const slices = chunkSlices(chunks, column)
    const valid = await readValidity(slices, rows)
    columns.push({ cells: await READ[type](slices, rows, valid), valid })
  }
  return { rows, columns }
}
