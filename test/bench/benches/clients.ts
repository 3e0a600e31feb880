import { performance } from 'node:perf_hooks'
import { createSession, fetchTransport } from '@magpie-vega/client-runtime'
import { plan } from '@magpie-vega/planner'
import type { Bench } from '../bench.ts'
import { CHARTS, withFlights } from '../charts.ts'
import { figuresOf, type Figure } from '../figure.ts'
import { flights } from '../flights.ts'
import { startService, tableHome, upload, type Service, type Uploaded } from '../service.ts'

const VIEWERS = [1, 10, 100, 1000]
/** Viewers that open their charts at the same time. */
const TOGETHER = 10

/** Opens five charts as a page does and keeps them open; milliseconds until each has its data. */
async function viewer(service: Service, table: Uploaded): Promise<readonly number[]> {
  return Promise.all(
    CHARTS.slice(0, 5).map(async ({ spec }) => {
      const made = plan(withFlights(spec, { url: table.url }))
      const errors: string[] = []
      const session = createSession(made, fetchTransport({ base: service.url }), {
        timeZone: 'UTC',
        grants: [table.grant],
        onUpdates: () => undefined,
        onState: (state) => {
          if ('error' in state) errors.push(state.error.sentence)
        },
      })
      const start = performance.now()
      session.start(made.toServer.map(({ initial }) => initial?.value))
      await session.settled()
      if (errors.length > 0) throw new Error(errors.join('; '))
      return performance.now() - start
    }),
  )
}

export const clients: Bench = {
  name: 'clients',
  about: 'Many viewers of the same five charts: memory of the service, time to data, processor time',
  run: async ({ rows, limit, real }) => {
    const { arrow, rows: count } = await flights(rows, real)
    const home = tableHome()
    const service = await startService(home)
    try {
      const table = await upload(service, home, arrow)
      const found: Figure[] = []
      let open = 0
      let cpu = service.use().cpuSeconds
      for (const viewers of VIEWERS.filter((number) => number <= limit)) {
        const times: number[] = []
        while (open < viewers) {
          const group = Math.min(TOGETHER, viewers - open)
          times.push(...(await Promise.all(Array.from({ length: group }, () => viewer(service, table)))).flat())
          open += group
        }
        const use = service.use()
        const one = (value: number) => new Map([['magpie', [value]]])
        const about = { bench: 'clients', rows: count }
        const name = viewers.toLocaleString('en')
        found.push(...figuresOf({ ...about, case: `${name}: resident`, unit: 'MiB', subjects: one(use.residentMiB) }))
        found.push(
          ...figuresOf({ ...about, case: `${name}: time to data`, unit: 'ms', subjects: new Map([['magpie', times]]) }),
        )
        found.push(
          ...figuresOf({ ...about, case: `${name}: processor`, unit: 's CPU', subjects: one(use.cpuSeconds - cpu) }),
        )
        cpu = use.cpuSeconds
      }
      return found
    } finally {
      await service.stop()
      home.remove()
    }
  },
}
