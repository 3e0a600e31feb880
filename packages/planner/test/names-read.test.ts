import { describe, expect, test } from 'vitest'
import { accessPath } from '../src/access-path.ts'
import { columnUse } from '../src/index.ts'
import { namesRead, readingOf } from '../src/names-read.ts'
import { wholeIn } from '../src/whole-rows.ts'
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

describe('whose rows a spec may read whole', () => {
  const sets = [
    { name: 'base', url: 'magpie+table://00' },
    { name: 'rows', source: 'base' },
    { name: 'other', url: 'magpie+table://01' },
    { name: 'third', url: 'magpie+table://02' },
  ]
  const mark = (update: object, data = 'rows') => ({ type: 'symbol', from: { data }, encode: { update } })
  const tooltip = { tooltip: { signal: 'datum' } }
  const whole = (spec: Record<string, unknown>): readonly string[] | 'all' => {
    const full = deepFreeze({ data: sets, ...spec })
    const reading = readingOf(full)
    if (reading === 'all') return 'all'
    const names = sets.map(({ name }) => name).filter(wholeIn(full, reading))
    return names.length === sets.length ? 'all' : names
  }
  const facet = { facet: { name: 'cell', data: 'other', groupby: 'g' } }

  test.each([
    ['a mark shows its own rows', { marks: [mark(tooltip), mark({ x: { field: 'v' } }, 'other')] }, ['base', 'rows']],
    ['a field whose name is a signal', { marks: [mark({ x: { field: { signal: 's' } } }, 'third')] }, ['third']],
    [
      'a field whose name is in a field',
      { marks: [mark({ x: { field: { datum: { datum: 'v' } } } }, 'third')] },
      ['third'],
    ],
    [
      'a field of the row of the group whose name is in a field',
      { marks: [{ type: 'group', from: facet, marks: [mark({ x: { field: { parent: { datum: 'v' } } } }, 'third')] }] },
      ['other', 'third'],
    ],
    ...(['best', "best['v']", 'v'] as const).map((field) => {
      const argmax = { type: 'aggregate', ops: ['argmax'], fields: ['v'], as: ['best'] }
      const data = [...sets, { name: 'top', source: 'base', transform: [argmax] }]
      return [
        `${field} of the row of a greatest value`,
        { data, marks: [mark({ text: { field } }, 'top')] },
        field === 'best' ? ['base'] : [],
      ] as const
    }),
    [
      'a column of a pivot whose values are rows',
      {
        data: [
          ...sets,
          { name: 'top', source: 'base', transform: [{ type: 'pivot', field: 'k', value: 'v', op: 'argmax' }] },
        ],
        marks: [mark({ text: { field: 'a' } }, 'top')],
      },
      ['base'],
    ],
    ['a field of the row', { marks: [mark({ x: { field: { datum: 'v' } } }, 'third')] }, []],
    [
      'a facet shows rows of its source',
      { marks: [{ type: 'group', from: facet, marks: [mark(tooltip, 'cell')] }] },
      ['other'],
    ],
    [
      'a row of the group',
      { marks: [{ type: 'group', from: facet, marks: [mark({ x: { signal: 'f(parent)' } })] }] },
      ['base', 'rows', 'other'],
    ],
    ['rows in a signal', { signals: [{ name: 's', update: "data('third')" }] }, ['third']],
    ['a row in a signal', { signals: [{ name: 's', update: "data('third')[i]" }] }, ['third']],
    ['a column whose name is computed', { signals: [{ name: 's', update: "pluck(data('third'), f)" }] }, ['third']],
    ['a field of a row', { signals: [{ name: 's', update: "data('third')[i].v + peek(data('third')).v" }] }, []],
    [
      'columns by name, and how many rows',
      { signals: [{ name: 's', update: "extent(pluck(data('third'), 'v'))[length(data('rows'))]" }] },
      [],
    ],
    ['a part of a value of a signal', { signals: [{ name: 's', update: 'brush[which]' }] }, []],
    [
      'a transform of whole rows',
      { data: [...sets, { name: 'map', source: 'third', transform: [{ type: 'geojson' }] }] },
      ['third'],
    ],
    [
      'a row that a lookup takes',
      {
        data: [
          ...sets,
          {
            name: 'on',
            source: 'rows',
            transform: [{ type: 'lookup', from: 'third', key: 'k', fields: ['k'], as: ['o'] }],
          },
        ],
        marks: [mark(tooltip, 'on')],
      },
      ['base', 'rows', 'third'],
    ],
    ['the datum of an event', { signals: [{ name: 's', on: [{ events: 'click', update: 'datum' }] }] }, 'all'],
    [
      'items of another mark',
      { marks: [{ ...mark({}), name: 'dots' }, mark({ x: { signal: 'f(datum)' } }, 'dots')] },
      'all',
    ],
    ['an item whose field is computed', { signals: [{ name: 's', update: 'item()[f]' }] }, 'all'],
    ['a data set whose name is computed', { signals: [{ name: 's', update: 'data(f)' }] }, 'all'],
  ] as const)('%s', (_what, spec, expected) => {
    expect(whole(spec)).toEqual(expected)
  })

  test('the tables of other rows keep to the columns that are named', () => {
    expect(columnUse({ data: sets, marks: [mark(tooltip), mark({ x: { field: 'v' } }, 'other')] })).toMatchObject([
      { url: 'magpie+table://00', columns: 'all' },
      { url: 'magpie+table://01', columns: expect.arrayContaining(['v']) as unknown },
      { url: 'magpie+table://02', columns: expect.arrayContaining(['v']) as unknown },
    ])
  })
})
