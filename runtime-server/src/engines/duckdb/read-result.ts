import duckdb from '@duckdb/node-bindings'
import { bitmapBytes, isSet } from '../../arrow/bitmap.ts'
import type { Cells } from '../../arrow/table.ts'
import { createTextIndex } from '../../arrow/text-index.ts'
import { INLINE_BYTES, SLOT_BYTES } from './string-slots.ts'

interface Read {
  readonly cells: Cells
  readonly valid: Uint8Array | undefined
}

interface Slice {
  readonly vector: duckdb.Vector
  readonly from: number
  readonly rows: number
}

const chunkSlices = (chunks: readonly duckdb.DataChunk[], column: number): readonly Slice[] => {
  let from = 0
  return chunks.map((chunk) => {
    const rows = duckdb.data_chunk_get_size(chunk)
    const slice = { vector: duckdb.data_chunk_get_vector(chunk, column), from, rows }
    from += rows
    return slice
  })
}

const readValidity = (slices: readonly Slice[], total: number): Uint8Array | undefined => {
  let bitmap: Uint8Array | undefined
  for (const { vector, from, rows } of slices) {
    // DuckDB hands out whole 64-bit words; no validity at all means that every slot is valid.
    const words = duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8) as Uint8Array | null
    if (words === null || words.every((word) => word === 0xff)) continue
    for (let at = 0; at < rows; at++) {
      if (isSet(words, at)) continue
      bitmap ??= new Uint8Array(bitmapBytes(total)).fill(0xff)
      const row = from + at
      bitmap[row >> 3] = (bitmap[row >> 3] ?? 0) & ~(1 << (row & 7))
    }
  }
  return bitmap
}

const readDoubles = (slices: readonly Slice[], total: number): Float64Array => {
  const values = new Float64Array(total)
  const bytes = new Uint8Array(values.buffer)
  for (const { vector, from, rows } of slices) bytes.set(duckdb.vector_get_data(vector, rows * 8), from * 8)
  return values
}

const readBooleans = (slices: readonly Slice[], total: number): Uint8Array => {
  const values = new Uint8Array(total)
  for (const { vector, from, rows } of slices) values.set(duckdb.vector_get_data(vector, rows), from)
  return values
}

type TakeBytes = (row: number, bytes: Buffer, start: number, end: number) => void

/** Calls `take` with the UTF-8 bytes of every valid slot. */
const eachText = (slices: readonly Slice[], valid: Uint8Array | undefined, take: TakeBytes): void => {
  for (const { vector, from, rows } of slices) {
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
  }
}

const readStrings = (slices: readonly Slice[], total: number, valid: Uint8Array | undefined): Cells => {
  const codes = new Int32Array(total)
  const index = createTextIndex()
  eachText(slices, valid, (row, bytes, start, end) => (codes[row] = index.addBytes(bytes, start, end)))
  return { type: 'string', codes, dictionary: index.dictionary() }
}

const readTexts = (slices: readonly Slice[], total: number, valid: Uint8Array | undefined): Cells => {
  const values = new Array<string>(total).fill('')
  eachText(slices, valid, (row, bytes, start, end) => (values[row] = bytes.toString('utf8', start, end)))
  return { type: 'json', values }
}

const READ: Readonly<
  Record<Cells['type'], (slices: readonly Slice[], total: number, valid: Uint8Array | undefined) => Cells>
> = {
  number: (slices, total) => ({ type: 'number', values: readDoubles(slices, total) }),
  date: (slices, total) => ({ type: 'date', values: readDoubles(slices, total) }),
  boolean: (slices, total) => ({ type: 'boolean', values: readBooleans(slices, total) }),
  string: readStrings,
  json: readTexts,
}

/** Columns of a materialised result whose SQL types are those of `SQL_TYPE`, without row objects. */
export const readResult = (
  result: duckdb.Result,
  types: readonly Cells['type'][],
): { readonly rows: number; readonly columns: readonly Read[] } => {
  const count = duckdb.result_chunk_count(result)
  const chunks = Array.from({ length: count }, (_, index) => duckdb.result_get_chunk(result, index))
  const rows = chunks.reduce((sum, chunk) => sum + duckdb.data_chunk_get_size(chunk), 0)
  const columns = types.map((type, column) => {
    const slices = chunkSlices(chunks, column)
    const valid = readValidity(slices, rows)
    return { cells: READ[type](slices, rows, valid), valid }
  })
  return { rows, columns }
}
