import { expect, it } from 'vitest'
import { fuzzCharts } from './fuzz-charts.ts'

// A seeded slice of `npm run fuzz -- --kind charts`: whole random specs are as in Vega, where Vega itself takes them.
it('finds no chart that differs from Vega', async () => {
  const found: string[] = []
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const counts = await fuzzCharts({ seed: 7, cases: 100, timeZone, report: (text) => found.push(text) })
  expect(found).toEqual([])
  expect(counts.compared).toBeGreaterThan(66)
})
