// Protects: a file of columns gives the values that the Arrow stream gives, in every zone, whatever their type; and says what it lacks.
import { DateMillisecond, Field, Int32, List, TimeMillisecond, TimestampMillisecond } from 'apache-arrow'
import { instantOf, zoneNamed } from '@magpie-vega/dataflow'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readArrow } from '../src/arrow/read-arrow.ts'
import { rowsFromTable } from '../src/arrow/table-to-rows.ts'
import { buildColumns } from '../src/columns/build-columns.ts'
import { openDuckdb } from '../src/engines/duckdb.ts'
import { arrowStream, DAY, EVERYTHING } from './every-type.ts'

const never = new AbortController().signal

const openFile = async (bytes: Uint8Array) => {
  const directory = await mkdtemp(join(tmpdir(), 'magpie-test-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const [arrow, file] = [join(directory, 'table.arrow'), join(directory, 'table.duckdb')]
  await writeFile(arrow, bytes)
  const means = { memoryLimit: '1GB', threads: 2, tempDirectory: '', directory }
  await buildColumns({ ...means, arrow, file })
  const engine = await openDuckdb({ ...means, maxQueries: 2 })
  onTestFinished(() => engine.close())
  return { engine, attached: await engine.attach(file, never) }
}

const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']

test.each(ZONES)('every type of column reads as the Arrow stream does in %s', async (timeZone) => {
  const bytes = arrowStream(EVERYTHING, 3)
  const { engine, attached } = await openFile(bytes)
  const zone = zoneNamed(timeZone)
  const expected = rowsFromTable(await readArrow(bytes, 'all', (wall) => instantOf(zone, wall)))
  const relation = attached.relation(timeZone)
  if (relation === undefined) throw new Error('The file has no relation')
  expect(attached.omitted).toEqual([])
  expect(attached.rows).toBe(expected.length)
  expect(rowsFromTable(await engine.rows(relation, 'all', never))).toEqual(expected)
  for (const { id, type, nulls, nans, whole } of relation.columns) {
    const values = expected.map((row) => row[relation.columns.find((one) => one.id === id)?.name ?? ''])
    if (values.includes(null)) expect(nulls).toBe(true)
    if (type !== 'number') continue
    if (values.some((value) => Number.isNaN(value))) expect(nans).not.toBe(false)
    for (const value of values)
      if (whole !== undefined && typeof value === 'number' && !Number.isNaN(value))
        expect(Number.isInteger(value) && Math.abs(value) <= whole).toBe(true)
  }
})

test('integers at hand are the finite values, and bounds are of rows', async () => {
  const { attached } = await openFile(arrowStream(EVERYTHING, 1))
  const { columns, stored = {} } = attached.relation('UTC') ?? { columns: [] }
  const known = Object.fromEntries(columns.map(({ name, id }) => [name, stored[id]]))
  expect(known['whole']).toMatchObject({
    least: -2,
    most: 3e4,
    reached: true,
    infinities: false,
    integer: { type: 'smallint' },
  })
  expect(known['unbounded']).toMatchObject({ least: 1, most: 5, infinities: true, integer: { type: 'tinyint' } })
  expect(known['wide']?.integer?.type).toBe('bigint')
  expect(known['beyond']?.integer).toBeUndefined()
  expect(known['zeros']).toMatchObject({ integer: { type: 'tinyint' }, negativeZeros: true })
  expect(known['whole']?.negativeZeros).toBeUndefined()
  expect(known['fractions']?.integer).toBeUndefined()
  expect(known['nothing']).toBeUndefined()
})

test('what has no meaning, or another in every zone, is left to Arrow and named', async () => {
  const { attached } = await openFile(
    arrowStream(
      {
        x: { type: new Int32(), values: [1, 2] },
        time: { type: new TimeMillisecond(), values: [1, 2] },
        days: { type: new List(new Field('item', new DateMillisecond())), values: [[0], [DAY]] },
        end: { type: new TimestampMillisecond(), values: [8.64e15, 0] },
      },
      1,
    ),
  )
  expect(attached.columns.map(({ name }) => name)).toEqual(['x'])
  expect(attached.omitted).toEqual(['time', 'days', 'end'])
})

test('a table without rows, and one of several slices, keep their order', async () => {
  const none = await openFile(arrowStream({ x: { type: new Int32(), values: [] } }, 1))
  expect(none.attached.rows).toBe(0)
  const values = Array.from({ length: 400_000 }, (_, row) => row)
  const bytes = arrowStream({ x: { type: new Int32(), values } }, 3)
  const { engine, attached } = await openFile(bytes)
  const relation = attached.relation('UTC')
  if (relation === undefined) throw new Error('The file has no relation')
  const table = await engine.rows(relation, 'all', never)
  const cells = table.columns[0]?.cells
  expect(cells?.type === 'number' && cells.values.every((value, row) => value === row % 400_000)).toBe(true)
  expect(table.rows).toBe(1_200_000)
})

test('a file opens nothing but itself, and nothing writes to it', async () => {
  const { engine, attached } = await openFile(arrowStream({ x: { type: new Int32(), values: [1] } }, 1))
  const outside = await mkdtemp(join(tmpdir(), 'magpie-test-'))
  onTestFinished(() => rm(outside, { recursive: true, force: true }))
  await writeFile(join(outside, 'other.duckdb'), '')
  await expect(engine.attach(join(outside, 'other.duckdb'), never)).rejects.toThrow()
  await attached.drop()
  await expect(readFile(join(outside, 'other.duckdb'), 'utf8')).resolves.toBe('')
})
