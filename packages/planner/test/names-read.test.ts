import { describe, expect, test } from 'vitest'
import { accessPath } from '../src/access-path.ts'
import { columnUse } from '../src/index.ts'
import { namesRead } from '../src/names-read.ts'
import { deepFreeze } from './deep-freeze.ts'

const marked = (update: object): Record<string, unknown> => ({
  data: [{ name: 'rows', url: 'magpie+table://00' }],
  marks: [{ type: 'symbol', from: { data: 'rows' }, encode: { update } }],
})

describe('the columns that a client spec may read', () => {
  test.each([
    [{ x: { field: 'a b' } }, 'a b'],
    [{ x: { field: 'a\\.b' } }, 'a.b'],
    [{ x: { field: 'deep.er' } }, 'deep'],
    [{ x: { field: { parent: 'p' } } }, 'p'],
    [{ x: { signal: "datum['odd name'] + parent.q" } }, 'odd name'],
    [{ x: { signal: "datum['odd name'] + parent.q" } }, 'q'],
    [{ x: { signal: "(item().isVoronoi ? datum.datum : datum)['v']" } }, 'v'],
    [{ x: { signal: "pluck(data('rows'), 'w')" } }, 'w'],
    [{ fill: [{ test: "vlSelectionTest('s', datum) && datum.t", value: 'red' }] }, 't'],
  ])('%j reads %s', (update, name) => {
    expect(namesRead(deepFreeze(marked(update)))).toContain(name)
  })

  test.each([
    { tooltip: { signal: 'datum' } },
    { tooltip: { signal: '{row: datum}' } },
    { tooltip: { signal: 'event.item.datum' } },
    { x: { signal: "datum[width > 10 ? 'a' : 'b']" } },
    { x: { field: { signal: 'chosen' } } },
    { x: { signal: 'not an expression (' } },
  ])('%j may read anything', (update) => {
    expect(namesRead(marked(update))).toBe('all')
  })

  test('a transform that reads whole rows in the browser may read anything', () => {
    expect(namesRead({ marks: [{ type: 'shape', transform: [{ type: 'geoshape', projection: 'p' }] }] })).toBe('all')
  })

  test('a test, a comparison and a selection test let no row out', () => {
    const names = namesRead(
      marked({ x: { signal: "datum && !datum && datum != null && vlSelectionIdTest('s', datum) ? 1 : 0" } }),
    )
    expect(names).not.toBe('all')
  })
})

test('field names are read as Vega reads them', () => {
  expect(accessPath("a.b[0]['c.d'].e\\.f")).toEqual(['a', 'b', '0', 'c.d', 'e.f'])
})

test('columnUse names what server pipelines read too, once per table', () => {
  const spec = {
    data: [
      {
        name: 'a',
        url: 'magpie+table://00',
        transform: [{ type: 'aggregate', groupby: ['g'], ops: ['sum'], fields: ['v'] }],
      },
      { name: 'b', url: 'magpie+table://00' },
      { name: 'c', url: 'data/cars.json' },
    ],
    marks: [{ type: 'symbol', from: { data: 'a' }, encode: { update: { x: { field: 'sum_v' } } } }],
  }
  const use = columnUse(deepFreeze(spec))
  expect(use.map(({ url }) => url)).toEqual(['magpie+table://00'])
  expect(use[0]?.columns).toEqual(expect.arrayContaining(['g', 'v']))
})
