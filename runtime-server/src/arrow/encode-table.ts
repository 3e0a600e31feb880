import { NULL_KEY, ROWS_KEY, TYPE_KEY } from '@magpie-vega/protocol'
import {
  Bool,
  type Data,
  Dictionary,
  Field,
  Float64,
  Int16,
  Int32,
  Int8,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  makeVector,
} from 'apache-arrow'
import { bitmapBytes, countUnset, isSet } from './bitmap.ts'
import { narrowed } from './narrow.ts'
import type { Cells, Table, Vector } from './table.ts'

/** Offsets of Utf8 are 32-bit. */
const MAX_TEXT_BYTES = 2 ** 31 - 1

interface Slots {
  readonly length: number
  readonly nullCount: number
  readonly nullBitmap: Uint8Array | null
}

const utf8Data = (slots: Slots, texts: (row: number) => string): Data<Utf8> => {
  const encoded = Array.from({ length: slots.length }, (_, row) => Buffer.from(texts(row), 'utf8'))
  const valueOffsets = new Int32Array(slots.length + 1)
  let end = 0
  encoded.forEach((bytes, row) => (valueOffsets[row + 1] = end += bytes.length))
  if (end > MAX_TEXT_BYTES) throw new RangeError('a column of text is larger than 2 GiB')
  return makeData({ type: new Utf8(), ...slots, valueOffsets, data: Buffer.concat(encoded, end) })
}

const bits = (values: Uint8Array): Uint8Array => {
  const packed = new Uint8Array(bitmapBytes(values.length))
  values.forEach((value, row) => {
    if (value === 1) packed[row >> 3] = (packed[row >> 3] ?? 0) | (1 << (row & 7))
  })
  return packed
}

/** Codes of few texts take a byte or two. */
const codesOf = (
  codes: Int32Array,
  texts: number,
): readonly [Int8 | Int16 | Int32, Int8Array | Int16Array | Int32Array] =>
  texts <= 128
    ? [new Int8(), new Int8Array(codes)]
    : texts <= 32_768
      ? [new Int16(), new Int16Array(codes)]
      : [new Int32(), codes]

const dictionaryData = (slots: Slots, codes: Int32Array, dictionary: readonly string[], id: number): Data => {
  const all = { length: dictionary.length, nullCount: 0, nullBitmap: null }
  const texts = utf8Data(all, (at) => dictionary[at] ?? '')
  const [indices, data] = codesOf(codes, dictionary.length)
  const type = new Dictionary(new Utf8(), indices, id)
  return makeData({ type, ...slots, data, dictionary: makeVector(texts) })
}

const stringData = (vector: Vector, slots: Slots, cells: Extract<Cells, { type: 'string' }>, id: number): Data => {
  const { codes, dictionary } = cells
  if (dictionary.length > 0 && dictionary.length * 2 <= slots.length)
    return dictionaryData(slots, codes, dictionary, id)
  return utf8Data(slots, (row) => (isSet(vector.valid, row) ? (dictionary[codes[row] ?? 0] ?? '') : ''))
}

const dataOf = (vector: Vector, length: number, id: number): Data => {
  const nullCount = countUnset(vector.valid, length)
  const slots = { length, nullCount, nullBitmap: nullCount === 0 ? null : (vector.valid ?? null) }
  const { cells } = vector
  switch (cells.type) {
    case 'number':
      return narrowed(cells.values, vector.valid, slots)
    case 'date':
      return makeData({ type: new Float64(), ...slots, data: cells.values })
    case 'boolean':
      return makeData({ type: new Bool(), ...slots, data: bits(cells.values) })
    case 'string':
      return stringData(vector, slots, cells, id)
    case 'json':
      return utf8Data(slots, (row) => cells.values[row] ?? '')
  }
}

const fieldOf = (vector: Vector, data: Data): Field =>
  new Field(
    vector.name,
    data.type,
    true,
    new Map([
      [TYPE_KEY, vector.cells.type],
      [NULL_KEY, vector.nulls],
    ]),
  )

/** The rows as an Arrow IPC stream, as protocol/table.ts describes it. */
export const encodeTable = (table: Table): Uint8Array => {
  const children = table.columns.map((vector, index) => dataOf(vector, table.rows, index + 1))
  const fields = table.columns.map((vector, index) => fieldOf(vector, children[index] ?? unreachable()))
  const schema = new Schema(fields, new Map([[ROWS_KEY, String(table.rows)]]))
  const rows = makeData({ type: new Struct(schema.fields), length: table.rows, nullCount: 0, children })
  const writer = new RecordBatchStreamWriter({ autoDestroy: true })
  writer.write(new RecordBatch(schema, rows))
  writer.finish()
  return writer.toUint8Array(true)
}

const unreachable = (): never => {
  throw new Error('a column without data')
}
