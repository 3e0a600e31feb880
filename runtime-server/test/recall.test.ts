// Protects: an answer that is remembered is given only to who may have it, and only while it is still the answer.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { encodeQueryRequest } from '@magpie-vega/protocol'
import type { QueryRequest, Task } from '@magpie-vega/protocol'
import { expect, onTestFinished, test } from 'vitest'
import { createCache } from '../src/cache.ts'
import { createGrantReader } from '../src/grants.ts'
import { createGraphStore } from '../src/graph-store.ts'
import { createRecall } from '../src/recall.ts'
import { openTableStore } from '../src/table-store.ts'
import { evaluatorThatWaits } from './evaluator-that-waits.ts'
import { askFor, bytesOf, echo, errorOf, grant, query, SECRET, smallTable, startService } from './start-service.ts'

const never = new AbortController().signal
const ANSWER = new Uint8Array([1, 2, 3])
const source = (sha256: string): readonly Task[] => [
  { kind: 'root', name: 'x', type: 'signal' },
  { kind: 'source', from: { kind: 'table', sha256 } },
]

async function parts() {
  const directory = await mkdtemp(join(tmpdir(), 'magpie-recall-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const first = smallTable()
  const tables = await openTableStore({
    directory,
    maxTableBytes: first.bytes.length,
    maxTablesBytes: first.bytes.length,
  })
  const put = ({ bytes, sha256 }: typeof first) => tables.put(sha256, Readable.from([Buffer.from(bytes)]), never)
  await put(first)
  await tables.touch(first.sha256)
  const cache = createCache({ maxBytes: 10_000 })
  const graphs = createGraphStore({ maxBytes: 300 })
  const clock = { seconds: 100 }
  const read = createGrantReader(SECRET)
  const recall = createRecall({ cache, graphs, tables, access: (grants) => read(grants, clock.seconds) })
  const remember = (request: QueryRequest): void => {
    if (request.graph.kind !== 'graph') throw new Error('expected a graph')
    recall.remember(encodeQueryRequest(request), graphs.add(request.graph.graph), request.wanted, ANSWER)
  }
  const find = (request: QueryRequest) => recall.find(encodeQueryRequest(request))
  return { sha256: first.sha256, put, cache, graphs, clock, remember, find }
}

test('the same question is answered again, whoever may read the tables', async () => {
  const { sha256, remember, find, clock } = await parts()
  const asked = (grants: readonly string[], more: Partial<QueryRequest> = {}) =>
    askFor(source(sha256), { grants, ...more })
  const mine = grant({ tables: [sha256], exp: 200 })
  remember(asked([mine]))
  expect(find(asked([mine]))).toBe(ANSWER)
  expect(find(asked([grant({ tables: [sha256, 'b'.repeat(64)] })]))).toBe(ANSWER)
  expect(find(asked([grant({ tables: ['b'.repeat(64)] })]))).toBeUndefined()
  expect(find(asked([]))).toBeUndefined()
  expect(find(asked(['no.grant']))).toBeUndefined()
  expect(find(asked([mine], { timeZone: 'Asia/Kolkata' }))).toBeUndefined()
  expect(find(asked([mine], { wanted: [] }))).toBeUndefined()
  clock.seconds = 200
  expect(find(asked([mine]))).toBeUndefined()
})

test('nothing is remembered of what may change', async () => {
  const { remember, find } = await parts()
  const url = askFor([{ kind: 'source', from: { kind: 'url', url: 'data/cars.csv' } }])
  remember(url)
  expect(find(url)).toBeUndefined()
  const values = askFor([{ kind: 'source', from: { kind: 'values', json: '[]' } }])
  remember(values)
  expect(find(values)).toBe(ANSWER)
})

test('an answer goes with its table, its graph, and its place in the cache', async () => {
  const { sha256, put, cache, graphs, remember, find } = await parts()
  const asked = askFor(source(sha256), { grants: [grant({ tables: [sha256] })] })
  const again = () => {
    remember(asked)
    expect(find(asked)).toBe(ANSWER)
  }
  again()
  cache.clear()
  expect(find(asked)).toBeUndefined()
  again()
  graphs.add({ tasks: [{ kind: 'source', from: { kind: 'values', json: ' '.repeat(280) } }] })
  expect(find(asked)).toBeUndefined()
  again()
  await put(smallTable(2))
  expect(find(asked)).toBeUndefined()
})

test('a query that was asked before is not evaluated again; a refused one is told why', async () => {
  const evaluator = evaluatorThatWaits()
  evaluator.open()
  const { url } = await startService({}, evaluator.create)
  const first = await bytesOf(await query(url, echo('x')))
  expect(await bytesOf(await query(url, echo('x', { grants: [grant({ tables: [] })] })))).toEqual(first)
  expect(evaluator.seen).toHaveLength(1)
  expect(await errorOf(await query(url, echo('x', { grants: ['no.grant'] })))).toMatchObject({ code: 'not-granted' })
  expect(await bytesOf(await query(url, echo('y')))).not.toEqual(first)
  expect(evaluator.seen).toHaveLength(2)
})
