import { describe, expect, test } from 'vitest'
import { plan, type Plan, type VegaSpec } from '../src/index.ts'

const TABLE = `magpie+table://${'0'.repeat(62)}aa`
const id = { type: 'identifier', as: 'id' }
const groups = { type: 'aggregate', groupby: ['g'] }
const bins = [
  { type: 'extent', field: 'v', signal: 'reach' },
  { type: 'bin', field: 'v', extent: { signal: 'reach' } },
]
const other = { name: 'other', url: TABLE, transform: [id] }
const draw = (...names: string[]): object[] =>
  names.map((data) => ({ type: 'symbol', from: { data }, encode: { update: { x: { field: 'id' } } } }))
const capable = (spec: VegaSpec): Plan => plan(spec, { placement: 'capability' })

const twice = (transform: readonly object[], more: object = {}): VegaSpec => ({
  data: [
    { name: 'rows', url: TABLE, transform },
    { name: 'bars', source: 'rows', transform: [groups, id] },
  ],
  marks: draw('rows', 'bars'),
  ...more,
})

describe('several identifiers share one counter', () => {
  test('each goes on from the number of rows that those before it numbered', () => {
    const made = capable(twice([id]))
    expect(made.counts).toMatchObject({ full: 2 })
    const { tasks } = made.graph
    const last = tasks.findLastIndex((task) => task.kind === 'transform' && task.definition.type === 'identifier')
    const counter = tasks.findIndex((task) => task.kind === 'expression')
    expect(tasks[last]).toMatchObject({ definition: { after: { signal: 'counter' } }, signals: { counter } })
    expect(tasks[counter]).toMatchObject({
      expression: "(length(data('numbered_0_0')) > 0 ? data('numbered_0_0')[0].count : 0)",
    })
  })

  test.each<[string, readonly object[]]>([
    ['all of them', [...bins, id]],
    ['the last', [id, ...bins]],
  ])('%s may read what a transform before them writes', (_, transform) => {
    expect(capable(twice(transform)).counts).toMatchObject({ full: 2 })
  })

  test('the browser may number rows that come before all that the server numbers', () => {
    const made = plan(twice([id]))
    expect(JSON.stringify(made.client)).toContain('"identifier"')
    expect(made.counts).toMatchObject({ full: 1 })
  })

  test.each<[string, VegaSpec]>([
    [
      'a signal that reads data moves one behind the others',
      twice([{ type: 'filter', expr: 'datum.v > least' }, id], {
        signals: [{ name: 'least', update: "length(data('bars'))" }],
      }),
    ],
    [
      'a signal reads one that is defined after it',
      twice([{ type: 'filter', expr: 'datum.v > least' }, id], {
        signals: [
          { name: 'least', update: 'later' },
          { name: 'later', update: '1 + 1' },
        ],
      }),
    ],
    [
      'one reads what a transform before it writes, and so comes after one that is defined later',
      twice(bins, { data: [{ name: 'rows', url: TABLE, transform: [...bins, id] }, other] }),
    ],
    [
      'one that reads what a transform writes stands between others',
      twice([id, ...bins], {
        data: [
          { name: 'rows', url: TABLE, transform: [id, ...bins] },
          { name: 'bars', source: 'rows', transform: [groups, id] },
          other,
        ],
      }),
    ],
    [
      'rows of one change',
      twice([{ type: 'filter', expr: 'datum.v > least' }, id], {
        signals: [{ name: 'least', value: 1, bind: { input: 'range' } }],
      }),
    ],
    [
      'one is inside a facet',
      twice([id], {
        marks: [
          {
            type: 'group',
            from: { facet: { name: 'cell', data: 'rows', groupby: 'g' } },
            data: [{ name: 'own', source: 'cell', transform: [groups, id] }],
            marks: draw('own'),
          },
        ],
      }),
    ],
    [
      'the last must be in the browser',
      twice([id], {
        signals: [{ name: 'drawn', on: [{ events: 'click', update: 'datum' }] }],
        data: [
          { name: 'bars', url: TABLE, transform: [groups, id] },
          { name: 'rows', url: TABLE, transform: [{ type: 'formula', as: 'r', expr: 'random()' }, id] },
        ],
      }),
    ],
  ])('and stay in the browser together where %s', (_, spec) => {
    const made = capable(spec)
    const numbered = made.verdicts.filter(({ name, side }) => name.endsWith('identifier') && side === 'server')
    expect(numbered).toEqual([])
  })
})
