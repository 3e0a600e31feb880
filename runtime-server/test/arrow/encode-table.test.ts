/** Protects: the bytes that we send decode to the same rows, whatever they hold. */
import { tableFromIPC } from 'apache-arrow'
import { expect, test } from 'vitest'
import { encodeTable } from '../../src/arrow/encode-table.ts'
import { tableFromRows } from '../../src/arrow/rows-to-table.ts'
import { decodeTable } from '../decode-table.ts'

const rows = [
  { n: 1.5, s: 'a', b: true, d: new Date(5), j: { a: [1] }, gone: 1 },
  { n: Number.NaN, s: 'a', b: null, d: new Date(Number.NaN), j: null },
  { n: -0, s: 'é🎉', b: false, d: null, j: undefined, gone: 3 },
  { n: null, s: null, b: true, d: new Date(-1) },
]

test('rows of every type', () => {
  expect(decodeTable(encodeTable(tableFromRows(rows)))).toStrictEqual(rows)
})

test('many rows, with a dictionary and with distinct texts', () => {
  const many = Array.from({ length: 5000 }, (_, index) => ({ ...rows[index % 4], id: `row ${index}` }))
  expect(decodeTable(encodeTable(tableFromRows(many)))).toStrictEqual(many)
})

test('no rows; rows without columns', () => {
  expect(decodeTable(encodeTable(tableFromRows([])))).toEqual([])
  expect(decodeTable(encodeTable(tableFromRows([{}, {}])))).toEqual([{}, {}])
})

test('rows that are no objects have the property `data`', () => {
  expect(decodeTable(encodeTable(tableFromRows([1, null, 'x'])))).toEqual([{ data: 1 }, { data: null }, { data: 'x' }])
})

test('only the columns asked for, in the order of the rows', () => {
  expect(decodeTable(encodeTable(tableFromRows(rows, ['s', 'nowhere', 'n'])))[0]).toEqual({ n: 1.5, s: 'a' })
})

test('numbers take as few bytes as they need, and come back to the last bit', () => {
  const edges = {
    small: [0, 127, -128],
    medium: [0, 128, -32_768],
    large: [0, 32_768, -(2 ** 31)],
    single: [0.5, 16_777_216, Number.POSITIVE_INFINITY],
    double: [0.1, 1, 2],
    wide: [2 ** 31, 1, 16_777_217],
    zero: [-0, 0, 1],
    missing: [null, 3, null],
    unknown: [Number.NaN, 1, 2.5],
  }
  const few = [0, 1, 2].map((at) => Object.fromEntries(Object.entries(edges).map(([name, list]) => [name, list[at]])))
  const bytes = encodeTable(tableFromRows(few as never))
  expect(decodeTable(bytes)).toStrictEqual(few)
  const types = tableFromIPC(bytes).schema.fields.map(({ name, type }) => `${name} ${String(type)}`)
  expect(types).toEqual([
    'small Int8',
    'medium Int16',
    'large Int32',
    'single Float32',
    'double Float64',
    'wide Float64',
    'zero Float32',
    'missing Int8',
    'unknown Float32',
  ])
})

test.each([
  [new Int32Array([1, 2, -128]), 'Int8'],
  [new Int32Array([1, 200, -128]), 'Int16'],
  [new Int32Array([200, 2, 40_000]), 'Int32'],
  [new Int32Array([40_000, 2, 200]), 'Int32'],
  [new Int16Array([127, 2, 3]), 'Int8'],
  [new Int16Array([1, 2, -129]), 'Int16'],
  [new Int8Array([1, 2, 3]), 'Int8'],
])('integers take as few bytes as they need, too: %o', (values, type) => {
  const vector = { name: 'n', cells: { type: 'number', values }, valid: undefined, nulls: 'null' } as const
  const bytes = encodeTable({ rows: 3, columns: [vector] })
  expect(decodeTable(bytes)).toEqual(Array.from(values, (n) => ({ n })))
  expect(String(tableFromIPC(bytes).schema.fields[0]?.type)).toBe(type)
})

test('what an invalid slot holds does not widen a column', () => {
  const cells = { type: 'number', values: new Int32Array([1, 70_000, 3]) } as const
  const bytes = encodeTable({ rows: 3, columns: [{ name: 'n', cells, valid: Uint8Array.of(0b101), nulls: 'null' }] })
  expect(decodeTable(bytes)).toEqual([{ n: 1 }, { n: null }, { n: 3 }])
  expect(String(tableFromIPC(bytes).schema.fields[0]?.type)).toBe('Int8')
})
