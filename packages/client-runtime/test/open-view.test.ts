import { plan } from '@magpie-vega/planner'
import type { Plan, VegaSpec } from '@magpie-vega/planner'
import type { View } from 'vega'
import { describe, expect, it } from 'vitest'
import { openView } from '../src/open-view.ts'
import type { OpenView } from '../src/open-view.ts'
import { flights, HASH, TABLE } from './support/flights.ts'
import { headless, inline, picture } from './support/plain-vega.ts'
import { crossfilter, lite, slider } from './support/specs.ts'
import { vegaService } from './support/vega-service.ts'
import type { Tables, VegaService } from './support/vega-service.ts'

interface Pair {
  /** The whole spec, rows in place of the table. */
  readonly plain: View
  readonly planned: View
  readonly opened: OpenView
  readonly plan: Plan
  readonly service: VegaService
  readonly errors: string[]
}

const open = async (spec: VegaSpec, rows = flights(400), adjust: (plan: Plan) => Plan = (it) => it): Promise<Pair> => {
  const errors: string[] = []
  const tables: Tables = { [HASH]: rows }
  const service = vegaService(() => tables)
  const planned = adjust(plan(spec))
  let view: View | undefined
  const opened = openView(planned, {
    transport: service,
    timeZone: 'UTC',
    grants: [],
    makeView: (client) => headless(client, errors),
    makeProbe: (client) => headless(client, []),
    onView: (made) => (view = made),
    onError: (error) => errors.push(error.sentence),
  })
  await opened.settled()
  if (view === undefined) throw new Error(`no view: ${errors.join('; ')}; ${JSON.stringify(opened.session.state)}`)
  return { plain: await headless(inline(spec, rows), errors), planned: view, opened, plan: planned, service, errors }
}

/** Does the same to both Views and waits until both rest. */
const both = async ({ plain, planned, opened }: Pair, act: (view: View) => unknown): Promise<void> => {
  for (const view of [plain, planned]) {
    act(view)
    await view.runAsync()
    await view.runAsync()
  }
  await opened.settled()
}

const expectSame = async ({ plain, planned, errors }: Pair): Promise<void> => {
  expect(errors).toEqual([])
  expect(await picture(planned)).toEqual(await picture(plain))
}

/** The items of the chart's marks. */
const drawn = (view: View): readonly unknown[] => {
  const { root } = view.scenegraph() as unknown as { readonly root: Scene }
  const marks = root.items[0]?.items ?? []
  return marks.flatMap(({ role, items }) => (role === 'mark' ? items : []))
}
interface Scene {
  readonly role?: string
  readonly items: readonly Scene[]
}

describe('a planned View', () => {
  it('draws what plain Vega draws, and keeps the source on the server', async () => {
    const pair = await open(crossfilter)
    await expectSame(pair)
    expect(JSON.stringify(pair.plan.client)).not.toContain(TABLE)
    expect(pair.service.requests).toHaveLength(1)
  })

  it('follows a brush, then its clearing, as plain Vega does, and asks only for what it changes', async () => {
    const pair = await open(crossfilter)
    const asked = pair.service.requests[0]?.wanted.length ?? 0
    const fields = [{ field: 'distance', channel: 'x', type: 'R' }]
    const brush = (low: number, high: number) => [
      { unit: 'child__column_distance_layer_0', fields, values: [[low, high]] },
    ]
    for (const [low, high] of [
      [300, 900],
      [900.5, 1400.25],
      [1400, 300],
    ] as const) {
      await both(pair, (view) => view.data('brush_store', brush(low, high)))
      await expectSame(pair)
    }
    expect(pair.service.requests.at(-1)?.wanted.length).toBeLessThan(asked)
    await both(pair, (view) => view.data('brush_store', []))
    await expectSame(pair)
  })

  it('follows a native signal and those computed from it', async () => {
    const pair = await open(slider)
    await expectSame(pair)
    for (const least of [900, 1100, 2399, 0]) {
      await both(pair, (view) => view.signal('least', least))
      await expectSame(pair)
    }
  })

  it('is right at rest after a burst of changes that nobody waits for', async () => {
    const pair = await open(slider)
    for (const least of [100, 700, 1300, 1900, 640]) void pair.planned.signal('least', least).runAsync()
    await pair.planned.runAsync()
    await pair.opened.settled()
    await pair.plain.signal('least', 640).runAsync()
    await expectSame(pair)
  })

  it('asks nothing for a change that no value depends on, and its own writes do not echo', async () => {
    const pair = await open(slider)
    await both(pair, (view) => view.signal('least', 900))
    const count = pair.service.requests.length
    await both(pair, (view) => view.signal('width', 300))
    await both(pair, (view) => view.signal('least', 900))
    expect(pair.service.requests).toHaveLength(count)
    await expectSame(pair)
  })

  it('keeps the items of rows that come again as they were, as plain Vega keeps those of its groups', async () => {
    const pair = await open(slider)
    const items = ({ planned, plain }: Pair): readonly unknown[] => [planned, plain].flatMap(drawn)
    await both(pair, (view) => view.signal('least', 0))
    const before = items(pair)
    const count = pair.service.requests.length
    await both(pair, (view) => view.signal('least', -1))
    expect(pair.service.requests.length).toBeGreaterThan(count)
    expect(before.length).toBeGreaterThan(0)
    expect(items(pair).every((item, at) => item === before[at])).toBe(true)
    await both(pair, (view) => view.signal('least', 1500))
    await expectSame(pair)
  })

  it('finds root values that only a running View knows with a probe', async () => {
    const unstated = (plan: Plan): Plan => ({ ...plan, toServer: plan.toServer.map(({ initial: _, ...root }) => root) })
    const pair = await open(slider, flights(100), unstated)
    expect(pair.service.requests).toHaveLength(1)
    await expectSame(pair)
  })

  it('is settled with its error when the probe cannot be made', async () => {
    const broken = { ...slider, scales: [{ name: 'x', type: 'band', domain: { data: 'nowhere', field: 'carrier' } }] }
    const unstated = (plan: Plan): Plan => ({ ...plan, toServer: plan.toServer.map(({ initial: _, ...root }) => root) })
    await expect(open(broken, flights(100), unstated)).rejects.toThrow(/nowhere/)
  })

  it('asks again until the roots of the real View agree, such as for a brush that starts with a value', async () => {
    const pair = await open(
      lite({
        data: { url: TABLE },
        hconcat: [
          {
            params: [{ name: 'brush', value: { x: [300, 1200] }, select: { type: 'interval', encodings: ['x'] } }],
            mark: 'bar',
            encoding: { x: { field: 'distance', bin: { maxbins: 20 } }, y: { aggregate: 'count' } },
          },
          {
            transform: [{ filter: { param: 'brush' } }],
            mark: 'bar',
            encoding: { x: { field: 'carrier' }, y: { aggregate: 'count' } },
          },
        ],
      }),
    )
    await expectSame(pair)
  })

  it('lays the chart out for the values of its own roots, when the first values were for others', async () => {
    const guess = (plan: Plan): Plan => ({
      ...plan,
      toServer: plan.toServer.map((root) => (root.name === 'least' ? { ...root, initial: { value: 2390 } } : root)),
    })
    const pair = await open({ ...slider, autosize: 'fit' }, flights(3000), guess)
    await expectSame(pair)
  })

  it('shows the same chart over other data in place, and keeps the brush', async () => {
    const pair = await open(slider)
    await both(pair, (view) => view.signal('least', 1500))
    pair.opened.replan(pair.plan, ['another'])
    await pair.opened.settled()
    expect(pair.service.requests.at(-1)).toMatchObject({ grants: ['another'], graph: { kind: 'graph' } })
    await expectSame(pair)
  })

  it('recovers when the service has forgotten the graph', async () => {
    const pair = await open(slider)
    pair.service.restart()
    await both(pair, (view) => view.signal('least', 1500))
    expect(pair.opened.session.state.phase).toBe('ready')
    await expectSame(pair)
  })

  it('ends with its View', async () => {
    const pair = await open(slider)
    pair.opened.finalize()
    const count = pair.service.requests.length
    await pair.planned.signal('least', 1).runAsync()
    await pair.opened.settled()
    expect(pair.service.requests).toHaveLength(count)
  })
})
