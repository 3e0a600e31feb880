import { describe, expect, test } from 'vitest'
import { plan, type VegaSpec } from '../src/index.ts'

const TABLE = `magpie+table://${'0'.repeat(62)}aa`
const CHOSEN = { type: 'filter', expr: 'datum.id === chosen' }
const FIXED = { type: 'formula', as: 'w', expr: 'datum.v * 2' }

const chart = (transform: readonly object[], update: string, readers: readonly object[] = []): VegaSpec => ({
  signals: [
    { name: 'chosen', value: 1, on: [{ events: 'rect:pointerover', update: 'datum.id' }] },
    { name: 'place', value: null, on: [{ events: 'rect:pointermove', update }] },
  ],
  data: [{ name: 'rows', url: TABLE, transform }, ...readers],
  marks: [{ type: 'symbol', from: { data: 'rows' }, encode: { update: { x: { field: 'w' } } } }],
})

const onServer = (spec: VegaSpec): readonly string[] =>
  plan(spec, { placement: 'capability' })
    .verdicts.filter(({ kind, side }) => kind === 'transform' && side === 'server')
    .map(({ name }) => name)

/** A handler runs at its event, when the answer to what the event before it changed is still on its way. */
describe('what an event handler reads', () => {
  test('stays in the browser from where it changes on', () => {
    expect(onServer(chart([FIXED, CHOSEN], "data('rows')[0].v"))).toEqual(['rows[0] formula'])
    expect(onServer(chart([FIXED, CHOSEN], 'x()'))).toEqual(['rows[0] formula', 'rows[1] filter'])
  })

  test('is on the server where it never changes', () => {
    expect(onServer(chart([FIXED], "data('rows')[0].v"))).toEqual(['rows[0] formula'])
  })

  test('stays whole where its source changes, which does not', () => {
    const near = { name: 'near', source: 'rows', transform: [FIXED] }
    expect(onServer(chart([CHOSEN], "data('near')[0].v", [near]))).toEqual(['rows[0] filter'])
  })

  test('may be any data set where its name is computed', () => {
    expect(onServer(chart([CHOSEN], "data('ro' + 'ws')[0].v"))).toEqual([])
  })
})
