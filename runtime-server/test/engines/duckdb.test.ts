/** Protects: rows survive the way into DuckDB and out again, every type, null and long text; statements can be cancelled. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsFromTable } from '../../src/arrow/table-to-rows.ts'
import { tableFromRows } from '../../src/arrow/rows-to-table.ts'
import { openDuckdb } from '../../src/engines/duckdb.ts'
import type { Engine } from '../../src/engines/engine.ts'

const never = new AbortController().signal
let engine: Engine
beforeAll(async () => {
  engine = await openDuckdb({ memoryLimit: '1GB', threads: 2, tempDirectory: '', maxQueries: 2 })
})
afterAll(() => engine.close())

const there = async (rows: readonly unknown[]): Promise<unknown> => {
  const loaded = await engine.load(tableFromRows(rows), never)
  const table = await engine.rows(loaded.relation, 'all', never)
  await loaded.drop()
  return rowsFromTable(table)
}

const edge = [
  { n: 1.5, s: '', b: true, d: new Date(5), j: { a: [1] } },
  { n: Number.NaN, s: 'twelve bytes', b: null, d: new Date(Number.NaN), j: null },
  { n: -0, s: 'thirteen byte', b: false, d: null, j: undefined },
  { n: Infinity, s: null, b: true, d: new Date(-1), j: 'x' },
  { n: null, s: 'é🎉 and a longer text with\0nul', b: true, d: new Date(9) },
  { n: 5e-324, s: '\ufeffbom', b: true, d: new Date(9), j: 7 },
]

test('edge values survive', async () => {
  expect(await there(edge)).toStrictEqual(edge)
})

test('many chunks survive, in order', async () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => ({ ...edge[index % edge.length], index }))
  expect(await there(rows)).toStrictEqual(rows)
})

test('integers that came out go in again', async () => {
  const values = Int16Array.from({ length: 5000 }, (_, row) => row - 2500)
  const cells = { type: 'number', values } as const
  const loaded = await engine.load(
    { rows: 5000, columns: [{ name: 'n', cells, valid: undefined, nulls: 'null' }] },
    never,
  )
  expect(rowsFromTable(await engine.rows(loaded.relation, 'all', never))).toEqual(Array.from(values, (n) => ({ n })))
  await loaded.drop()
})

test('a text with a lone surrogate survives', async () => {
  expect(await there([{ s: '\ud800x' }, { s: 'y' }])).toEqual([{ s: '\ud800x' }, { s: 'y' }])
})

test('no rows, and no columns', async () => {
  expect(await there([])).toEqual([])
  expect(await there([{}, {}])).toEqual([{}, {}])
})

test.each(['cars.json', 'movies.json', 'barley.json', 'penguins.json'])('%s survives', async (name) => {
  const path = new URL(`../../../node_modules/vega-datasets/data/${name}`, import.meta.url)
  const rows: unknown = JSON.parse(await readFile(path, 'utf8'))
  expect(await there(rows as readonly unknown[])).toStrictEqual(rows)
})

test('a cancelled statement stops, and the next one is not touched', async () => {
  const rows = Array.from({ length: 60_000 }, (_, index) => ({ index }))
  const [left, right] = [await engine.load(tableFromRows(rows), never), await engine.load(tableFromRows(rows), never)]
  const column = (loaded: typeof left) => ({ kind: 'column', id: loaded.relation.columns[0]?.id ?? '' }) as const
  const pairs = { kind: 'join', type: 'cross', left: left.relation.query, right: right.relation.query } as const
  const product = {
    kind: 'call',
    name: 'sqrt',
    args: [{ kind: 'binary', op: '*', left: column(left), right: column(right) }],
  } as const
  const sum = { kind: 'aggregate', name: 'sum', args: [product] } as const
  const cancel = new AbortController()
  const long = engine.rows(
    { columns: [], query: { kind: 'select', from: pairs, columns: [{ id: 'x1', expr: sum }] }, order: 'x1' },
    'all',
    cancel.signal,
  )
  setTimeout(() => cancel.abort(), 50)
  await expect(long).rejects.toMatchObject({ code: 'cancelled' })
  await Promise.all([left.drop(), right.drop()])
  expect(await there(edge)).toStrictEqual(edge)
})

test('no file is in reach', async () => {
  const path = fileURLToPath(new URL('../../../node_modules/vega-datasets/data/stocks.csv', import.meta.url))
  const read = engine.rows({ columns: [], query: { kind: 'table', name: path }, order: 'x1' }, 'all', never)
  await expect(read).rejects.toMatchObject({ code: 'internal', message: expect.stringMatching(/disabled/) as unknown })
})

test('an engine that is closed while connections are being made ends them first', async () => {
  for (let round = 0; round < 20; round++) {
    const closing = await openDuckdb({ memoryLimit: '1GB', threads: 2, tempDirectory: '', maxQueries: 4 })
    const loads = [1, 2, 3, 4].map((n) => closing.load(tableFromRows([{ n }]), never))
    const ended = Promise.allSettled(loads)
    for (let turn = 0; turn < round; turn++) await Promise.resolve()
    await closing.close()
    const codes = (await ended).map((one) =>
      one.status === 'rejected' ? (one.reason as { code: string }).code : 'done',
    )
    expect(codes.filter((code) => code !== 'stopping')).toEqual([])
  }
})
