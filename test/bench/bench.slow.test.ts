import { beforeAll, describe, expect, it } from 'vitest'
import type { Run } from './bench.ts'
import { firstRender } from './benches/first-render.ts'
import { isOurs } from './figure.ts'
import { reportOf } from './report.ts'
import { isServiceBuilt } from './service.ts'

const said: string[] = []
const run: Run = {
  rows: 2000,
  rounds: 1,
  peers: new Set(['vega']),
  specs: '',
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
})
