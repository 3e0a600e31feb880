import { expect, test } from 'vitest'
import { plan, type VegaSpec } from '../src/index.ts'

const TABLE = `magpie+table://${'0'.repeat(62)}aa`
const count = { type: 'aggregate', groupby: ['k'] }
const draw = [{ type: 'symbol', from: { data: 'rows' } }]
const onServer = (spec: VegaSpec): number => plan(spec, { placement: 'capability' }).graph.tasks.length

const ring = (signals: readonly object[], transform: readonly object[]): VegaSpec => ({
  signals,
  data: [{ name: 'rows', url: TABLE, transform }],
  scales: [{ name: 'x', type: 'band', domain: { data: 'rows', field: 'k' }, range: [0, 100] }],
  marks: draw,
})

test.each<[string, VegaSpec]>([
  [
    'a signal follows a scale of the rows that it filters',
    ring([{ name: 'least', update: "domain('x').length" }], [{ type: 'filter', expr: 'datum.v > least' }]),
  ],
  [
    'two signals follow each other',
    ring(
      [
        { name: 'a', update: 'b + 1' },
        { name: 'b', update: 'a + 1' },
      ],
      [count],
    ),
  ],
])('Vega itself has the whole spec where %s', (_, spec) => {
  expect(onServer(spec)).toBe(0)
})

test.each<[string, VegaSpec]>([
  ['a signal that does not follow what it read', ring([{ name: 'first', init: "domain('x')[0]" }], [count])],
  [
    'a signal made of what an earlier transform found',
    ring(
      [{ name: 'step', update: 'found[1]' }],
      [
        { type: 'extent', field: 'v', signal: 'found' },
        { type: 'filter', expr: 'datum.v < step' },
      ],
    ),
  ],
  [
    'a signal that goes on from itself',
    ring([{ name: 'a', value: 1, update: 'a' }], [{ type: 'filter', expr: 'datum.v > a' }]),
  ],
])('the server has rows beside %s', (_, spec) => {
  expect(onServer(spec)).toBeGreaterThan(0)
})

test.each<[string, object]>([
  ['without its field', { type: 'extent', signal: 'found' }],
  ['whose list is null', { type: 'bin', field: 'v', extent: [0, 1], as: null }],
  ['whose order is null', { type: 'stack', field: 'v', sort: null }],
  ['whose list is one name', { type: 'joinaggregate', groupby: 'k' }],
  // Vega reads what all objects have, and sets what they inherit from
  ['that reads __proto__', { type: 'joinaggregate', groupby: ['__proto__'] }],
  ['that writes __proto__', { type: 'formula', expr: 'datum.k', as: '__proto__' }],
])('a transform stays in the browser, also where nobody reads its rows: one %s', (_, step) => {
  const { client } = plan({ ...ring([], [count]), data: [{ name: 'rows', url: TABLE, transform: [step] }], marks: [] })
  expect(client.data).toContainEqual(expect.objectContaining({ transform: [step] }))
})

test.each<[string, object]>([
  ['is a signal', { type: 'joinaggregate', groupby: { signal: "['k']" } }],
  ['has a falsy item', { type: 'joinaggregate', groupby: ['k'], fields: [null], ops: ['count'] }],
])('the server runs a transform whose list %s', (_, step) => {
  expect(onServer(ring([], [step as never]))).toBeGreaterThan(1)
})

test('Vega itself has the whole spec where transforms are no list', () => {
  expect(onServer(ring([], count as never))).toBe(0)
})

test('the server only sends the rows where a scale gains what is looked up, and Vega moves what is drawn', () => {
  const color = { name: 'color', type: 'ordinal', range: 'category' }
  const of = (signals: readonly object[], scale: object): VegaSpec => ({ ...ring(signals, [count]), scales: [scale] })
  const moved = [{ name: 'n', update: "length(data('rows'))" }]
  const { client, graph, toClient } = plan(of(moved, color))
  expect(graph.tasks.map(({ kind }) => kind)).toEqual(['source'])
  expect(toClient.map(({ name }) => name)).toEqual(['rows'])
  expect(client.data).toEqual([{ name: 'rows', transform: [count] }])
  expect(onServer(of(moved, { ...color, domain: ['a'] }))).toBeGreaterThan(1)
  expect(onServer(of([{ name: 'n', value: 1 }], color))).toBeGreaterThan(1)
})

test('a data set has no transforms where something falsy stands in their place', () => {
  const spec = {
    ...ring([], []),
    data: [
      { name: 'all', url: TABLE, transform: false },
      { name: 'rows', source: 'all', transform: [count] },
    ],
  }
  const { client, graph } = plan(spec, { placement: 'capability' })
  expect(client.data).toEqual([{ name: 'rows' }])
  expect(graph.tasks).toHaveLength(2)
})

test.each<[string, object]>([
  ['whose rows are lists', { values: [{ k: 1 }, [null]], transform: [count] }],
  ['of no source', { source: [], transform: [count] }],
  ['whose objects are on a discrete scale', { values: [{ k: { signal: 'width' } }, { k: 'a' }], transform: [count] }],
])('a data set stays in the browser %s', (_, rows) => {
  const { data: _data, ...rest } = ring([], [])
  expect(onServer({ ...rest, data: [{ name: 'rows', ...rows }] })).toBe(0)
})
