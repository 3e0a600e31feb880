import { performance } from 'node:perf_hooks'
import { fetchTransport, openView } from '@magpie-vega/client-runtime'
import { plan } from '@magpie-vega/planner'
import { parse, View } from 'vega'
import type { Spec as VegaSpec } from 'vega'
import type { Row } from './answers.ts'
import { withFlights, type Spec } from './charts.ts'
import { rowsOf } from './peers/plain-vega.ts'
import type { Service, Uploaded } from './service.ts'

/** A chart of ours: how long it took from its spec to the data in the client's hands, and the data that it draws. */
export interface OurChart {
  readonly ms: number
  readonly rows: (data: string) => readonly Row[]
}

/** Plans a spec, asks the service and stops the clock when the values are decoded; then runs the View over them. */
export async function openOurs(spec: Spec, service: Service, table: Uploaded): Promise<OurChart> {
  const addressed = withFlights(spec, { url: table.url })
  const start = performance.now()
  let ms = Number.NaN
  let view: View | undefined
  const errors: string[] = []
  const makeView = async (client: Spec): Promise<View> => {
    ms = performance.now() - start
    view = new View(parse(client as unknown as VegaSpec), { renderer: 'none' })
    return view.runAsync()
  }
  const opened = openView(plan(addressed), {
    transport: fetchTransport({ base: service.url }),
    timeZone: 'UTC',
    grants: [table.grant],
    makeView,
    makeProbe: async (client) => {
      const probe = new View(parse(client as unknown as VegaSpec), { renderer: 'none' })
      return probe.runAsync()
    },
    onState: (state) => {
      // a request that got lost is asked again, and the time it took counts
      if (state.phase === 'error') errors.push(state.error.sentence)
    },
    onError: (error) => errors.push(error.sentence),
  })
  await opened.settled()
  const made = view
  if (made === undefined || errors.length > 0) throw new Error(`The chart was not drawn: ${errors.join('; ')}`)
  const names = (addressed['data'] as readonly Spec[]).map((set) => String(set['name']))
  const kept = new Map(
    names.flatMap((name): [string, readonly Row[]][] => {
      try {
        return [[name, rowsOf(made, name)]]
      } catch {
        return []
      }
    }),
  )
  opened.finalize()
  return {
    ms,
    rows: (data) => {
      const rows = kept.get(data)
      if (rows === undefined) throw new Error(`The client holds no data set ${data}`)
      return rows
    },
  }
}
