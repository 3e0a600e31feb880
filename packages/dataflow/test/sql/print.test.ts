import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { duckdb, print, type Query } from '../../src/index.ts'
import * as build from '../../src/sql/build.ts'
import { bind, bindAll } from '../../src/sql/bind.ts'

const { as, column, literal, select } = build
let engine: DuckDBConnection
beforeAll(async () => {
  engine = await (await DuckDBInstance.create(':memory:')).connect()
})
afterAll(() => {
  engine.closeSync()
})

const values = async (query: Query): Promise<readonly (readonly unknown[])[]> =>
  (await engine.runAndReadAll(print(query, duckdb))).getRows()
const one = async (expr: Parameters<typeof as>[1]): Promise<unknown> =>
  (await values(select({ columns: [as('v', expr)] })))[0]?.[0]

const pair: Query = {
  kind: 'values',
  ids: ['a', 'b'],
  rows: [
    [literal(1), literal('x')],
    [literal(2), literal('y')],
  ],
}

// SQL text is where values could change on their way to the engine.
describe('constants', () => {
  it.each([
    0,
    -0,
    1,
    -1.5,
    0.1,
    0.36102223210036644,
    5e-324,
    1.7976931348623157e308,
    1e21,
    1e-7,
    NaN,
    Infinity,
    -Infinity,
    2 ** 53,
  ])('%d is exact', async (value) => {
    expect(await one(literal(value))).toBe(value)
  })

  it('survive by the thousand', async () => {
    const numbers = Array.from({ length: 3000 }, (_, k) => Math.sin(k) * 10 ** ((k % 600) - 300))
    const rows = await values({ kind: 'values', ids: ['v'], rows: numbers.map((value) => [literal(value)]) })
    expect(rows.map(([value]) => value)).toEqual(numbers)
  })

  it.each(["it's", '', 'nul\0byte', '\u00a0\u3000', '😀', '\\', '$1', '--', '"'])('%j is quoted', async (text) => {
    expect(await one(literal(text))).toBe(text)
  })
})

describe('queries', () => {
  it('quote what could be a keyword', async () => {
    expect(
      await values(select({ from: pair, columns: [as('order', column('a')), as('select', column('b'))] })),
    ).toEqual([
      [1, 'x'],
      [2, 'y'],
    ])
  })

  it('nest, join, unite and name', async () => {
    const right = select({ from: pair, columns: [as('c', column('a')), as('d', column('b'))] })
    const joined: Query = { kind: 'join', type: 'left', left: pair, right, on: build.equal(column('a'), column('c')) }
    const union: Query = { kind: 'union', inputs: [pair, pair] }
    const named: Query = { kind: 'with', name: 'twice', query: union, body: build.table('twice') }
    expect(await values(joined)).toEqual([
      [1, 'x', 1, 'x'],
      [2, 'y', 2, 'y'],
    ])
    expect(
      await values(select({ from: named, columns: [as('n', { kind: 'aggregate', name: 'count', args: [] })] })),
    ).toEqual([[4n]])
  })

  it('write windows and filters', async () => {
    const total = (over?: true): Parameters<typeof as>[1] => ({
      kind: 'aggregate',
      name: 'sum',
      args: [column('a')],
      filter: build.greater(column('a'), literal(0)),
      ...(over
        ? {
            over: {
              partitionBy: [],
              orderBy: [build.ascending(column('a'))],
              frame: { unit: 'rows' as const, start: -1, end: 0 },
            },
          }
        : {}),
    })
    expect(
      await values(select({ from: pair, columns: [as('s', total(true))], orderBy: [build.descending(column('s'))] })),
    ).toEqual([[3], [1]])
    expect(await values(select({ from: pair, columns: [as('s', total())] }))).toEqual([[3]])
  })

  it('nest hundreds deep', async () => {
    const deep = Array.from({ length: 200 }).reduce<Query>(
      (query, _, i) =>
        i % 2
          ? build.extend(query, [as(`c${String(i)}`, literal(i))])
          : build.where(query, build.less(column('a'), literal(9))),
      pair,
    )
    expect(await values(deep)).toHaveLength(2)
    const many = build.or(...Array.from({ length: 3000 }, (_, i) => build.equal(column('a'), literal(i))))
    expect(await values(build.where(pair, many))).toHaveLength(2)
  })

  it('have an empty literal table', async () => {
    expect(await values({ kind: 'values', ids: ['a'], rows: [] })).toEqual([])
  })
})

describe('bound values', () => {
  it('keep apart, one within another', async () => {
    const large = (value: number): Parameters<typeof as>[1] =>
      [1, 2, 3, 4].reduce(
        (sum, k) => build.call('abs', build.add(sum, column(k > 0 ? 'a' : 'b'))),
        literal(value) as Parameters<typeof as>[1],
      )
    const expr = bindAll([large(1), bind(large(2), (v) => build.multiply(v, v))], ([x = literal(0), y = literal(0)]) =>
      build.subtract(
        build.multiply(y, literal(10)),
        bind(build.add(x, large(0)), (v) => build.add(v, v)),
      ),
    )
    expect(await values(select({ from: pair, columns: [as('v', expr)] }))).toEqual([
      [(2 + 4) ** 2 * 10 - 2 * (5 + 4)],
      [(2 + 8) ** 2 * 10 - 2 * (9 + 8)],
    ])
  })
})
