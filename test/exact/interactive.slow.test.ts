import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCorpus } from './corpus.ts'
import { DataServer } from './data-server.ts'
import { runInteractive } from './interact/run-interactive.ts'
import { startService, type RunningService } from './service.ts'

const corpus = readCorpus(fileURLToPath(new URL('../specs', import.meta.url)))

let data: DataServer
let service: RunningService
beforeAll(async () => {
  data = await DataServer.start(fileURLToPath(new URL('../../node_modules/vega-datasets/data', import.meta.url)))
  service = await startService()
})
afterAll(async () => {
  await service.stop()
  await data.stop()
})

/**
 * Brushes, clicks, sliders and pans change a planned chart as they change Vega alone; only the order of rows may differ, and is
 * then that of Vega without the chart's history.
 */
test.each([
  ['crossfilter-three-histograms.vl.json', 40],
  ['point-selection-filters-second-view.vl.json', 8],
  ['slider-filters-years.vl.json', 3],
  ['native-signals-and-nested-group.vg.json', 3],
  ['bins-that-keep-empty-groups.vg.json', 25],
  ['brush-over-months.vl.json', 50],
])('%s is Vega’s after every step', { timeout: 900_000 }, async (path, atLeast) => {
  const entry = corpus.find((spec) => spec.path === path)
  if (entry === undefined) throw new Error(`no spec ${path}`)
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const outcome = await runInteractive(entry, { data, service, timeZone, placement: 'capability' })
  expect({ ...outcome, detail: outcome.kind === 'orderOnly' ? '' : outcome.detail }).toMatchObject({
    kind: expect.stringMatching(/^(?:equal|orderOnly)$/) as unknown,
    detail: '',
  })
  expect('steps' in outcome ? outcome.steps : 0).toBeGreaterThanOrEqual(atLeast)
})
