/** Protects: numbers and texts are read as integers where these are the values, and as the values where they are not. */
import duckdb from '@duckdb/node-bindings'
import { type Column, storedTable, type StoredColumn } from '@magpie-vega/dataflow'
import { expect, test } from 'vitest'
import { isSet } from '../../src/arrow/bitmap.ts'
import { readValidity } from '../../src/engines/duckdb/read-validity.ts'
import { rowsQuery } from '../../src/engines/duckdb/rows-query.ts'

const column = (more: Partial<Column> = {}): Column => ({
  name: 'x',
  id: 'c0',
  type: 'number',
  nulls: true,
  nans: false,
  ...more,
})
const stored = {
  least: -1,
  most: 5,
  reached: true,
  infinities: false,
  integer: { id: 'i0', type: 'smallint' },
} as const
const formOf = (one: StoredColumn): unknown => {
  const relation = storedTable('t', [one], 'rn', 3)
  return rowsQuery(relation, relation.columns).forms[0]
}

test.each<[string, StoredColumn, unknown]>([
  ['finite whole numbers', { column: column(), stored }, { integer: 'smallint' }],
  ['numbers of which nothing is known', { column: column() }, 'number'],
  ['fractions', { column: column(), stored: { least: 0, most: 1, reached: true, infinities: false } }, 'number'],
  ['numbers and NaN', { column: column({ nans: true }), stored }, 'number'],
  ['numbers that may be NaN', { column: { name: 'x', id: 'c0', type: 'number', nulls: true }, stored }, 'number'],
  ['numbers and infinities', { column: column(), stored: { ...stored, infinities: true } }, 'number'],
  ['numbers and -0', { column: column(), stored: { ...stored, negativeZeros: true } }, 'number'],
  ['large integers', { column: column(), stored: { ...stored, integer: { id: 'i0', type: 'bigint' } } }, 'number'],
  ['dates', { column: column({ type: 'date' }), stored }, 'date'],
  [
    'few texts',
    { column: column({ type: 'string' }), code: { id: 'k0', dictionary: ['a', 'b'] }, derived: true },
    { texts: ['a', 'b'] },
  ],
  ['many texts', { column: column({ type: 'string' }) }, 'string'],
])('%s', (_what, one, form) => {
  expect(formOf(one)).toEqual(form)
})

test('a bitmap is read bit by bit where rows do not begin on a byte', async () => {
  const unset = [0, 8, 12, 13, 14, 20, 21, 76, 82]
  const parts = [
    { from: 0, rows: 13 },
    { from: 13, rows: 64 },
    { from: 77, rows: 6 },
  ]
  const slices = parts.map(({ from, rows }) => {
    const chunk = duckdb.create_data_chunk([duckdb.create_logical_type(duckdb.Type.DOUBLE)])
    duckdb.data_chunk_set_size(chunk, rows)
    const vector = duckdb.data_chunk_get_vector(chunk, 0)
    duckdb.vector_ensure_validity_writable(vector)
    const words = new Uint8Array(Math.ceil(rows / 64) * 8).fill(0xff)
    for (const row of unset) {
      const at = row - from
      if (at >= 0 && at < rows) words[at >> 3] = (words[at >> 3] ?? 0) & ~(1 << (at & 7))
    }
    duckdb.copy_data_to_vector_validity(vector, 0, words.buffer, 0, words.length)
    return { vector, from, rows, chunk }
  })
  const bitmap = await readValidity(slices, 83)
  const rows = Array.from({ length: 83 }, (_, row) => row)
  expect(rows.filter((row) => !isSet(bitmap, row))).toEqual(unset)
  expect(await readValidity([], 0)).toBeUndefined()
})
