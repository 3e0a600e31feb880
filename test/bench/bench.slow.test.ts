import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Run } from './bench.ts'
import { firstRender } from './benches/first-render.ts'
import { smallSpecs } from './benches/small-specs.ts'
import { wire } from './benches/wire.ts'
import { isOurs } from './figure.ts'
import { reportOf } from './report/report.ts'
import { isServiceBuilt } from './service.ts'

const said: string[] = []
const run: Run = {
  rows: 2000,
  rounds: 1,
  peers: new Set(['vega']),
  specs: fileURLToPath(new URL('../specs', import.meta.url)),
  limit: 6,
  real: false,
  say: (line) => said.push(line),
}

describe.skipIf(!isServiceBuilt())('a bench, tiny', () => {
  beforeAll(() => said.splice(0))

  it('runs, agrees with Vega and with SQL in every answer, and makes a report', async () => {
    const figures = await firstRender.run(run)
    expect(said).toEqual([])
    expect(new Set(figures.map((figure) => figure.case)).size).toBe(6)
    const ours = figures.filter(({ subject, unit }) => isOurs(subject) && unit === 'ms')
    expect(ours.every(({ median, ratioTo }) => median > 0 && Object.keys(ratioTo).length >= 2)).toBe(true)
    expect(reportOf(figures, new Map())).toContain('Where we lose')
  })
  it('counts the bytes of first loads, none of them more than plain Vega moves', { timeout: 240_000 }, async () => {
    const figures = await wire.run({ ...run, limit: 3 })
    const single = figures.filter(({ subject, case: name }) => isOurs(subject) && name.startsWith('spec '))
    expect(single).toHaveLength(3)
    expect(single.filter(({ ratioTo }) => (ratioTo['plain Vega'] ?? 2) > 1)).toEqual([])
  })

  it('draws specs in Chromium, the pixels those of vega-embed', { timeout: 240_000 }, async () => {
    const figures = await smallSpecs.run({ ...run, limit: 2 })
    expect(figures.filter(({ subject, case: name }) => isOurs(subject) && name.startsWith('spec '))).toHaveLength(2)
  })
})
