import duckdb from '@duckdb/node-bindings'
import type { Cells } from '../../arrow/table.ts'
import { inTurns } from '../../turns.ts'
import { readJson, readPlaces, readStrings } from './read-texts.ts'
import { readValidity } from './read-validity.ts'
import { CHUNKS_PER_TURN, chunksOf, type Slice, slicesOf } from './result-slices.ts'

export interface Read {
  readonly cells: Cells
  readonly valid: Uint8Array | undefined
}

/** Integer types whose values are numbers as they are. */
export type NarrowInteger = 'tinyint' | 'smallint' | 'integer'

/**
 * How a column lies in a result: by the SQL type of `SQL_TYPE` for the type of its values; as integers, which are the numbers; or
 * as SMALLINT, the places of texts.
 */
export type Form = Cells['type'] | { readonly integer: NarrowInteger } | { readonly texts: readonly string[] }

type Values = Float64Array | Int32Array | Int16Array | Int8Array | Uint8Array

/** Fills `values` with what the vectors hold, slot by slot. */
const readAsIs = async <T extends Values>(slices: readonly Slice[], values: T): Promise<T> => {
  const { buffer, BYTES_PER_ELEMENT: size } = values
  const bytes = new Uint8Array(buffer)
  await inTurns(slices, CHUNKS_PER_TURN, ({ vector, from, rows }) =>
    bytes.set(duckdb.vector_get_data(vector, rows * size), from * size),
  )
  return values
}

type ReadCells = (slices: readonly Slice[], total: number, valid: Uint8Array | undefined) => Promise<Cells>

const READ: Readonly<Record<Cells['type'], ReadCells>> = {
  number: async (slices, total) => ({ type: 'number', values: await readAsIs(slices, new Float64Array(total)) }),
  date: async (slices, total) => ({ type: 'date', values: await readAsIs(slices, new Float64Array(total)) }),
  boolean: async (slices, total) => ({ type: 'boolean', values: await readAsIs(slices, new Uint8Array(total)) }),
  string: readStrings,
  json: readJson,
}

const INTEGERS: Readonly<Record<NarrowInteger, (total: number) => Int32Array | Int16Array | Int8Array>> = {
  tinyint: (total) => new Int8Array(total),
  smallint: (total) => new Int16Array(total),
  integer: (total) => new Int32Array(total),
}

const readCells = async (
  form: Form,
  slices: readonly Slice[],
  total: number,
  valid: Uint8Array | undefined,
): Promise<Cells> => {
  if (typeof form === 'string') return READ[form](slices, total, valid)
  if ('integer' in form) return { type: 'number', values: await readAsIs(slices, INTEGERS[form.integer](total)) }
  return readPlaces(slices, total, valid, form.texts)
}

/**
 * Columns of a materialised result, without row objects. Gives way to the event loop in between.
 *
 * @param forms of its columns, from the first
 */
export const readResult = async (
  result: duckdb.Result,
  forms: readonly Form[],
): Promise<{ readonly rows: number; readonly columns: readonly Read[] }> => {
  const chunks = await chunksOf(result)
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0)
  const columns: Read[] = []
  for (const [column, form] of forms.entries()) {
    const slices = slicesOf(chunks, column)
    const valid = await readValidity(slices, rows)
    columns.push({ cells: await readCells(form, slices, rows, valid), valid })
  }
  return { rows, columns }
}
