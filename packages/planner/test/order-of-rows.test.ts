import { describe, expect, test } from 'vitest'
import { plan, type Plan, type VegaSpec } from '../src/index.ts'

const TABLE = `magpie+table://${'0'.repeat(62)}aa`

const FILTER = { type: 'filter', expr: 'datum.v > least' }
const WINDOW = { type: 'window', ops: ['row_number'], as: ['n'] }
const STACK = { type: 'stack', groupby: ['g'], field: 'v' }
const PIE = { type: 'pie', field: 'v' }
const COUNT = { type: 'aggregate', groupby: ['g'] }
const BY_V = { field: 'v' }

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
})

describe('a filter runs on the server', () => {
  test.each([
    ['before a window that sorts', [FILTER, { ...WINDOW, sort: BY_V }]],
    ['before a stack that sorts', [FILTER, { ...STACK, sort: BY_V }]],
    ['when its rows are sorted before the window', [FILTER, { type: 'collect', sort: BY_V }, WINDOW]],
    ['after the window', [WINDOW, FILTER]],
    ['before a window when its rows never change', [{ type: 'filter', expr: 'datum.v > 3' }, WINDOW]],
    ['before an aggregate alone', [FILTER, COUNT]],
  ])('%s', (_, transform) => {
    expect(onServer(capable(chart(transform)))).toHaveLength(transform.length)
  })
})
