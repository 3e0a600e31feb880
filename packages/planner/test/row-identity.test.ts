import { describe, expect, test } from 'vitest'
import { plan, type VegaSpec } from '../src/index.ts'

const TABLE = `magpie+table://${'0'.repeat(62)}aa`

const INSIDE = { type: 'filter', expr: 'datum.v > least' }
const COUNT = { type: 'aggregate', groupby: ['g'] }
const BIN = { type: 'bin', field: 'v', extent: [0, 9], step: { signal: 'step' }, as: ['v0', 'v1'] }
const EACH_BIN = { type: 'aggregate', groupby: ['v0', 'v1'] }

const chart = (transform: readonly object[], field = 'v'): VegaSpec => ({
  signals: [
    { name: 'least', value: 3 },
    { name: 'step', value: 1 },
  ],
  data: [{ name: 'rows', url: TABLE, transform }],
  marks: [{ type: 'symbol', from: { data: 'rows' }, encode: { update: { x: { field } } } }],
})

const linked = (spec: VegaSpec): unknown => {
  const { toClient, toServer, graph } = plan(spec)
  const rows = toClient.find(({ name }) => name === 'rows')
  const { columns = [], hidden = [], renewedBy = [] } = rows?.identity ?? {}
  if (rows?.identity === undefined) return undefined
  const steps = graph.tasks.flatMap((task) => (task.kind === 'transform' ? [task.definition.type] : []))
  return {
    columns,
    hidden,
    renewedBy: renewedBy.map((root) => toServer[root]?.name),
    numbered: steps.includes('identifier'),
    asked: rows.wanted.columns,
  }
}

describe('rows that change are known again', () => {
  test.each([
    [
      'by a number, where they are those of a table',
      [INSIDE],
      { columns: ['magpie_row'], hidden: ['magpie_row'], numbered: true },
    ],
    ['by their group', [INSIDE, COUNT], { columns: ['g'], hidden: ['g'], numbered: false }],
    ['by the key of their group', [INSIDE, { ...COUNT, groupby: ['g', 'h'], key: 'h' }], { columns: ['h'] }],
    ['as the only group', [INSIDE, { type: 'aggregate' }], { columns: [], numbered: false }],
    ['by a number, after groups that never change', [COUNT, INSIDE], { columns: ['magpie_row'], numbered: true }],
    [
      'though a column is computed anew',
      [INSIDE, { type: 'formula', as: 'w', expr: 'step' }],
      { columns: ['magpie_row'] },
    ],
  ])('%s', (_, transform, expected) => {
    expect(linked(chart(transform))).toMatchObject({ renewedBy: [], ...expected })
  })

  test('and what tells them apart is asked for, beyond what the chart reads', () => {
    expect(linked(chart([INSIDE]))).toMatchObject({ asked: ['_vgsid_', 'v', 'magpie_row'] })
    expect(linked(chart([INSIDE, COUNT], 'count'))).toMatchObject({ asked: ['count', 'g'] })
  })

  test('groups are new where their columns are computed anew, or the aggregate itself changes', () => {
    expect(linked(chart([BIN, INSIDE, EACH_BIN]))).toMatchObject({ renewedBy: ['step'] })
    expect(linked(chart([INSIDE, BIN, EACH_BIN]))).toMatchObject({ renewedBy: ['step', 'least'] })
    const ops = [{ signal: "step > 1 ? 'sum' : 'mean'" }]
    expect(linked(chart([INSIDE, { ...COUNT, fields: ['v'], ops, as: ['m'] }]))).toMatchObject({ renewedBy: ['step'] })
  })

  test.each([
    ['that are sorted', [INSIDE, { type: 'collect', sort: { field: 'v' } }]],
    ['of groups that stay when they are empty', [{ ...INSIDE }, { ...COUNT, groupby: ['g', 'h'], cross: true }]],
    ['that a transform makes anew', [INSIDE, { type: 'fold', fields: ['v', 'w'] }]],
    ['of which a column that tells them apart is written', [INSIDE, COUNT, { type: 'formula', as: 'g', expr: '1' }]],
    ['that never change', [COUNT]],
  ])('but not those %s', (_, transform) => {
    expect(linked(chart(transform))).toBeUndefined()
  })
})
