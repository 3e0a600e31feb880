import { answersDiffer, mustEqual, type Row } from '../answers.ts'
import { takesPart, type Bench, type Run } from '../bench.ts'
import { brushesOf, DASHBOARDS, storeOf, type Dashboard, type Store } from '../dashboards.ts'
import { figuresOf, type Figure } from '../figure.ts'
import { flights } from '../flights.ts'
import { binsOfViews, joint, perView } from '../linked-sql.ts'
import { ourSession } from '../our-session.ts'
import { mosaicPeer, type MosaicPeer } from '../peers/mosaic-peer.ts'
import { plainVega, rowsInMemory, rowsOf } from '../peers/plain-vega.ts'
import { sqlPeer, type SqlPeer } from '../peers/sql-peer.ts'
import { vegaFusionPeer, type VegaFusionPeer } from '../peers/vegafusion-peer.ts'
import { latestOnly, replay, type Player, type Replay } from '../replay.ts'
import { startService, tableHome, upload, type Service, type Uploaded } from '../service.ts'
import { brushTrace } from '../traces.ts'

const VEGA_ROWS = 1_000_000
const SEED = 4711
/** Events of one trace: the waiting in it is that of people, so it costs about 40 ms for each. */
const EVENTS = 90
const OURS = 'magpie'
/** The same service, which reads the rows for each brush. */
const FROM_ROWS = 'magpie, without partial aggregates'

type Brushes = ReturnType<typeof brushesOf>[number]

/** One who answers a dashboard's brushes. */
interface Contestant {
  readonly name: string
  readonly open: (stores: readonly Store[], brushes: readonly Brushes[]) => (times: readonly number[]) => Player
  /** The rows of a view after the last trace. */
  readonly rows: (view: number) => readonly Row[]
  /** May it differ from Vega? Then that is told. */
  readonly approximate: boolean
  readonly close: () => void
}

/** A service of ours that holds the table. */
interface OurService {
  readonly name: string
  readonly service: Service
  readonly table: Uploaded
  stop(): Promise<void>
}

interface Ground {
  readonly dashboard: Dashboard
  readonly parquet: string
  readonly sql: SqlPeer
  readonly services: readonly OurService[]
  readonly vegaFusion: VegaFusionPeer | undefined
  readonly bins: Awaited<ReturnType<typeof binsOfViews>>
}

async function serve(name: string, arrow: string, flags: readonly string[]): Promise<OurService> {
  const home = tableHome()
  const service = await startService(home, flags)
  const stop = async (): Promise<void> => {
    await service.stop()
    home.remove()
  }
  try {
    return { name, service, table: await upload(service, home, arrow), stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

async function ours({ dashboard }: Ground, { name, service, table }: OurService): Promise<Contestant> {
  const session = await ourSession(dashboard.spec, service, table)
  return {
    name,
    open: (stores) => session.player(stores),
    rows: (view) => session.rows(dashboard.views[view]?.data ?? ''),
    approximate: false,
    close: () => session.dispose(),
  }
}

function handWritten({ dashboard, bins, sql }: Ground, name: string, ask: typeof joint): Contestant {
  let held: readonly (readonly Row[])[] = []
  return {
    name,
    open: (_stores, brushes) =>
      latestOnly(async (index) => {
        held = await ask(dashboard, bins, sql, brushes[index] ?? [])
        return undefined
      }),
    rows: (view) => held[view] ?? [],
    approximate: false,
    close: () => undefined,
  }
}

async function fusion({ dashboard }: Ground, peer: VegaFusionPeer, id: number): Promise<Contestant> {
  await peer.open(id, dashboard.spec)
  const held = new Map<string, readonly Row[]>()
  return {
    name: 'VegaFusion',
    open: (stores) =>
      latestOnly(async (index) => {
        const store = { namespace: 'data', name: 'brush_store', scope: [], value: stores[index] } as const
        const { ms, updates } = await peer.update(id, [store])
        updates.forEach(({ name, value }) => held.set(name, value as readonly Row[]))
        return ms
      }),
    rows: (view) => held.get(dashboard.views[view]?.data ?? '') ?? [],
    approximate: true,
    close: () => undefined,
  }
}

const mosaic = (name: string, peer: MosaicPeer): Contestant => ({
  name,
  open: (_stores, brushes) =>
    latestOnly(async (index) => {
      await peer.brush(brushes[index] ?? [])
      return undefined
    }),
  rows: (view) => peer.rows(view),
  approximate: true,
  close: () => peer.close(),
})

async function contestants(ground: Ground, run: Run, id: number): Promise<readonly Contestant[]> {
  const { dashboard, bins, parquet, vegaFusion } = ground
  const list: Contestant[] = []
  for (const service of ground.services) list.push(await ours(ground, service))
  list.push(handWritten(ground, 'SQL, one per view', perView))
  list.push(handWritten(ground, 'SQL, one joint', joint))
  if (vegaFusion !== undefined) list.push(await fusion(ground, vegaFusion, id))
  if (!takesPart(run, 'mosaic')) return list
  try {
    for (const preaggregate of [false, true]) {
      const peer = await mosaicPeer({ dashboard, bins, parquet, preaggregate })
      list.push(mosaic(preaggregate ? 'Mosaic, pre-aggregated' : 'Mosaic', peer))
    }
  } catch (cause) {
    run.say(`Mosaic is left out: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  return list
}

/** Every view of every contestant, at rest after the last event, against Vega or, where Vega cannot hold the rows, SQL. */
async function check(
  ground: Ground,
  all: readonly Contestant[],
  memory: readonly Row[] | undefined,
  brushes: Brushes,
  run: Run,
) {
  const { dashboard, bins, sql } = ground
  const { views, name, spec } = dashboard
  let expected = await perView(dashboard, bins, sql, brushes)
  if (memory !== undefined) {
    const view = await plainVega(spec, memory)
    view.data('brush_store', structuredClone(storeOf(dashboard, brushes)) as object[])
    await view.runAsync()
    const vega = views.map(({ data }) => rowsOf(view, data))
    view.finalize()
    views.forEach(({ columns }, at) => mustEqual(`${name}: Vega and SQL`, vega[at] ?? [], expected[at] ?? [], columns))
    expected = vega
  }
  for (const { name: who, rows, approximate } of all)
    views.forEach(({ columns, field }, at) => {
      if (!approximate) return mustEqual(`${name}, ${field}: ${who}`, expected[at] ?? [], rows(at), columns)
      const found = answersDiffer(expected[at] ?? [], rows(at), columns)
      if (found !== undefined) run.say(`${who} differs from Vega in ${name}, ${field}, at rest: ${found}`)
    })
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole)

function figures(
  dashboard: Dashboard,
  rows: number,
  replays: ReadonlyMap<string, readonly Replay[]>,
): readonly Figure[] {
  const about = { bench: 'crossfilter', rows }
  const of = (samples: (replay: Replay) => readonly number[]) =>
    new Map([...replays].map(([name, list]) => [name, list.flatMap(samples)]))
  const late = (limit: number) =>
    of(({ latencies, moves }) => [share(moves - latencies.filter((ms) => ms <= limit).length, moves)])
  return [
    ...figuresOf({
      ...about,
      case: `${dashboard.name}: question to data`,
      unit: 'ms',
      subjects: of(({ updates }) => updates),
    }),
    ...figuresOf({
      ...about,
      case: `${dashboard.name}: brush to data`,
      unit: 'ms',
      subjects: of(({ latencies }) => latencies),
    }),
    ...figuresOf({ ...about, case: `${dashboard.name}: not drawn within 100 ms`, unit: '%', subjects: late(100) }),
    ...figuresOf({ ...about, case: `${dashboard.name}: not drawn within 16.7 ms`, unit: '%', subjects: late(16.7) }),
  ]
}

export const crossfilter: Bench = {
  name: 'crossfilter',
  about: 'Brush traces on wall clock over three linked histograms; a newer event replaces one that waits',
  run: async (run) => {
    const { rows, parquet, arrow } = await flights(run.rows, run.real)
    const services: OurService[] = []
    const sql = await sqlPeer(parquet)
    const vegaFusion = takesPart(run, 'vegafusion') ? await vegaFusionPeer() : undefined
    try {
      await vegaFusion?.load(parquet)
      services.push(await serve(OURS, arrow, []))
      services.push(await serve(FROM_ROWS, arrow, ['--partial-aggregates', 'off']))
      const memory = rows <= VEGA_ROWS && takesPart(run, 'vega') ? await rowsInMemory(parquet) : undefined
      const found: Figure[] = []
      for (const [id, dashboard] of DASHBOARDS.entries()) {
        const bins = await binsOfViews(dashboard, sql)
        const ground = { dashboard, parquet, sql, services, vegaFusion, bins }
        const all = await contestants(ground, run, id)
        const lags = new Map<string, number[]>(services.map(({ name }) => [name, []]))
        const replays = new Map<string, Replay[]>(all.map(({ name }) => [name, []]))
        for (let round = 0; round < run.rounds; round += 1) {
          const trace = brushTrace(SEED + round, Math.min(EVENTS, run.limit), dashboard.views.length)
          const brushes = brushesOf(dashboard, bins, trace)
          const stores = brushes.map((each) => storeOf(dashboard, each))
          for (const each of [...all.slice(round % all.length), ...all.slice(0, round % all.length)]) {
            const service = services.find(({ name }) => name === each.name)?.service
            await service?.watchLag()
            replays.get(each.name)?.push(await replay(trace, each.open(stores, brushes)))
            if (service !== undefined) lags.get(each.name)?.push(await service.lag())
          }
          await check(ground, all, memory, brushes.at(-1) ?? [], run)
        }
        all.forEach((each) => each.close())
        found.push(...figures(dashboard, rows, replays))
        const about = {
          bench: 'crossfilter',
          case: `${dashboard.name}: event-loop lag, p99`,
          rows,
          unit: 'ms',
        } as const
        found.push(...figuresOf({ ...about, subjects: lags }))
      }
      return found
    } finally {
      vegaFusion?.close()
      sql.close()
      for (const service of services) await service.stop()
    }
  },
}
