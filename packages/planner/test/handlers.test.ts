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

  test('stays in the browser too where the filter of an event reads it, or a signal that the handler reads', () => {
    const spec = chart([CHOSEN], 'x()')
    const reading = (signal: object): VegaSpec => ({ ...spec, signals: [...(spec['signals'] as object[]), signal] })
    const read = "length(data('rows')) > 0"
    for (const events of [
      { type: 'click', filter: [read] },
      `click[${read}]`,
      { stream: { type: 'click', filter: read } },
    ])
      expect(onServer(reading({ name: 'at', on: [{ events, update: 'x()' }] }))).toEqual([])
    const count = { name: 'count', update: "length(data('rows'))" }
    const taken = { name: 'taken', on: [{ events: 'click', update: 'count + 1' }] }
    expect(onServer({ ...spec, signals: [...(spec['signals'] as object[]), count, taken] })).toEqual([])
  })

  test('may be any data set where its name is computed', () => {
    expect(onServer(chart([CHOSEN], "data('ro' + 'ws')[0].v"))).toEqual([])
  })
})
