// Protects: expressions over scales and projections run on the server with what the scale is made of, and stay where it is not known.
import { describe, expect, test } from 'vitest'
import { plan, type Plan, type VegaSpec } from '../src/index.ts'

const TABLE = `magpie+table://${'0'.repeat(62)}aa`
const capable = (spec: VegaSpec): Plan => plan(spec, { placement: 'capability' })
const reasonOf = (made: Plan, name: string): string =>
  made.verdicts.find((verdict) => verdict.kind === 'data' && verdict.name === name)?.reason ?? ''

const rows = { name: 'rows', url: TABLE }
const pixels = {
  name: 'pixels',
  source: 'rows',
  transform: [{ type: 'formula', as: 'px', expr: "scale('x', datum.v)" }],
}
const marks = [{ type: 'symbol', from: { data: 'pixels' } }]
const x = { name: 'x', domain: { data: 'rows', field: 'v' }, range: 'width', nice: true }

const chart = (scale: object, more: object = {}): VegaSpec => ({
  width: 100,
  data: [rows, pixels],
  scales: [scale],
  marks,
  ...more,
})

describe('scales in expressions', () => {
  test('the server has the scale, with the extent of its domain and the size of the view in the place of names', () => {
    const made = capable(chart(x))
    expect(made.counts).toMatchObject({ pipelines: 1, full: 1 })
    const task = made.graph.tasks.find((one) => one.kind === 'transform' && one.definition.type === 'formula')
    expect(task).toMatchObject({
      signals: { scale_0_0: expect.any(Number) as unknown, scale_0_1: expect.any(Number) as unknown },
      scales: [{ name: 'x', domain: { signal: 'scale_0_0' }, range: [0, { signal: 'scale_0_1' }], nice: true }],
    })
    expect(made.toServer.map(({ name }) => name)).toEqual(['width'])
  })

  test('a discrete domain is its distinct values, and a quantile one all of them', () => {
    const band = capable(
      chart({ name: 'x', type: 'band', domain: { data: 'rows', field: 'v', sort: true }, range: [0, 1] }),
    )
    expect(band.counts.full).toBe(1)
    expect(JSON.stringify(band.graph)).toContain('"type":"collect"')
    expect(
      capable(chart({ name: 'x', type: 'quantile', domain: { data: 'rows', field: 'v' }, range: [0, 1] })).counts.full,
    ).toBe(1)
  })

  test.each([
    [
      'its name is computed',
      chart(x, { data: [rows, { ...pixels, transform: [{ type: 'formula', as: 'p', expr: 'scale(datum.s, 1)' }] }] }),
      'whose name is computed',
    ],
    ['there is no such scale', chart({ ...x, name: 'y' }), 'there is no scale x'],
    ['it gains what is looked up', chart({ name: 'x', type: 'ordinal', range: [1, 2] }), 'gains what is looked up'],
    ['its domain follows an event', chart({ ...x, domain: { signal: 'event.x' } }), 'reads an event'],
    [
      'its domain needs rows of the browser',
      chart({ ...x, domain: { data: 'page', field: 'v' } }, { data: [{ name: 'page' }, rows, pixels] }),
      'page stays in the browser',
    ],
  ])('a pipeline stays where %s', (_, spec, reason) => {
    expect(reasonOf(capable(spec), 'pixels')).toContain(reason)
  })

  test('a projection is passed on as it is configured, and measures without one need none', () => {
    const measured = {
      ...pixels,
      transform: [{ type: 'formula', as: 'c', expr: "[geoCentroid('map', datum), geoArea(null, datum)]" }],
    }
    const made = capable({
      config: { projection: { precision: 0.5 } },
      projections: [{ name: 'map', type: 'mercator' }],
      data: [rows, measured],
      marks,
    })
    expect(made.graph.tasks).toContainEqual(
      expect.objectContaining({ projections: [{ name: 'map', type: 'mercator', precision: 0.5 }] }),
    )
  })
})

describe('URLs from signals', () => {
  const spec = (signal: object): VegaSpec => ({
    signals: [{ name: 'file', value: 'a.json', ...signal }],
    data: [{ name: 'rows', url: { signal: 'file' }, transform: [{ type: 'aggregate' }] }],
    marks: [{ type: 'symbol', from: { data: 'rows' } }],
  })
  const offered = { bind: { input: 'select', options: ['a.json', 'b.json'] } }

  test('the URL is the value of a task', () => {
    const made = capable(spec(offered))
    expect(made.counts.full).toBe(1)
    expect(made.graph.tasks).toContainEqual({ kind: 'source', from: { kind: 'url-of', task: 0 } })
    expect(made.toServer.map(({ name }) => name)).toEqual(['file'])
  })

  test.each([
    ['every URL that is offered is granted', offered, ['a.json', 'b.json'], 1],
    ['one of them is not', offered, ['a.json'], 0],
    ['events may set any', { on: [{ events: 'click', update: "'b.json'" }] }, ['a.json', 'b.json'], 0],
    ['nothing changes it', {}, ['a.json'], 1],
  ])('by cost, where %s', (_, signal, serverUrls, full) => {
    expect(plan(spec(signal), { serverUrls }).counts.full).toBe(full)
  })
})
