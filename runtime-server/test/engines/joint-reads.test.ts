// Protects: values that are read in one pass over their rows are those that each would have been read as, in the same order.
import type { Relation } from '@magpie-vega/dataflow'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsFromTable } from '../../src/arrow/table-to-rows.ts'
import { tableFromRows } from '../../src/arrow/rows-to-table.ts'
import { openDuckdb } from '../../src/engines/duckdb.ts'
import type { Engine } from '../../src/engines/engine.ts'
import { withGroupedReads } from '../../src/engines/grouped-reads.ts'
import { transformed } from './transformed.ts'

const never = new AbortController().signal
let alone: Engine
const seen = { joint: 0 }
let engine: Engine
beforeAll(async () => {
  alone = await openDuckdb({ memoryLimit: '1GB', threads: 2, tempDirectory: '', maxQueries: 2 })
  engine = withGroupedReads({
    ...alone,
    jointRows: (...args) => {
      seen.joint += 1
      return alone.jointRows(...args)
    },
  })
})
afterAll(() => alone.close())

const filter = (least: number) => ({ type: 'filter', expr: `datum.n >= ${least}` })
const aggregate = (groupby: readonly string[], more: object) => ({ type: 'aggregate', groupby, ...more })
const OPS = ['count', 'valid', 'missing', 'min', 'max', 'sum'] as const

const row = fc.record({
  n: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(null, Number.NaN, Infinity, 0.5)),
  s: fc.constantFrom('a', 'b', 'null', null, ''),
  b: fc.constantFrom(true, false, null),
  d: fc.constantFrom(new Date(0), new Date(86_400_000), null),
  i: fc.integer({ min: 0, max: 4 }),
})
const measures = fc
  .array(fc.record({ op: fc.constantFrom(...OPS), field: fc.constantFrom('i', 'd') }), { minLength: 1, maxLength: 3 })
  .map((list) => ({
    ops: list.map(({ op }) => op),
    fields: list.map(({ field }) => field),
    as: list.map((_, index) => `m${index}`),
  }))
const groupings = fc.array(fc.tuple(fc.subarray(['n', 's', 'b', 'd', 'i'], { maxLength: 2 }), measures), {
  minLength: 2,
  maxLength: 4,
})

test('any groupings of the same rows, with any measures', { timeout: 120_000 }, async () => {
  seen.joint = 0
  const property = async (rows: readonly object[], list: readonly (readonly [readonly string[], object])[]) => {
    // So that the rows are many enough for one pass to be worth it.
    const many = Array.from({ length: 40 }, () => rows).flat()
    const loaded = await alone.load(tableFromRows(many), never)
    const relations = list.flatMap(([groupby, more]) => {
      try {
        return [transformed(loaded.relation, filter(-2), aggregate(groupby, more))]
      } catch {
        return []
      }
    })
    const read = (from: Engine) => Promise.all(relations.map((relation) => from.rows(relation, 'all', never)))
    const expected = (await read(alone)).map(rowsFromTable)
    for (const _ of ['learns', 'knows']) expect((await read(engine)).map(rowsFromTable)).toStrictEqual(expected)
    await loaded.drop()
  }
  await fc.assert(fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), groupings, property), {
    numRuns: 60,
    seed: 7,
  })
  expect(seen.joint).toBeGreaterThan(5)
})

const few = async () => {
  const rows = Array.from({ length: 400 }, (_, index) => ({ n: index, a: index % 4, b: `${index % 3}`, id: index }))
  const loaded = await alone.load(tableFromRows(rows), never)
  const by = (field: string, least: number) =>
    transformed(loaded.relation, filter(least), aggregate([field], { ops: ['count'], fields: [null], as: ['c'] }))
  return { by }
}

test('rows that were left out differently, and groups that are many, are read apart', async () => {
  const { by } = await few()
  const read = (...relations: readonly Relation[]) =>
    Promise.all(relations.map(async (relation) => rowsFromTable(await engine.rows(relation, 'all', never)).length))
  expect(await read(by('a', 0), by('b', 0), by('id', 0))).toEqual([4, 3, 400])
  seen.joint = 0
  expect(await read(by('a', 1), by('id', 1))).toEqual([4, 399])
  expect(await read(by('a', 1), by('b', 2))).toEqual([4, 3])
  expect(seen.joint).toBe(0)
  expect(await read(by('a', 399), by('b', 399), by('id', 399))).toEqual([1, 1, 1])
  expect(seen.joint).toBe(1)
})

test('who leaves does not take the others along', async () => {
  const { by } = await few()
  const read = (field: string, signal: AbortSignal) => engine.rows(by(field, 0), 'all', signal)
  await Promise.all([read('a', never), read('b', never)])
  seen.joint = 0
  const leaving = new AbortController()
  const left = read('a', leaving.signal)
  const stays = read('b', never)
  leaving.abort()
  await expect(left).rejects.toMatchObject({ code: 'cancelled' })
  expect((await stays).rows).toBe(3)
  const gone = new AbortController()
  const both = ['a', 'b'].map((field) => read(field, gone.signal))
  gone.abort()
  for (const { status } of await Promise.allSettled(both)) expect(status).toBe('rejected')
})
