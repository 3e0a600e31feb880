import { expect, test } from 'vitest'
import type { DataServer } from './data-server.ts'
import { runInteractive } from './interact/run-interactive.ts'
import { runSpec, type RunOptions } from './run-spec.ts'

/** No file can be looked for, so that no table can be made: a fault of ours, not of Vega's. */
const options = {
  data: {
    file: () => {
      throw new Error('no table')
    },
  } as unknown as DataServer,
  service: {} as RunOptions['service'],
  timeZone: 'UTC',
  placement: 'capability',
  asTables: true,
} as const

const SPEC = {
  signals: [{ name: 'times', value: 0, on: [{ events: 'click', update: 'times + 1' }] }],
  data: [{ name: 'rows', url: 'data/cars.json' }],
}

// Protects: a spec is skipped for what Vega has against it; what fails of ours is never taken for that.
test.each([
  ['untouched', runSpec],
  ['driven', runInteractive],
])('%s, a table that cannot be made is a failure, and a spec that Vega-Lite refuses is skipped', async (_how, run) => {
  const native = { path: 'rows.vg.json', text: JSON.stringify(SPEC), lite: false }
  expect(await run(native, options)).toMatchObject({ kind: 'failed', detail: 'no table' })
  const lite = { path: 'nothing.vl.json', text: '{"mark": {}, "encoding": 1, "facet": 1}', lite: true }
  expect(await run(lite, options)).toMatchObject({ kind: 'skipped' })
})
