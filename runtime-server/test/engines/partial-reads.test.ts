// Protects: groups read from finer groups that are kept are those that the rows give, in the same order, whatever moves; and groups
// are kept only where tests move again and again, of rows that are many for them.
import type { Relation } from '@magpie-vega/dataflow'
import { MagpieError } from '@magpie-vega/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rowsFromTable } from '../../src/arrow/table-to-rows.ts'
import { tableFromRows } from '../../src/arrow/rows-to-table.ts'
import { createCache, type Cache } from '../../src/cache.ts'
import { openDuckdb } from '../../src/engines/duckdb.ts'
import type { Engine } from '../../src/engines/engine.ts'
import { withGroupedReads } from '../../src/engines/grouped-reads.ts'
import { transformed } from './transformed.ts'

const never = new AbortController().signal
let alone: Engine
let cache: Cache
let engine: Engine
/** How often groups were kept, and the reads that went to the rows themselves. */
let kept = 0
let toRows = 0
const pending = new Set<Promise<unknown>>()
beforeAll(async () => {
  alone = await openDuckdb({ memoryLimit: '1GB', threads: 2, tempDirectory: '', maxQueries: 2 })
})
afterAll(() => alone.close())
beforeEach(() => {
  kept = 0
  toRows = 0
  cache = createCache({ maxBytes: 50_000_000 })
  engine = over(alone)
})

const over = (inner: Engine, minRows = 0): Engine => {
  const watched = <T>(work: Promise<T>): Promise<T> => {
    pending.add(work)
    return work
  }
  return withGroupedReads(
    {
      ...inner,
      materialize: (query, signal) => {
        kept += 1
        return watched(inner.materialize(query, signal))
      },
      rows: (relation, columns, signal) => {
        const text = inner.text(relation.query)
        if (!text.includes('partial_')) toRows += 1
        return watched(inner.rows(relation, columns, signal))
      },
    },
    { cache, minRows },
  )
}

/** Resolves when nothing is under way. */
const idle = async (): Promise<void> => {
  while (pending.size > 0) {
    const works = [...pending]
    await Promise.allSettled(works)
    works.forEach((work) => pending.delete(work))
    await new Promise(setImmediate)
  }
}

const filter = (expr: string) => ({ type: 'filter', expr })
const count = (...groupby: readonly string[]) => ({
  type: 'aggregate',
  groupby,
  ops: ['count', 'valid', 'missing'],
  fields: [null, 'n', 's'],
  as: ['c', 'valid', 'missing'],
})
const between = (field: string, least: number, most: number) =>
  filter(`datum.${field} >= ${least} && datum.${field} <= ${most}`)

const row = fc.record({
  n: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(null, Number.NaN, Infinity, -Infinity, 0.5, -0)),
  s: fc.constantFrom('a', 'b', 'null', null, ''),
  b: fc.constantFrom(true, false, null),
  d: fc.constantFrom(new Date(0), new Date(86_400_000), null),
  i: fc.integer({ min: 0, max: 4 }),
})
const moving = fc.constantFrom(
  (a: number, b: number) => `datum.n >= ${a} && datum.n <= ${b}`,
  (a: number) => `datum.n > ${a} || datum.n < ${-a}`,
  (a: number) => `datum.n != ${a}`,
  (a: number) => `1 / datum.n > ${a}`,
  (a: number) => `datum.i == ${Math.abs(a)}`,
  (a: number) => `datum.s == '${a > 0 ? 'a' : 'b'}'`,
  (a: number, b: number) => `datum.n >= ${a} && datum.i <= ${b}`,
  (a: number) => `datum.d >= ${a * 43_200_000}`,
  (a: number) => `isValid(datum.n) && datum.n >= ${a}`,
  (a: number) => `datum.half >= ${a}`,
)
const half = { type: 'formula', expr: 'datum.i / 2', as: 'half' }
const places = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -2, max: 4 })), {
  minLength: 4,
  maxLength: 8,
})
const groupings = fc.subarray(['s', 'b', 'd', 'i', 'half'], { minLength: 1, maxLength: 2 })

test('whatever moves, over whatever stays', { timeout: 120_000 }, async () => {
  let used = 0
  const property = async (
    rows: readonly object[],
    groupby: readonly string[],
    fixed: (a: number, b: number) => string,
    moves: (a: number, b: number) => string,
    list: readonly (readonly [number, number])[],
  ): Promise<void> => {
    const loaded = await alone.load(tableFromRows(Array.from({ length: 400 }, () => rows).flat()), never)
    for (const [a, b] of list) {
      const tests = [filter(fixed(1, 2)), half, filter(moves(a, b))]
      const relation = transformed(loaded.relation, half, ...tests, count(...groupby))
      const expected = rowsFromTable(await alone.rows(relation, 'all', never))
      const before = toRows
      expect(rowsFromTable(await engine.rows(relation, 'all', never))).toStrictEqual(expected)
      if (toRows === before) used += 1
      await idle()
    }
    await loaded.drop()
  }
  const cases = fc.asyncProperty(
    fc.array(row, { minLength: 1, maxLength: 20 }),
    groupings,
    moving,
    moving,
    places,
    property,
  )
  await fc.assert(cases, { numRuns: 60, seed: 11 })
  expect(used).toBeGreaterThan(50)
})

const many = (length = 4000) =>
  Array.from({ length }, (_, index) => ({
    n: index % 40,
    s: `${index % 3}`,
    d: new Date(index),
    i: index % 7,
    id: index,
  }))
const read = async (relation: Relation) => rowsFromTable(await engine.rows(relation, ['s', 'c'], never))

/** Drags a brush, and tells how many of the places were read from the rows. */
const drag = async (relations: readonly Relation[]): Promise<number> => {
  const before = toRows
  for (const relation of relations) {
    expect(await read(relation)).toStrictEqual(rowsFromTable(await alone.rows(relation, ['s', 'c'], never)))
    await idle()
  }
  return toRows - before
}

test('a brush is read from the rows three times, then from the groups; so is another place with the same rest', async () => {
  const loaded = await alone.load(tableFromRows(many()), never)
  const at = (least: number, i = 6) =>
    transformed(loaded.relation, between('n', least, 30), between('i', 0, i), count('s'))
  expect(await drag([at(0), at(1), at(2), at(3), at(4), at(5)])).toBe(3)
  expect(kept).toBe(1)
  expect(await drag([at(12), at(13)])).toBe(0)
  expect(await drag([at(13, 5)])).toBe(1)
})

test('groups that are too many for their rows are not kept, nor those of few rows', async () => {
  const loaded = await alone.load(tableFromRows(many()), never)
  const at = (least: number) => transformed(loaded.relation, between('id', least, 3000), count('s'))
  await drag([at(0), at(1), at(2), at(3), at(4)])
  expect(kept).toBe(0)
  engine = over(alone, 5000)
  const few = (least: number) => transformed(loaded.relation, between('n', least, 30), count('s'))
  await drag([few(0), few(1), few(2), few(3), few(4)])
  expect(kept).toBe(0)
})

test('groups that left the cache are read from the rows, and kept again', async () => {
  const loaded = await alone.load(tableFromRows(many()), never)
  const at = (least: number) => transformed(loaded.relation, between('n', least, 30), count('s'))
  await drag([at(0), at(1), at(2), at(3)])
  cache.clear()
  expect(await drag([at(4)])).toBeGreaterThan(0)
  await drag([at(5), at(6), at(7), at(8)])
  expect(kept).toBe(2)
})

test('an engine that cannot keep groups is asked once, and the rows go on answering', async () => {
  const loaded = await alone.load(tableFromRows(many()), never)
  const failing = { materialize: () => Promise.reject(new MagpieError('internal', 'No')) }
  engine = over({ ...alone, ...failing })
  const at = (least: number) => transformed(loaded.relation, between('n', least, 30), count('s'))
  await drag([at(0), at(1), at(2), at(3), at(4)])
  expect(kept).toBe(1)
})
