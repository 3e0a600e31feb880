// Protects: what a client meets over HTTP: answers, typed errors with the right status, and a service that survives all of it.
import { decodeHealth, decodeQueryResponse, encodeQueryRequest, encodeScalar } from '@magpie-vega/protocol'
import type { Scalar } from '@magpie-vega/protocol'
import { describe, expect, test } from 'vitest'
import { magpie } from '../../packages/protocol/src/gen/magpie.js'
import { evaluatorThatWaits } from './evaluator-that-waits.ts'
import { askFor, bytesOf, echo, errorOf, id, post, PROTOBUF, query, startService } from './start-service.ts'

const scalarOf = async (response: Response): Promise<Scalar> => {
  const decoded = decodeQueryResponse(await bytesOf(response))
  const [result] = decoded.kind === 'results' ? decoded.results : []
  if (result === undefined || result instanceof Error || result.kind !== 'scalar') throw new Error('expected a scalar')
  return result.value
}
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))
const eventually = async (check: () => boolean): Promise<void> => {
  while (!check()) await pause()
}
const metricsOf = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text()
const instant = () => {
  const evaluator = evaluatorThatWaits()
  evaluator.open()
  return evaluator.create
}

describe('queries', () => {
  test.each<Scalar>([undefined, null, -0, Number.NaN, 'text', new Date(5), [1, { a: undefined }]])(
    '%o comes back unchanged',
    async (value) => {
      const { url } = await startService({}, instant())
      expect(encodeScalar(await scalarOf(await query(url, echo(value))))).toEqual(encodeScalar(value))
    },
  )

  test('a graph is sent once: later by its hash, again when the service forgot it', async () => {
    const { url } = await startService({}, instant())
    const first = decodeQueryResponse(await bytesOf(await query(url, echo(1))))
    if (first.kind !== 'results') throw new Error('expected results')
    const byHash = echo(2, { graph: { kind: 'hash', hash: first.graphHash } })
    expect(await scalarOf(await query(url, byHash))).toBe(2)
    const restarted = await startService({}, instant())
    const answer = await query(restarted.url, byHash)
    expect(answer.status).toBe(200)
    expect(decodeQueryResponse(await bytesOf(answer))).toEqual({ kind: 'graph-unknown' })
    expect(await scalarOf(await query(restarted.url, echo(2)))).toBe(2)
    expect(await scalarOf(await query(restarted.url, byHash))).toBe(2)
  })

  test('one value that fails leaves the others standing', async () => {
    const { url } = await startService({}, instant())
    const tasks = [
      { kind: 'root', name: 'a', type: 'signal' },
      { kind: 'root', name: 'b', type: 'signal' },
    ] as const
    const request = askFor(tasks, {
      roots: new Map([[id(1), 7]]),
      wanted: [0, 1].map((task) => ({ task: id(task), columns: 'all' })),
    })
    const decoded = decodeQueryResponse(await bytesOf(await query(url, request)))
    expect(decoded).toMatchObject({ results: [{ code: 'bad-request' }, { kind: 'scalar', value: 7 }] })
  })
})

describe('refusals', () => {
  test('another version of the protocol', async () => {
    const { url } = await startService({}, instant())
    const response = await post(`${url}/v1/query`, magpie.v1.QueryRequest.encode({ protocolVersion: 2 }).finish())
    expect(response.status).toBe(409)
    expect(await errorOf(response)).toMatchObject({ code: 'version-mismatch' })
  })

  test.each<[string, Uint8Array]>([
    ['garbage', Buffer.from([0x12, 0xff, 1])],
    ['a truncated request', encodeQueryRequest(echo('some text that is cut')).slice(0, 20)],
    ['a task beyond the graph', encodeQueryRequest(echo(1, { wanted: [{ task: id(9), columns: 'all' }] }))],
    ['an unknown time zone', encodeQueryRequest(echo(1, { timeZone: 'Mars/Olympus' }))],
  ])('%s is a bad request', async (_what, body) => {
    const { url } = await startService({}, instant())
    const response = await post(`${url}/v1/query`, body)
    expect(response.status).toBe(400)
    expect(await errorOf(response)).toMatchObject({ code: 'bad-request' })
    expect(await scalarOf(await query(url, echo(1)))).toBe(1)
  })

  test('a body over the limit, with and without a stated length', async () => {
    const { url } = await startService({ maxBodyBytes: 1000 }, instant())
    const large = encodeQueryRequest(echo('x'.repeat(200_000)))
    for (const chunked of [false, true]) {
      const init = chunked ? { body: new Blob([Buffer.from(large)]).stream(), duplex: 'half' as const } : {}
      const response = await post(`${url}/v1/query`, large, init)
      expect(response.status).toBe(413)
      expect(await errorOf(response)).toMatchObject({ code: 'too-large', place: 'maxBodyBytes' })
    }
    expect(await scalarOf(await query(url, echo(1)))).toBe(1)
  })

  test('a body that does not say that it is protobuf', async () => {
    const { url } = await startService({}, instant())
    const response = await query(url, echo(1), { headers: { 'content-type': 'text/plain' } })
    expect(await errorOf(response)).toMatchObject({ code: 'bad-request', place: 'Content-Type' })
  })

  test('a bad grant', async () => {
    const { url } = await startService({}, instant())
    const response = await query(url, echo(1, { grants: ['no.grant'] }))
    expect(response.status).toBe(403)
    expect(await errorOf(response)).toMatchObject({ code: 'not-granted' })
  })

  test('unknown paths and methods', async () => {
    const { url } = await startService({}, instant())
    expect((await fetch(`${url}/nowhere`)).status).toBe(404)
    const wrong = await fetch(`${url}/v1/query`)
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('POST, OPTIONS')
    expect(await errorOf(wrong)).toMatchObject({ code: 'bad-request' })
  })
})

describe('load', () => {
  test('beyond the queue, queries are refused; those in it are answered in turn', async () => {
    const waiting = evaluatorThatWaits()
    const { url } = await startService({ maxConcurrentQueries: 1, maxQueued: 1 }, waiting.create)
    const first = query(url, echo(1))
    await eventually(() => waiting.seen.length === 1)
    const second = query(url, echo(2))
    while (!(await metricsOf(url)).includes('magpie_queue{state="queued"} 1')) await pause()
    const third = await query(url, echo(3))
    expect(third.status).toBe(503)
    expect(await errorOf(third)).toMatchObject({ code: 'overloaded' })
    waiting.open()
    expect(await Promise.all([first, second].map(async (response) => scalarOf(await response)))).toEqual([1, 2])
  })

  test('who leaves cancels the work, also while waiting for a turn', async () => {
    const waiting = evaluatorThatWaits()
    const { url } = await startService({ maxConcurrentQueries: 1 }, waiting.create)
    const leaving = new AbortController()
    const left = [1, 2].map((value) => query(url, echo(value), { signal: leaving.signal }))
    while (!(await metricsOf(url)).includes('magpie_queue{state="queued"} 1')) await pause()
    leaving.abort()
    for (const result of await Promise.allSettled(left)) expect(result.status).toBe('rejected')
    await eventually(() => waiting.seen[0]?.aborted === true)
    waiting.open()
    expect(await scalarOf(await query(url, echo(3)))).toBe(3)
    expect(waiting.seen.length).toBeLessThanOrEqual(3)
    while (!(await metricsOf(url)).includes('magpie_queries_total{outcome="cancelled"} 2')) await pause()
  })

  test('a query that takes too long is ended', async () => {
    const waiting = evaluatorThatWaits()
    const { url } = await startService({ queryTimeoutMs: 50 }, waiting.create)
    const response = await query(url, echo(1))
    expect(response.status).toBe(504)
    expect(await errorOf(response)).toMatchObject({ code: 'timeout', place: 'queryTimeoutMs' })
    expect(waiting.seen[0]?.aborted).toBe(true)
  })

  test('a defect is answered without its details, and logged with them', async () => {
    const broken = () => ({
      evaluate: () => Promise.reject(new Error('secret detail')),
      open: () => Promise.resolve(),
      close: () => Promise.resolve(),
    })
    const { url, log } = await startService({}, broken)
    const response = await query(url, echo(1))
    expect(response.status).toBe(500)
    const error = await errorOf(response)
    expect([error.code, error.sentence.includes('secret')]).toEqual(['internal', false])
    expect(log.join('\n')).toContain('secret detail')
  })
})

describe('around the queries', () => {
  test('health, for programs and for people', async () => {
    const { url } = await startService({}, instant())
    const health = { protocolVersion: 1, version: 'test', status: 'ok' }
    expect(decodeHealth(await bytesOf(await fetch(`${url}/healthz`)))).toEqual(health)
    expect(await (await fetch(`${url}/healthz`, { headers: { accept: 'application/json' } })).json()).toEqual(health)
  })

  test('metrics count queries and errors', async () => {
    const { url } = await startService({}, instant())
    await query(url, echo(1))
    await query(url, echo(1, { timeZone: 'nowhere' }))
    const response = await fetch(`${url}/metrics`)
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    const page = await response.text()
    expect(page).toContain('magpie_queries_total{outcome="ok"} 1')
    expect(page).toContain('magpie_queries_total{outcome="bad-request"} 1')
    expect(page).toContain('magpie_errors_total{code="bad-request"} 1')
    expect(page).toContain('magpie_query_seconds_count 2')
    expect(page).toContain('magpie_in_flight 1')
  })

  test('only configured origins may call from their pages', async () => {
    const origin = 'https://app.example'
    const preflight = (url: string, from: string) =>
      fetch(`${url}/v1/query`, {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': 'POST' },
      })
    const open = await startService({ corsOrigins: [origin] }, instant())
    const allowed = await preflight(open.url, origin)
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, origin])
    expect((await preflight(open.url, 'https://other.example')).headers.get('access-control-allow-origin')).toBeNull()
    const answer = await query(open.url, echo(1), { headers: { ...PROTOBUF, origin } })
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    const closed = await startService({}, instant())
    expect((await preflight(closed.url, origin)).headers.get('access-control-allow-origin')).toBeNull()
  })

  test('a service that stops finishes what it began and takes nothing new', async () => {
    const waiting = evaluatorThatWaits()
    const { url, close } = await startService({}, waiting.create)
    const running = query(url, echo(1))
    await eventually(() => waiting.seen.length === 1)
    const closed = close(10_000)
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
    waiting.open()
    expect(await scalarOf(await running)).toBe(1)
    await closed
  })
})
