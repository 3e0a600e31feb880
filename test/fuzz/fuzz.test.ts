import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engineWith } from '../../packages/dataflow/test/expr/engine.ts'
import { compareWithVega } from '../../packages/dataflow/test/expr/compare-with-vega.ts'
import { WORLD } from '../../packages/dataflow/test/expr/expressions.ts'
import { rows } from '../../packages/dataflow/test/expr/nasty-rows.ts'
import { fuzzChains } from './fuzz-chains.ts'
import { fuzzExpressions } from './fuzz-expressions.ts'

const zone = process.env['TZ']
beforeAll(() => {
  process.env['TZ'] = 'UTC'
})
afterAll(() => {
  process.env['TZ'] = zone
})

// A seeded slice of `npm run fuzz`: SQL gives Vega's values over random rows, or says that it cannot.
describe('a seeded slice of the search', () => {
  it.each([
    ['expressions', fuzzExpressions, 500],
    ['chains', fuzzChains, 200],
  ] as const)('finds no %s that differ from Vega', async (_kind, search, cases) => {
    const found: string[] = []
    const counts = await search({ seed: 20_261_120, cases, timeZone: 'UTC', report: (text) => found.push(text) })
    expect(found).toEqual([])
    expect(counts.compared).toBeGreaterThan(cases / 3)
  })

  it('would find a value that differs, and a null that was not promised', async () => {
    const [first, second] = rows(2)
    const engine = await engineWith([first ?? {}, { ...second, n: 12_345, i: null }])
    const { mismatches } = await compareWithVega(['datum.n', 'datum.i', 'datum.s'], rows(2), WORLD, 'UTC', engine)
    engine.closeSync()
    expect(new Set(mismatches.map(({ expression }) => expression))).toEqual(new Set(['datum.n', 'datum.i']))
  })
})
