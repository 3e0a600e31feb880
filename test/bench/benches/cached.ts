import { QUERY_PATH } from '@magpie-vega/client-runtime'
import { plan } from '@magpie-vega/planner'
import { decodeQueryResponse, encodeQueryRequest, type QueryRequest } from '@magpie-vega/protocol'
import type { Bench } from '../bench.ts'
import { CHARTS, withFlights } from '../charts.ts'
import { figuresOf, type Figure } from '../figure.ts'
import { flights } from '../flights.ts'
import { bareServer } from '../peers/bare-server.ts'
import { load } from '../raw-client.ts'
import { startService, tableHome, upload, type Service } from '../service.ts'
import { quantile } from '../statistics.ts'

const CONNECTIONS = [1, 10, 50]

/** The bare server does not tell its own. */
const lagOf = async (server: object): Promise<readonly number[]> =>
  'lag' in server ? [await (server as Service).lag()] : []

const post = async (url: string, body: Uint8Array): Promise<Uint8Array> => {
  const headers = { 'content-type': 'application/x-protobuf', accept: 'application/x-protobuf' }
  const answer = await fetch(`${url}${QUERY_PATH}`, { method: 'POST', headers, body: new Uint8Array(body) })
  if (!answer.ok) throw new Error(`The service answered ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}

export const cached: Bench = {
  name: 'cached',
  about: 'One query, its values cached, over many connections at once',
  run: async ({ rows, rounds, limit, real }) => {
    const { arrow, rows: count } = await flights(rows, real)
    const home = tableHome()
    const service = await startService(home)
    try {
      const table = await upload(service, home, arrow)
      const chart = CHARTS[0]
      if (chart === undefined) return []
      const { graph, toClient } = plan(withFlights(chart.spec, { url: table.url }))
      const wanted = toClient.slice(0, 1).map((value) => value.wanted)
      const question = { roots: new Map(), wanted, timeZone: 'UTC', grants: [table.grant] }
      const whole: QueryRequest = { ...question, graph: { kind: 'graph', graph } }
      const first = decodeQueryResponse(await post(service.url, encodeQueryRequest(whole)))
      if (first.kind !== 'results') throw new Error('The service did not take the graph')
      const body = encodeQueryRequest({ ...question, graph: { kind: 'hash', hash: first.graphHash } })
      const bytes = await post(service.url, body)
      const bare = await bareServer(bytes)
      const same = Buffer.compare(Buffer.from(await post(bare.url, body)), Buffer.from(bytes)) === 0
      if (!same) throw new Error('The bare server answers other bytes')
      const found: Figure[] = []
      const ms = limit < 100 ? 200 : 2000
      for (const connections of CONNECTIONS) {
        const rates = new Map<string, number[]>()
        const times = new Map<string, number[]>()
        const costs = new Map<string, number[]>()
        const slowest = new Map<string, number[]>()
        const lags = new Map<string, number[]>()
        const note = (samples: Map<string, number[]>, name: string, more: readonly number[]): void =>
          void samples.set(name, (samples.get(name) ?? []).concat(more))
        for (let round = 0; round < rounds; round += 1)
          for (const [name, server] of [
            ['magpie', service],
            ['bare node:http', bare],
          ] as const) {
            if ('watchLag' in server) await server.watchLag()
            const before = server.use().cpuSeconds
            const { perSecond, latencies } = await load(server.url, QUERY_PATH, body, connections, ms)
            const spent = server.use().cpuSeconds - before
            note(lags, name, await lagOf(server))
            note(slowest, name, [quantile(latencies, 0.99)])
            note(rates, name, [perSecond])
            note(times, name, latencies)
            note(costs, name, [(spent * 1_000_000) / latencies.length])
          }
        const about = { bench: 'cached', rows: count }
        const size = `${connections} connections, ${(bytes.byteLength / 1000).toFixed(1)} kB`
        found.push(...figuresOf({ ...about, case: `${size}: rate`, unit: 'req/s', subjects: rates }))
        found.push(...figuresOf({ ...about, case: `${size}: time`, unit: 'ms', subjects: times }))
        found.push(...figuresOf({ ...about, case: `${size}: time, p99`, unit: 'ms', subjects: slowest }))
        found.push(...figuresOf({ ...about, case: `${size}: event-loop lag, p99`, unit: 'ms', subjects: lags }))
        found.push(...figuresOf({ ...about, case: `${size}: processor per request`, unit: 'µs CPU', subjects: costs }))
      }
      bare.stop()
      return found
    } finally {
      await service.stop()
      home.remove()
    }
  },
}
