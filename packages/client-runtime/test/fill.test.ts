import type { VegaSpec } from '@magpie-vega/planner'
import { expect, test } from 'vitest'
import { fill } from '../src/fill.ts'
import { headless } from './support/plain-vega.ts'

const SPEC: VegaSpec = {
  signals: [{ name: 'total', value: null }],
  data: [
    { name: 'rows', values: [{ a: 1 }], transform: [{ type: 'formula', as: 'twice', expr: 'datum.a * 2' }] },
    { name: 'served' },
  ],
  marks: [{ type: 'symbol', from: { data: 'served' }, encode: { update: { x: { field: 'a' } } } }],
}

test('Vega writes into the spec that it is given and into its rows: the plan keeps its own', async () => {
  const before = structuredClone(SPEC)
  const view = await headless(
    fill(SPEC, [
      { kind: 'data', name: 'served', tuples: [{ a: 5 }] },
      { kind: 'signal', name: 'total', value: 7 },
    ]),
    [],
  )
  expect(view.data('rows')).toMatchObject([{ a: 1, twice: 2 }])
  expect(view.data('served')).toMatchObject([{ a: 5 }])
  expect(view.signal('total')).toBe(7)
  view.finalize()
  expect(SPEC).toEqual(before)
  expect(Object.getOwnPropertySymbols((SPEC as { data: [{ values: [object] }] }).data[0].values[0])).toEqual([])
})

test('a copy has every member that the spec has, also one that JavaScript takes for the prototype', () => {
  const spec = JSON.parse('{"data": [{"name": "d", "values": [{"__proto__": {"a": [1]}, "b": null}]}]}') as VegaSpec
  const copied = fill(spec, [])
  expect(JSON.stringify(copied)).toBe(JSON.stringify(spec))
  const rows = (of: VegaSpec): object => (of as { data: [{ values: [object] }] }).data[0].values[0]
  expect(Object.getPrototypeOf(rows(copied))).toBe(Object.prototype)
  expect(Object.getOwnPropertyDescriptor(rows(copied), '__proto__')?.value).not.toBe(
    Object.getOwnPropertyDescriptor(rows(spec), '__proto__')?.value,
  )
})
