// Protects: each spec in `specs/` is a bug that a search has found. Its name says what went wrong.
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCorpus } from './corpus.ts'
import { DataServer } from './data-server.ts'
import { NOT_INTERACTIVE, runInteractive } from './interact/run-interactive.ts'
import { runSpec } from './run-spec.ts'
import { startService, type RunningService } from './service.ts'

const corpus = readCorpus(fileURLToPath(new URL('specs', import.meta.url)))

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

const { timeZone } = Intl.DateTimeFormat().resolvedOptions()

describe.each([
  ['wherever the server can', { placement: 'capability', asTables: false }],
  ['where it pays, over tables', { placement: 'cost', asTables: true }],
] as const)('%s', (_where, { placement, asTables }) => {
  const options = () => ({ data, service, timeZone, placement, asTables })

  test.each(corpus.map((entry) => [entry.path, entry] as const))('%s is Vega’s', async (_path, entry) => {
    expect(await runSpec(entry, options())).toMatchObject({ kind: 'equal' })
    const driven = await runInteractive(entry, options())
    if (driven.kind !== 'equal' && driven.kind !== 'orderOnly')
      expect(driven).toEqual({ kind: 'skipped', detail: NOT_INTERACTIVE })
  })
})
