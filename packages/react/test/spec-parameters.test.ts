import { compile } from 'vega-lite'
import type { TopLevelSpec } from 'vega-lite'
import { describe, expect, it } from 'vitest'
import { presentIn, vegaLiteParameters, vegaParameters } from '../src/spec-parameters.ts'

const interval = { name: 'brush', select: { type: 'interval', encodings: ['x'] } }
const unit = {
  mark: 'point',
  encoding: { x: { field: 'a', type: 'quantitative' }, y: { field: 'b', type: 'quantitative' } },
}

/** The parameters of a spec, and those of them that the compiled Vega spec has. */
const found = (spec: Record<string, unknown>) => {
  const all = vegaLiteParameters(spec)
  const vega = compile({ data: { values: [{ a: 1, b: 2, c: 'x' }] }, ...spec } as unknown as TopLevelSpec).spec
  return { all, present: presentIn(vega as unknown as Record<string, unknown>, all) }
}

describe('the parameters of a spec', () => {
  it.each([
    ['a single view', { ...unit, params: [interval] }],
    ['a layer', { layer: [{ ...unit, params: [interval] }, unit] }],
    ['a concatenation', { hconcat: [{ ...unit, params: [interval] }, unit] }],
    ['nested concatenations', { vconcat: [unit, { hconcat: [unit, { ...unit, params: [interval] }] }] }],
    ['a facet', { facet: { field: 'c' }, spec: { ...unit, params: [interval] } }],
    ['a repeat', { repeat: ['a', 'b'], spec: { ...unit, params: [interval] } }],
    [
      'the top of a concatenation, for named views',
      { params: [{ ...interval, views: ['one'] }], hconcat: [{ ...unit, name: 'one' }, unit] },
    ],
  ])('are found in %s', (_, spec) => {
    const { all, present } = found(spec)
    expect(all.selections).toEqual([{ name: 'brush', signal: 'brush', type: 'interval' }])
    expect(present.selections).toEqual([{ name: 'brush', signal: 'brush', type: 'interval', store: 'brush_store' }])
  })

  it('tell points over fields or encodings from points that are rows', () => {
    const select = (parameter: unknown) =>
      vegaLiteParameters({ params: [{ name: 'p', select: parameter }] }).selections[0]?.type
    expect(select('point')).toBe('index')
    expect(select({ type: 'point' })).toBe('index')
    expect(select({ type: 'point', fields: ['a'] })).toBe('point')
    expect(select({ type: 'point', encodings: ['color'] })).toBe('point')
    expect(select('interval')).toBe('interval')
  })

  it('keep their own names where Vega-Lite has to change them', () => {
    const { present } = found({
      ...unit,
      params: [
        { name: 'my-brush', select: 'interval' },
        { name: '2nd', value: 3 },
      ],
    })
    expect(present.selections).toMatchObject([{ name: 'my-brush', signal: 'my_brush', store: 'my_brush_store' }])
    expect(vegaLiteParameters({ params: [{ name: '2nd', value: 3 }] }).variables).toEqual([
      { name: '2nd', signal: '_2nd' },
    ])
  })

  it('are variables without a selection', () => {
    const { present } = found({ ...unit, params: [{ name: 'size', value: 30, bind: { input: 'range' } }] })
    expect(present).toEqual({ selections: [], variables: [{ name: 'size', signal: 'size' }] })
  })

  it('are in Vega the signals that are bound or listed', () => {
    const signals = [{ name: 'bound', bind: { input: 'checkbox' } }, { name: 'listed' }, { name: 'other' }]
    const usermeta = { magpie: { params: ['listed', 'missing'] } }
    expect(vegaParameters({ signals, usermeta }).variables.map(({ name }) => name)).toEqual(['bound', 'listed'])
  })
})
