import { parse, View } from 'vega'
import type { Spec } from 'vega'
import { compile } from 'vega-lite'
import type { TopLevelSpec } from 'vega-lite'
import { describe, expect, it } from 'vitest'
import { readParams, readSelections } from '../src/read-parameters.ts'
import { presentIn, vegaLiteParameters } from '../src/spec-parameters.ts'

const values = [
  { t: '2020-01-01T00:00:00Z', a: 1, c: 'x' },
  { t: '2020-01-03T00:00:00Z', a: 2, c: 'y' },
]

const open = async (spec: Record<string, unknown>) => {
  const full = { data: { values }, mark: 'point', ...spec }
  const vega = compile(full as unknown as TopLevelSpec).spec
  const view = await new View(parse(vega as Spec), { renderer: 'none' }).runAsync()
  await view.runAsync()
  return { view, parameters: presentIn(vega as unknown as Record<string, unknown>, vegaLiteParameters(full)) }
}

const x = { x: { field: 'a', type: 'quantitative' } }

describe('reading selections', () => {
  it('gives an interval by field, with its store', async () => {
    const { view, parameters } = await open({
      encoding: x,
      params: [{ name: 'b', select: 'interval', value: { x: [1, 2] } }],
    })
    expect(readSelections(view, parameters)).toEqual({
      b: { type: 'interval', value: { a: [1, 2] }, store: [expect.objectContaining({ values: [[1, 2]] })] },
    })
  })

  it('gives times as milliseconds, which cross to Python as numbers', async () => {
    const encoding = { x: { field: 't', type: 'temporal' } }
    const extent = [
      { year: 2020, month: 1, date: 1 },
      { year: 2020, month: 1, date: 2 },
    ]
    const { view, parameters } = await open({
      encoding,
      params: [{ name: 'b', select: 'interval', value: { x: extent } }],
    })
    const { b } = readSelections(view, parameters)
    expect(b).toMatchObject({ type: 'interval', value: { t: [expect.any(Number), expect.any(Number)] } })
    expect(JSON.parse(JSON.stringify(b))).toEqual(b)
  })

  it('gives points as objects, and rows as 0-based indices', async () => {
    const points = await open({
      encoding: x,
      params: [{ name: 'p', select: { type: 'point', fields: ['c'] }, value: [{ c: 'y' }] }],
    })
    expect(readSelections(points.view, points.parameters)).toMatchObject({ p: { type: 'point', value: [{ c: 'y' }] } })
    const rows = await open({ encoding: x, params: [{ name: 'p', select: 'point', value: [{ _vgsid_: 2 }] }] })
    expect(readSelections(rows.view, rows.parameters)).toMatchObject({ p: { type: 'index', value: [1] } })
  })

  it('gives an empty value while nothing is selected', async () => {
    const params = [
      { name: 'b', select: 'interval' },
      { name: 'p', select: { type: 'point', fields: ['c'] } },
      { name: 'i', select: 'point' },
    ]
    const { view, parameters } = await open({ encoding: x, params })
    expect(readSelections(view, parameters)).toEqual({
      b: { type: 'interval', value: {}, store: [] },
      p: { type: 'point', value: [], store: [] },
      i: { type: 'index', value: [], store: [] },
    })
  })

  it('gives variable parameters by name', async () => {
    const { view, parameters } = await open({
      encoding: x,
      params: [
        { name: 'n', value: 3 },
        { name: 'e', expr: 'n * 2' },
      ],
    })
    expect(readParams(view, parameters)).toEqual({ n: 3, e: 6 })
  })
})
