// Protects: a spec that Vega refuses for a name that is there twice stays whole, so that Vega itself refuses it.
import { expect, test } from 'vitest'
import { plan } from '../src/index.ts'

const source = { name: 'a', url: 'a.json', transform: [{ type: 'aggregate' }] }
const extent = { ...source, transform: [{ type: 'extent', field: 'x', signal: 's' }] }
const view = { marks: [{ type: 'rect', from: { data: 'a' } }] }

test.each([
  { ...view, data: [source, source] },
  { ...view, data: [source], signals: [{ name: 's' }, { name: 's' }] },
  { ...view, data: [extent], signals: [{ name: 's' }] },
  { ...view, data: [source], marks: [{ type: 'group', data: [source, source] }] },
])('%j', (spec) => {
  const { client, graph, verdicts } = plan(spec, { placement: 'capability' })
  expect(client).toBe(spec)
  expect(graph.tasks).toEqual([])
  expect(verdicts[0]?.reason).toMatch(/have the name [as]$/)
})

test('the same name in another scope is another name', () => {
  const group = { type: 'group', data: [{ name: 'a', values: [] }], signals: [{ name: 'width', value: 3 }] }
  const spec = { ...view, data: [source], signals: [{ name: 'width', value: 5 }], marks: [...view.marks, group] }
  expect(plan(spec, { placement: 'capability' }).graph.tasks).not.toEqual([])
})
