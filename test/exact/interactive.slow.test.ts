import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCorpus } from './corpus.ts'
import { DataServer } from './data-server.ts'
import { runInteractive, type InteractiveOutcome } from './interact/run-interactive.ts'
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

const outcomeOf = async (path: string, hurried: boolean): Promise<InteractiveOutcome> => {
  const entry = corpus.find((spec) => spec.path === path)
  if (entry === undefined) throw new Error(`no spec ${path}`)
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return runInteractive(entry, { data, service, timeZone, placement: 'capability', hurried })
}

/**
 * Brushes, clicks, sliders and pans change a planned chart as they change Vega alone, to the order of rows. Where a column is
 * computed after a filter and grouped by, Vega has the groups in the order in which single rows passed the filter before, of which
 * the page knows nothing: there it is the order without that history.
 */
test.each([
  ['crossfilter-three-histograms.vl.json', 40, 'equal'],
  ['point-selection-filters-second-view.vl.json', 8, 'equal'],
  ['slider-filters-years.vl.json', 3, 'orderOnly'],
  ['native-signals-and-nested-group.vg.json', 3, 'equal'],
  ['bins-that-keep-empty-groups.vg.json', 25, 'equal'],
  ['bins-that-a-slider-and-a-brush-refine.vg.json', 10, 'equal'],
  ['brush-over-months.vl.json', 50, 'orderOnly'],
  ['lookup-of-rows-that-come-and-go.vg.json', 3, 'equal'],
  ['top-directors-and-others-by-slider.vl.json', 5, 'equal'],
])('%s is Vega’s after every step', { timeout: 900_000 }, async (path, atLeast, kind) => {
  const outcome = await outcomeOf(path, false)
  expect({ ...outcome, detail: outcome.kind === 'orderOnly' ? '' : outcome.detail }).toMatchObject({ kind, detail: '' })
  expect('steps' in outcome ? outcome.steps : 0).toBeGreaterThanOrEqual(atLeast)
})

/** Of what happens faster than the service answers, only the last state counts: rows may stand in the order that they have then. */
test('a hurried brush leaves Vega’s values behind', { timeout: 900_000 }, async () => {
  const outcome = await outcomeOf('crossfilter-three-histograms.vl.json', true)
  expect(outcome.kind === 'orderOnly' ? 'equal' : outcome.kind).toBe('equal')
  expect('steps' in outcome ? outcome.steps : 0).toBeGreaterThanOrEqual(40)
})
