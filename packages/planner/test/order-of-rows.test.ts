import { describe, expect, it, test } from 'vitest'
import { plan, type Plan, type VegaSpec } from '../src/index.ts'

const TABLE = `magpie+table://${'0'.repeat(62)}aa`

const FILTER = { type: 'filter', expr: 'datum.v > least' }
const WINDOW = { type: 'window', ops: ['row_number'], as: ['n'] }
const STACK = { type: 'stack', groupby: ['g'], field: 'v' }
const PIE = { type: 'pie', field: 'v' }
const COUNT = { type: 'aggregate', groupby: ['g'] }
const EACH = { type: 'aggregate', groupby: ['v0', 'v1', 'g'], fields: ['v'], ops: ['sum'], as: ['v'] }
const BY_V = { field: 'v' }
const BIN = { type: 'bin', field: 'v', extent: [0, 9], step: { signal: 'least' }, as: ['v0', 'v1'] }

const FIXED = { ...BIN, step: 1 }

const chart = (transform: readonly object[], more: readonly object[] = []): VegaSpec => ({
  signals: [{ name: 'least', value: 3, bind: { input: 'range', min: 0, max: 9 } }],
  data: [{ name: 'rows', url: TABLE, transform }, ...more],
  marks: ['rows', ...more.map((set) => (set as { readonly name: string }).name)].map((data) => ({
    type: 'symbol',
    from: { data },
  })),
})
const capable = (spec: VegaSpec): Plan => plan(spec, { placement: 'capability' })
const onServer = (made: Plan): readonly string[] =>
  made.verdicts.filter(({ kind, side }) => kind === 'transform' && side === 'server').map(({ name }) => name)
const reasonOf = (made: Plan, name: string): string =>
  made.verdicts.find((verdict) => verdict.kind === 'transform' && verdict.name === name)?.reason ?? ''

/**
 * Rows that leave a filter and come back stand last in Vega, so what depends on the order of rows tells of all the filter's
 * earlier values: the service knows the present ones only.
 */
describe('a filter whose rows come and go stays in the browser', () => {
  test.each([
    ['a window without a sort', [FILTER, WINDOW]],
    ['a window with an empty sort', [FILTER, { ...WINDOW, sort: {} }]],
    ['a stack without a sort', [FILTER, STACK]],
    ['a pie', [FILTER, PIE]],
    ['a window over groups that come and go', [FILTER, COUNT, WINDOW]],
    ['a window after rows are sorted by nothing', [FILTER, { type: 'collect' }, WINDOW]],
    ['a stack whose sort leaves rows equal', [FILTER, { ...STACK, sort: BY_V }]],
    ['the first of the rows with the most', [FILTER, { type: 'aggregate', ops: ['argmax'], fields: ['v'], as: ['m'] }]],
    ['lists of rows', [FILTER, { type: 'collect', sort: BY_V }, { type: 'aggregate', ops: ['values'], as: ['all'] }]],
  ])('before %s', (_, transform) => {
    const made = capable(chart([{ type: 'formula', as: 'w', expr: 'datum.v * 2' }, ...transform]))
    expect(onServer(made)).toEqual(['rows[0] formula'])
    expect(reasonOf(made, 'rows[1] filter')).toContain('depends on the order in which rows come back to this filter')
  })

  test('before a window in a data set that reads it, however far', () => {
    const readers = [
      { name: 'groups', source: 'rows', transform: [COUNT] },
      { name: 'numbered', source: 'groups', transform: [WINDOW] },
    ]
    const made = capable(chart([FILTER], readers))
    expect(onServer(made)).toEqual([])
    expect(reasonOf(made, 'rows[0] filter')).toContain('window of numbered')
  })

  test('before the groups of a facet, whose rows are stacked', () => {
    const facet = { name: 'cell', data: 'rows', groupby: 'g' }
    const data = [{ name: 'part', source: 'cell', transform: [STACK] }]
    const group = { type: 'group', from: { facet }, data, marks: [{ type: 'rect', from: { data: 'part' } }] }
    expect(onServer(capable({ ...chart([FILTER]), marks: [group] }))).not.toContain('rows[0] filter')
  })
})

/** What it made of a row before is gone when the row is taken away and another one comes for it. */
describe('what makes rows change stays in the browser', () => {
  test.each([
    ['groups that are kept when they are empty', { type: 'aggregate', groupby: ['v0'], drop: false }],
    ['numbers that rows were given once', { type: 'identifier', as: 'id' }],
    ['a formula that is computed once', { type: 'formula', as: 'w', expr: 'datum.v0', initonly: true }],
  ])('before %s', (_, step) => {
    const made = capable(chart([BIN], [{ name: 'next', source: 'rows', transform: [step] }]))
    expect(onServer(made)).toEqual([])
    expect(reasonOf(made, 'rows[0] bin')).toContain('keeps what its rows were before')
  })

  const score = { type: 'formula', as: 'score', expr: 'datum.rank + least' }
  test.each([
    ['a formula of its own result', [{ ...score, as: 'rank' }]],
    ['a formula of what is written later', [score, { ...WINDOW, sort: { field: 'score' }, as: ['rank'] }]],
    [
      'a filter by what is written later',
      [
        { type: 'filter', expr: 'datum.rank > least' },
        { ...score, as: 'rank' },
      ],
    ],
    ['bins of what is written later', [{ ...BIN, as: ['v', 'v1'] }]],
  ])('when it is %s', (_, transform) => {
    expect(onServer(capable(chart(transform)))).toEqual([])
  })

  describe('when it tests a selection', () => {
    const test = { type: 'filter', expr: '!length(data("brush_store")) || vlSelectionTest("brush_store", datum)' }
    const month = { type: 'formula', as: 'month', expr: 'month(datum.date)' }
    const brushed = (store: object, ...signals: readonly object[]): VegaSpec => {
      const tuple = { name: 'tuple', update: '{fields: fields, values: [[1, 3]]}' }
      const update = 'modify("brush_store", tuple, true)'
      const modify = { name: 'brush_modify', on: [{ events: 'mousemove', update }] }
      const spec = chart([test, month, COUNT]) as { readonly data: readonly object[] } & VegaSpec
      return {
        ...spec,
        signals: [tuple, modify, ...signals],
        data: [{ name: 'brush_store', ...store }, ...spec.data],
      }
    }
    const selects = (what: string, spec: VegaSpec, steps: number): void => {
      it(what, () => expect(onServer(capable(spec))).toHaveLength(steps))
    }
    const fields = (field: string): readonly object[] => [{ field, channel: 'x', type: 'R' }]

    selects('of a field that is written later', brushed({}, { name: 'fields', value: fields('month') }), 0)
    selects('of one that a signal makes', brushed({}, { name: 'fields', update: '[{field: "month"}]' }), 0)
    selects(
      'of one that the store begins with',
      brushed({ values: [{ fields: fields('month') }] }, { name: 'fields' }),
      0,
    )
    selects('but not of another', brushed({}, { name: 'fields', value: fields('date') }, { name: 'month' }), 3)
    const other = { name: 'click_fields', value: fields('month') }
    selects('nor of one of another selection', brushed({}, { name: 'fields', value: fields('date') }, other), 3)
  })

  test('when it computes the name of a field that is written later', () => {
    const named = { type: 'filter', expr: 'datum[name] > least' }
    const among = (options: readonly string[]): VegaSpec => {
      const spec = chart([named, { ...score, expr: 'datum.v' }]) as { readonly signals: readonly object[] } & VegaSpec
      return { ...spec, signals: [...spec.signals, { name: 'name', value: 'v', bind: { input: 'select', options } }] }
    }
    expect(onServer(capable(among(['v', 'score'])))).toEqual([])
    expect(onServer(capable(among(['v', 'w'])))).toHaveLength(2)
  })

  test('when it asks which row it is', () => {
    const spec = chart([{ type: 'formula', as: 'own', expr: 'datum === picked' }])
    const picked = { name: 'picked', value: {}, on: [{ events: 'mousedown', update: 'datum' }] }
    expect(onServer(capable({ ...spec, signals: [picked] }))).toEqual([])
  })

  const BY_KEY = { type: 'aggregate', groupby: ['v0', 'v1'], key: 'v0' }

  test('before groups that the browser tells apart by one of their columns', () => {
    const drawn = { type: 'resolvefilter', ignore: 1, filter: { signal: 'least' } }
    expect(onServer(capable(chart([BIN, drawn, BY_KEY])))).toEqual([])
  })

  test.each([
    ['groups that are made anew', { type: 'aggregate', groupby: ['v0', 'v1'] }],
    ['groups that the service makes, where each is new', BY_KEY],
  ])('but not before %s', (_, step) => {
    expect(onServer(capable(chart([BIN, step])))).toHaveLength(2)
  })
})

describe('a filter runs on the server', () => {
  test.each([
    ['before a window that sorts', [FILTER, { ...WINDOW, sort: BY_V }]],
    [
      'before a stack that tells all groups apart',
      [FIXED, FILTER, EACH, { ...STACK, groupby: ['v0'], sort: { field: 'g' } }],
    ],
    ['when its rows are sorted before the window', [FILTER, { type: 'collect', sort: BY_V }, WINDOW]],
    ['after the window', [WINDOW, FILTER]],
    ['before a window when its rows never change', [{ type: 'filter', expr: 'datum.v > 3' }, WINDOW]],
    ['before an aggregate alone', [FILTER, COUNT]],
  ])('%s', (_, transform) => {
    expect(onServer(capable(chart(transform)))).toHaveLength(transform.length)
  })
})
