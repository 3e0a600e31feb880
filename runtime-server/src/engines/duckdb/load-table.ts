import duckdb from '@duckdb/node-bindings'
import { setImmediate } from 'node:timers/promises'
import { bitmapBytes } from '../../arrow/bitmap.ts'
import type { Cells, Table } from '../../arrow/table.ts'
import { SLOT_BYTES, stringSlots } from './string-slots.ts'

/** Rows of a chunk: DuckDB's vector size, and a multiple of 8 so that bitmaps start on a byte. */
const CHUNK_ROWS = 2048
/** Chunks between two pauses for the event loop. */
const CHUNKS_PER_TURN = 16

type Write = (vector: duckdb.Vector, from: number, rows: number) => void

export const SQL_TYPE: Readonly<Record<Cells['type'], string>> = {
  number: 'double',
  date: 'double',
  boolean: 'boolean',
  string: 'varchar',
  json: 'varchar',
}

const LOGICAL_TYPE: Readonly<Record<Cells['type'], duckdb.Type>> = {
  number: duckdb.Type.DOUBLE,
  date: duckdb.Type.DOUBLE,
  boolean: duckdb.Type.BOOLEAN,
  string: duckdb.Type.VARCHAR,
  json: duckdb.Type.VARCHAR,
}

type Bytes = Float64Array | Uint8Array | Int32Array

const copy = (vector: duckdb.Vector, values: Bytes, from: number, rows: number): void => {
  const { buffer, byteOffset, BYTES_PER_ELEMENT: size } = values
  duckdb.copy_data_to_vector(vector, 0, buffer as ArrayBuffer, byteOffset + from * size, rows * size)
}

const textWriter = (
  textAt: (row: number) => number,
  dictionary: readonly string[],
  valid: (row: number) => boolean,
): Write => {
  const { inline, long } = stringSlots(dictionary)
  const words = new Float64Array(inline.buffer)
  const slots = new Uint8Array(CHUNK_ROWS * SLOT_BYTES)
  const target = new Float64Array(slots.buffer)
  const hasLong = long.some((text) => text !== undefined)
  return (vector, from, rows) => {
    for (let at = 0; at < rows; at++) {
      const text = textAt(from + at)
      target[at * 2] = words[text * 2] ?? 0
      target[at * 2 + 1] = words[text * 2 + 1] ?? 0
    }
    copy(vector, slots, 0, rows * SLOT_BYTES)
    if (!hasLong) return
    for (let at = 0; at < rows; at++) {
      const bytes = long[textAt(from + at)]
      if (bytes !== undefined && valid(from + at)) duckdb.vector_assign_string_element_len(vector, at, bytes)
    }
  }
}

/** Slots as the vectors have them: DOUBLE for numbers. */
const slotsOf = ({ values }: Extract<Cells, { type: 'number' | 'date' | 'boolean' }>): Float64Array | Uint8Array =>
  values instanceof Float64Array || values instanceof Uint8Array ? values : new Float64Array(values)

const writer = (cells: Cells, valid: (row: number) => boolean): Write => {
  if (cells.type === 'string') return textWriter((row) => cells.codes[row] ?? 0, cells.dictionary, valid)
  if (cells.type === 'json') return textWriter((row) => row, cells.values, valid)
  const slots = slotsOf(cells)
  return (vector, from, rows) => copy(vector, slots, from, rows)
}

const writeValidity = (vector: duckdb.Vector, valid: Uint8Array, from: number, rows: number): void => {
  duckdb.vector_ensure_validity_writable(vector)
  const { buffer, byteOffset } = valid
  duckdb.copy_data_to_vector_validity(vector, 0, buffer as ArrayBuffer, byteOffset + (from >> 3), bitmapBytes(rows))
}

const rowNumbers = new Int32Array(CHUNK_ROWS)
const writeRowNumbers: Write = (vector, from, rows) => {
  for (let at = 0; at < rows; at++) rowNumbers[at] = from + at
  copy(vector, rowNumbers, 0, rows)
}

/**
 * Appends the rows to an existing table of the columns' types, followed by an INTEGER row number. Copies typed arrays into
 * data chunks, and gives way to the event loop in between.
 */
export const appendTable = async (
  connection: duckdb.Connection,
  name: string,
  table: Table,
  signal: AbortSignal,
): Promise<void> => {
  const types = table.columns.map(({ cells }) => duckdb.create_logical_type(LOGICAL_TYPE[cells.type]))
  const writers = table.columns.map(({ cells, valid }) =>
    writer(cells, (row) => valid === undefined || (((valid[row >> 3] ?? 0) >> (row & 7)) & 1) === 1),
  )
  const order = table.columns.length
  const appender = duckdb.appender_create(connection, null, name)
  const allTypes = [...types, duckdb.create_logical_type(duckdb.Type.INTEGER)]
  try {
    for (let from = 0, turn = 1; from < table.rows; from += CHUNK_ROWS, turn++) {
      const rows = Math.min(CHUNK_ROWS, table.rows - from)
      const chunk = duckdb.create_data_chunk(allTypes)
      duckdb.data_chunk_set_size(chunk, rows)
      table.columns.forEach(({ valid }, index) => {
        const vector = duckdb.data_chunk_get_vector(chunk, index)
        if (valid !== undefined) writeValidity(vector, valid, from, rows)
        writers[index]?.(vector, from, rows)
      })
      writeRowNumbers(duckdb.data_chunk_get_vector(chunk, order), from, rows)
      duckdb.append_data_chunk(appender, chunk)
      if (turn % CHUNKS_PER_TURN === 0) {
        await setImmediate()
        signal.throwIfAborted()
      }
    }
  } finally {
    duckdb.appender_close_sync(appender)
  }
}
