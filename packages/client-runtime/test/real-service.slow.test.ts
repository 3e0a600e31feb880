import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plan } from '@magpie-vega/planner'
import type { VegaSpec } from '@magpie-vega/planner'
import { tableFromJSON, tableToIPC } from 'apache-arrow'
import type { View } from 'vega'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchTransport } from '../src/fetch-transport.ts'
import { openView } from '../src/open-view.ts'
import type { OpenView } from '../src/open-view.ts'
import { flights, TABLE } from './support/flights.ts'
import { headless, inline, picture } from './support/plain-vega.ts'
import { isBuilt, realService } from './support/real-service.ts'
import type { RealService } from './support/real-service.ts'
import { crossfilter, slider } from './support/specs.ts'

const rows = flights(5000)
const bytes = tableToIPC(tableFromJSON(rows), 'stream')

let folder: string
let service: RealService

interface Opened {
  readonly plain: View
  readonly planned: View
  readonly opened: OpenView
  readonly errors: string[]
  readonly phases: string[]
}

const open = async (spec: VegaSpec): Promise<Opened> => {
  const { url, grant } = await service.upload(bytes)
  const errors: string[] = []
  const phases: string[] = []
  let planned: View | undefined
  const opened = openView(plan(JSON.parse(JSON.stringify(spec).replaceAll(TABLE, url)) as VegaSpec), {
    // another service has another port
    transport: { send: (...sent) => fetchTransport({ base: service.url }).send(...sent) },
    timeZone: 'UTC',
    grants: [grant],
    makeView: (client) => headless(client, errors),
    makeProbe: (client) => headless(client, []),
    onView: (view) => (planned = view),
    onState: ({ phase }) => phases.push(phase),
    onError: (error) => errors.push(error.sentence),
    onTableMissing: () => void service.upload(bytes),
  })
  await opened.settled()
  if (planned === undefined) throw new Error(`no view: ${errors.join()} ${JSON.stringify(opened.session.state)}`)
  return { plain: await headless(inline(spec, rows), errors), planned, opened, errors, phases }
}

const expectSame = async ({ plain, planned, errors }: Opened): Promise<void> => {
  expect(errors).toEqual([])
  expect(await picture(planned)).toEqual(await picture(plain))
}

const both = async ({ plain, planned, opened }: Opened, act: (view: View) => unknown): Promise<void> => {
  for (const view of [plain, planned]) {
    act(view)
    await view.runAsync()
    await view.runAsync()
  }
  await opened.settled()
}

describe.skipIf(!isBuilt())('with the built service', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'magpie-client-runtime-'))
    service = await realService(folder)
  })

  afterAll(async () => {
    await service.kill()
    await rm(folder, { recursive: true })
  })

  it('draws and brushes what plain Vega draws', async () => {
    const pair = await open(crossfilter)
    await expectSame(pair)
    const fields = [{ field: 'distance', channel: 'x', type: 'R' }]
    const brush = [{ unit: 'child__column_distance_layer_0', fields, values: [[300, 900]] }]
    await both(pair, (view) => view.data('brush_store', brush))
    await expectSame(pair)
    await both(pair, (view) => view.data('brush_store', []))
    await expectSame(pair)
    pair.opened.finalize()
  })

  it('works again within seconds of the return of a killed service that has lost its tables', async () => {
    const pair = await open(slider)
    await service.kill()
    pair.plain.signal('least', 1100)
    pair.planned.signal('least', 1100)
    await Promise.all([pair.plain.runAsync(), pair.planned.runAsync()])
    service = await realService(folder)
    await pair.opened.settled()
    expect(pair.phases).toContain('reconnecting')
    expect(pair.opened.session.state.phase).toBe('ready')
    await expectSame(pair)
    pair.opened.finalize()
  })
})
