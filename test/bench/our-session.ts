import { performance } from 'node:perf_hooks'
import { createSession, fetchTransport, type Scalar, type Transport, type Update } from '@magpie-vega/client-runtime'
import { plan } from '@magpie-vega/planner'
import type { Row } from './answers.ts'
import { withFlights, type Spec } from './charts.ts'
import type { Store } from './dashboards.ts'
import type { Player } from './replay.ts'
import type { Service, Uploaded } from './service.ts'

/** The client's own session against the service, without a View. */
export interface OurSession {
  /** A player of stores: the session itself decides what is asked and what is dropped. */
  player(stores: readonly Store[]): (times: readonly number[]) => Player
  rows(data: string): readonly Row[]
  dispose(): void
}

export async function ourSession(spec: Spec, service: Service, table: Uploaded): Promise<OurSession> {
  const made = plan(withFlights(spec, { url: table.url }))
  const root = made.toServer.findIndex(({ name }) => name === 'brush_store')
  if (root < 0) throw new Error('The brush stayed in the browser')
  const held = new Map<string, readonly Row[]>()
  const errors: string[] = []
  let onSend = (): void => undefined
  let onData = (): void => undefined
  const http = fetchTransport({ base: service.url })
  const transport: Transport = {
    send: (path, body, signal) => {
      onSend()
      return http.send(path, body, signal)
    },
  }
  const session = createSession(made, transport, {
    timeZone: 'UTC',
    grants: [table.grant],
    onUpdates: (updates: readonly Update[]) => {
      for (const update of updates) if (update.kind === 'data') held.set(update.name, update.tuples)
      onData()
    },
    onState: (state) => {
      if ('error' in state) errors.push(state.error.sentence)
    },
  })
  const fail = (): void => {
    if (errors.length > 0) throw new Error(errors.join('; '))
  }
  session.start(made.toServer.map(({ initial }) => initial?.value))
  await session.settled()
  fail()
  return {
    rows: (data) => {
      const rows = held.get(data)
      if (rows === undefined) throw new Error(`The service sends no data set ${data}`)
      return rows
    },
    dispose: () => session.dispose(),
    player: (stores) => (times) => {
      const updates: number[] = []
      const latencies: number[] = []
      let newest = -1
      let asked = { index: -1, at: 0 }
      onSend = () => (asked = { index: newest, at: performance.now() })
      onData = () => {
        const now = performance.now()
        updates.push(now - asked.at)
        latencies.push(now - (times[asked.index] ?? now))
      }
      return {
        updates,
        latencies,
        move: (index) => {
          newest = index
          session.change(root, stores[index] as unknown as Scalar)
        },
        settled: async () => {
          await session.settled()
          fail()
        },
      }
    },
  }
}
