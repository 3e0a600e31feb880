// Protects: what one side encodes the other decodes, and bytes from strangers are refused with a typed error.
import { expect, test } from 'vitest'
import {
  decodeError,
  decodeHealth,
  decodeInspectRequest,
  decodeInspectResponse,
  decodeQueryRequest,
  decodeQueryResponse,
  encodeError,
  encodeHealth,
  encodeInspectRequest,
  encodeInspectResponse,
  encodeQueryRequest,
  encodeQueryResponse,
  MagpieError,
} from '../src/index.ts'
import type { QueryRequest, Scalar, Task, TaskGraph, TaskId } from '../src/index.ts'
import { magpie } from '../src/gen/magpie.js'

const id = (index: number): TaskId => index as TaskId
const none = { signals: {}, data: {} }
const tasks: readonly Task[] = [
  { kind: 'root', name: 'lo', type: 'signal' },
  { kind: 'root', name: 'brush_store', type: 'data' },
  { kind: 'source', from: { kind: 'table', sha256: 'ab'.repeat(32) } },
  { kind: 'source', from: { kind: 'url', url: 'data/cars.csv' }, format: { type: 'csv', parse: { x: 'number' } } },
  { kind: 'source', from: { kind: 'values', json: '[1,2]' } },
  {
    kind: 'transform',
    definition: { type: 'filter', expr: 'datum.x > lo' },
    input: id(2),
    signals: { lo: id(0) },
    data: {},
  },
  { kind: 'transform', definition: { type: 'extent', field: 'x' }, input: id(0), ...none },
  { kind: 'output', transform: id(6) },
  { kind: 'transform', definition: { type: 'sequence', start: 0, stop: 3 }, ...none },
  { kind: 'expression', expression: 'lo + length(data("s"))', signals: { lo: id(0) }, data: { s: id(1) } },
  { kind: 'union', inputs: [id(2), id(3), id(4)] },
]
const request: QueryRequest = {
  graph: { kind: 'graph', graph: { tasks } },
  roots: new Map<TaskId, Scalar>([
    [id(0), -0],
    [id(1), [{ unit: 'a', values: [[1, new Date(2)]] }]],
  ]),
  wanted: [
    { task: id(5), columns: ['x', 'y'] },
    { task: id(7), columns: 'all' },
    { task: id(9), columns: [] },
  ],
  timeZone: 'America/New_York',
  grants: ['a.b'],
}

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof MagpieError) return error.code
    throw error
  }
  return 'no error'
}

test('a query request with every kind of task', () => {
  expect(decodeQueryRequest(encodeQueryRequest(request))).toStrictEqual(request)
})

test('a query request by hash', () => {
  const decoded = decodeQueryRequest(
    encodeQueryRequest({ ...request, graph: { kind: 'hash', hash: Uint8Array.of(1, 2) } }),
  )
  expect(decoded.graph.kind === 'hash' && Array.from(decoded.graph.hash)).toEqual([1, 2])
})

test('a response with a scalar, a table and an error', () => {
  const failed = new MagpieError('column-missing', 'No column x', { place: '/data/0', remedy: 'Add it.' })
  const decoded = decodeQueryResponse(
    encodeQueryResponse({
      kind: 'results',
      graphHash: Uint8Array.of(9),
      results: [{ kind: 'scalar', value: undefined }, { kind: 'table', bytes: Uint8Array.of(1, 2, 3) }, failed],
    }),
  )
  if (decoded.kind !== 'results') throw new Error('expected results')
  const [scalar, table, error] = decoded.results
  expect(scalar).toStrictEqual({ kind: 'scalar', value: undefined })
  expect(table).toMatchObject({ kind: 'table' })
  expect(error).toMatchObject({ code: 'column-missing', message: 'No column x', place: '/data/0', remedy: 'Add it.' })
})

test('an unknown graph, health, inspect and errors', () => {
  expect(decodeQueryResponse(encodeQueryResponse({ kind: 'graph-unknown' }))).toEqual({ kind: 'graph-unknown' })
  const health = { protocolVersion: 1, version: '0.1.0', status: 'ok' } as const
  expect(decodeHealth(encodeHealth(health))).toEqual(health)
  expect(decodeInspectRequest(encodeInspectRequest({ spec: '{}' }))).toEqual({ spec: '{}' })
  const used = {
    tables: [
      { url: 'a', columns: 'all' },
      { url: 'b', columns: ['x'] },
    ],
  } as const
  expect(decodeInspectResponse(encodeInspectResponse(used))).toEqual(used)
  const error = decodeError(encodeError(new MagpieError('overloaded', 'Busy')))
  expect([error.code, error.message]).toEqual(['overloaded', 'Busy'])
})

test('another version is told apart from malformed bytes', () => {
  const other = magpie.v1.QueryRequest.encode({ protocolVersion: 99 }).finish()
  expect(codeOf(() => decodeQueryRequest(other))).toBe('version-mismatch')
  expect(codeOf(() => decodeQueryRequest(new Uint8Array()))).toBe('version-mismatch')
  expect(codeOf(() => decodeQueryRequest(Uint8Array.of(0x12, 0xff)))).toBe('bad-request')
})

test('truncated requests never decode to something else without an error', () => {
  const bytes = encodeQueryRequest(request)
  const whole = JSON.stringify(decodeQueryRequest(bytes))
  for (let end = 0; end < bytes.length; end += 1) {
    const code = codeOf(() => expect(JSON.stringify(decodeQueryRequest(bytes.slice(0, end)))).not.toBe(whole))
    expect(['bad-request', 'version-mismatch', 'no error']).toContain(code)
  }
})

test.each<[string, Task[]]>([
  ['a reference to itself', [{ kind: 'union', inputs: [id(0)] }]],
  [
    'a reference forward',
    [
      { kind: 'union', inputs: [id(1)] },
      { kind: 'root', name: 'a', type: 'data' },
    ],
  ],
  [
    'an output of a root',
    [
      { kind: 'root', name: 'a', type: 'data' },
      { kind: 'output', transform: id(0) },
    ],
  ],
  ['a table without a hash', [{ kind: 'source', from: { kind: 'table', sha256: '../etc' } }]],
])('%s is refused', (_what, wrong) => {
  const graph: TaskGraph = { tasks: wrong }
  expect(codeOf(() => decodeQueryRequest(encodeQueryRequest({ ...request, graph: { kind: 'graph', graph } })))).toBe(
    'bad-request',
  )
})

test('the body of a proxy is not taken for an error of the service', () => {
  expect(decodeError(Uint8Array.from('<html>502</html>', (c) => c.codePointAt(0) ?? 0)).code).toBe('unreachable')
})
