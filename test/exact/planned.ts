import {
  dataflowLogger,
  expressionClosures,
  fetchTransport,
  openView,
  type Transport,
  type SessionState,
} from '@magpie-vega/client-runtime'
import { plan, type Plan, type PlanOptions, type VegaSpec } from '@magpie-vega/planner'
import { parse, View, type Loader, type Spec } from 'vega'
import { HEADLESS, type Shown } from './oracle.ts'
import { seedRandom } from './seeded-random.ts'
import type { RunningService } from './service.ts'
import type { ArrowTable } from './tables/arrow-table.ts'

/** A planned chart at rest: its plan, its View, and what went wrong on the way. */
export interface PlannedChart {
  readonly plan: Plan
  readonly view: View
  readonly errors: readonly string[]
  settled(): Promise<void>
  finalize(): void
}

export interface PlannedOptions {
  readonly service: RunningService
  readonly urls: readonly string[]
  /** Tables that the service is given first; default: none. */
  readonly tables?: readonly ArrowTable[]
  readonly loader: Loader
  readonly seed: number
  readonly timeZone: string
  readonly placement: NonNullable<PlanOptions['placement']>
  /** What carries the requests; default: HTTP to the service. */
  readonly transport?: Transport
  /** How the View is shown; default: not at all. */
  readonly shown?: Shown
}

/** What Vega has against a spec before anything runs; undefined: nothing. */
function refusalOf(spec: VegaSpec): unknown {
  try {
    const runtime = parse(structuredClone(spec) as unknown as Spec, undefined, { ast: true })
    const logger = dataflowLogger(() => undefined) as never
    new View(runtime, { ...HEADLESS, expr: expressionClosures, logger }).finalize()
    return undefined
  } catch (cause) {
    return cause
  }
}

const sentenceOf = (state: SessionState): string | undefined =>
  state.phase === 'error' ? state.error.sentence : undefined

/** Plans a spec, asks the service for its values and runs the client View, as a page does. Rejects when no View comes of it. */
export async function openPlanned(spec: VegaSpec, options: PlannedOptions): Promise<PlannedChart> {
  const { service, urls, tables = [] } = options
  for (const table of tables) await service.upload(table)
  const made = plan(spec, { placement: options.placement, serverUrls: urls })
  const errors: string[] = []
  const makeView = async (client: VegaSpec, shown: Shown): Promise<View> => {
    seedRandom(options.seed)
    const logger = dataflowLogger((message) => errors.push(message))
    const view = new View(parse(client as unknown as Spec, undefined, { ast: true }), {
      ...shown,
      expr: expressionClosures,
      loader: options.loader,
      logger: logger as never,
    })
    await view.runAsync()
    return view
  }
  let view: View | undefined
  let state: SessionState = { phase: 'loading' }
  /** What the session said last in an error, and after how many errors of the View. */
  let refused: { readonly sentence: string; readonly after: number } | undefined
  const opened = openView(made, {
    timeZone: options.timeZone,
    grants: [
      service.grant(
        urls,
        tables.map(({ sha256 }) => sha256),
      ),
    ],
    transport: options.transport ?? fetchTransport({ base: service.url }),
    makeView: (client) => makeView(client, options.shown ?? HEADLESS),
    makeProbe: async (client) => {
      const before = errors.length
      const probe = await makeView(structuredClone(client), HEADLESS)
      errors.length = before
      return probe
    },
    onView: (made) => (view = made),
    onState: (next) => {
      state = next
      const sentence = sentenceOf(next)
      if (sentence !== undefined && sentence !== refused?.sentence) refused = { sentence, after: errors.length }
    },
    refusal: () => refusalOf(spec),
    onError: (error) => errors.push(error.sentence),
  })
  await opened.settled()
  if (refused !== undefined && sentenceOf(state) === refused.sentence)
    errors.splice(refused.after, 0, `session: ${refused.sentence}`)
  if (view === undefined) {
    opened.finalize()
    throw new Error(errors.join('; ') || 'no view was made')
  }
  return { plan: made, view, errors, settled: () => opened.settled(), finalize: () => opened.finalize() }
}
