import { describe, expect, test } from 'vitest'
import { plan, type Plan, type VegaSpec } from '../src/index.ts'

const TABLE = `magpie+table://${'0'.repeat(62)}aa`
const capable = (spec: VegaSpec): Plan => plan(spec, { placement: 'capability' })
const reasonOf = (made: Plan, name: string): string =>
  made.verdicts.find((verdict) => verdict.kind === 'data' && verdict.name === name)?.reason ?? ''

const tree = (...more: object[]): object => ({
  name: 'tree',
  url: TABLE,
  transform: [{ type: 'stratify', key: 'id', parentKey: 'up' }, { type: 'tree', size: [100, 100] }, ...more],
})
const links = { name: 'links', source: 'tree', transform: [{ type: 'treelinks' }, { type: 'linkpath' }] }
const draw = (...names: string[]): object[] => names.map((data) => ({ type: 'symbol', from: { data } }))

describe('trees', () => {
  test('rows of a tree and its links come from the server, where the tree is', () => {
    expect(capable({ data: [tree(), links], marks: draw('tree', 'links') }).counts).toMatchObject({ full: 2 })
  })

  test('a tree stays where an expression reads it', () => {
    const signals = [{ name: 'path', update: "treePath('tree', 1, 2)" }]
    const made = capable({ signals, data: [tree(), links], marks: draw('tree', 'links') })
    expect(made.counts.full).toBe(0)
    expect(reasonOf(made, 'tree')).toContain('treePath() reads a tree')
  })

  test('a tree stays from its first step on when a later transform must be in the browser', () => {
    const made = capable({ data: [tree({ type: 'formula', as: 'r', expr: 'random()' }), links], marks: draw('links') })
    expect(made.counts).toMatchObject({ full: 0, steps: 0 })
  })

  test('a tree stays when links inside a facet read it', () => {
    const facet = { facet: { name: 'part', data: 'tree', groupby: 'id' } }
    const made = capable({
      data: [tree()],
      marks: [{ type: 'group', from: facet, data: [links], marks: draw('links') }],
    })
    expect(reasonOf(made, 'tree')).toContain('reads its tree in the browser')
  })
})

describe('projections', () => {
  const points = {
    name: 'points',
    url: TABLE,
    transform: [
      { type: 'geojson', fields: ['lon', 'lat'], signal: 'shape' },
      { type: 'geopoint', projection: 'map', fields: ['lon', 'lat'] },
    ],
  }
  const map = { name: 'map', type: 'mercator', fit: { signal: 'shape' }, size: { signal: '[width, height]' } }

  test('the server has the definition of the projection, and the values of its signals', () => {
    const made = capable({ width: 100, height: 50, projections: [map], data: [points], marks: draw('points') })
    expect(made.counts.full).toBe(1)
    expect(made.graph.tasks).toContainEqual(
      expect.objectContaining({
        definition: expect.objectContaining({
          type: 'geopoint',
          projection: { type: 'mercator', fit: { signal: 'projection_0' }, size: { signal: 'projection_1' } },
        }) as unknown,
      }),
    )
    expect(made.toServer.map(({ name }) => name)).toEqual(['width', 'height'])
  })

  test('a projection that a group defines again is not taken for the one of the top level', () => {
    const marks = [...draw('points'), { type: 'group', projections: [map] }]
    const made = capable({ projections: [map], data: [points], marks })
    expect(reasonOf(made, 'points')).toContain('not of the top level')
  })

  test('by cost, rows are placed on the screen in the browser, but shapes made of all of them are not', () => {
    const made = plan({ projections: [map], data: [points], marks: draw('points') })
    expect(reasonOf(made, 'points')).toContain('it places rows on the screen')
    const contours = { ...points, transform: [...points.transform, { type: 'contour', x: 'x', y: 'y', size: [9, 9] }] }
    expect(plan({ projections: [map], data: [contours], marks: draw('points') }).counts.full).toBe(1)
  })
})

describe('facets', () => {
  const facet = (transform: readonly object[], mark: object = {}): VegaSpec => ({
    data: [{ name: 'rows', url: TABLE }],
    marks: [
      {
        type: 'group',
        from: { facet: { name: 'cell', data: 'rows', groupby: 'site' } },
        signals: [{ name: 'own', value: 1 }],
        data: [{ name: 'part', source: 'cell', transform }],
        marks: [{ type: 'symbol', from: { data: 'part' }, ...mark }],
      },
    ],
  })
  const mean = { type: 'aggregate', groupby: ['g'], fields: ['v'], ops: ['mean'], as: ['m'] }

  test('a pipeline of a facet is computed for all groups at once, and the rows stay on the server', () => {
    const made = capable(facet([mean]))
    expect(made.counts).toMatchObject({ pipelines: 1, full: 1 })
    expect(JSON.stringify(made.client)).not.toContain(TABLE)
    expect(made.toClient.map(({ name }) => name)).not.toContain('rows')
  })

  test.each([
    ['its own signal', [{ type: 'filter', expr: 'datum.v > own' }], {}],
    ['its group', [{ type: 'filter', expr: 'datum.v > parent.count' }], {}],
    ['whole rows of the group', [{ ...mean, ops: ['values'] }], {}],
    ['a total over all groups', [{ type: 'stack', field: 'v', offset: 'center' }], {}],
    ['an extent of its own', [{ type: 'bin', field: 'v', extent: { signal: '[0, own]' } }], {}],
    ['columns that nobody names', [mean], { encode: { update: { tooltip: { signal: 'datum' } } } }],
    ['the rows of the facet too', [mean], { from: { data: 'cell' } }],
  ])('a pipeline stays in the facet that needs %s', (_, transform, mark) => {
    expect(capable(facet(transform, mark)).counts.full).toBe(0)
  })
})
