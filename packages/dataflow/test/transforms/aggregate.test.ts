import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { booleans, dates, numbers, strings, type Table } from './harness.ts'

const table: Table = {
  text: strings('b', 'a', 'b', null, '', 'a', 'null', 'b', null),
  number: numbers(1.5, null, Number.NaN, 4, -2, 0, 7.25, 1.5, 3),
  integer: numbers(1, 2, 3, 1, 2, 3, 1, 2, 3),
  flag: booleans(true, false, null, true, false, true, true, null, false),
  date: dates('2012-11-04T05:30:00.250Z', '2012-11-04T05:30:00.750Z', null, 0, 1, '2020-03-08', 1000, 999, 0),
  gone: numbers(1, undefined, 3, undefined, 5, 6, 7, 8, 9),
}
const empty: Table = Object.fromEntries(Object.entries(table).map(([name, { type }]) => [name, { type, values: [] }]))

const numeric = [
  'valid',
  'missing',
  'distinct',
  'sum',
  'mean',
  'average',
  'variance',
  'variancep',
  'stdev',
  'stdevp',
  'stderr',
  'median',
  'q1',
  'q3',
  'min',
  'max',
  'product',
  'count',
]
const sums = ['sum', 'mean', 'average', 'variance', 'variancep', 'stdev', 'stdevp', 'stderr', 'product']
const all = (field: string, ops: readonly string[]) => ({ ops, fields: ops.map(() => field), as: ops })

describe('aggregate', () => {
  for (const groupby of [
    [],
    ['text'],
    ['integer'],
    ['flag'],
    ['date'],
    ['number'],
    ['text', 'integer'],
    ['gone'],
    ['gone', 'text'],
  ]) {
    it(`counts by [${groupby.join(', ')}], in order of first appearance`, async () => {
      await expectEqual({ table, transforms: [{ type: 'aggregate', groupby }] })
      await expectEqual({ table: empty, transforms: [{ type: 'aggregate', groupby }] })
    })
    for (const field of ['number', 'integer', 'flag', 'date', 'gone'])
      it(`measures ${field} by [${groupby.join(', ')}]`, async () => {
        await expectEqual({ table, transforms: [{ type: 'aggregate', groupby, ...all(field, numeric) }] }, { sums })
        await expectEqual(
          { table: empty, transforms: [{ type: 'aggregate', groupby, ...all(field, numeric) }] },
          { sums },
        )
      })
  }

  it('measures texts by UTF-16 order, and takes the empty text for missing', async () => {
    const ops = ['valid', 'missing', 'distinct', 'min', 'max']
    await expectEqual({ table, transforms: [{ type: 'aggregate', groupby: ['integer'], ...all('text', ops) }] })
    const wide = { text: strings('\uff21', '\u{1f600}', 'z', '\u{10fffe}\uff21'), integer: numbers(1, 1, 2, 2) }
    await expectEqual({ table: wide, transforms: [{ type: 'aggregate', groupby: [], ...all('text', ops) }] })
    await expectEqual({ table: wide, transforms: [{ type: 'aggregate', groupby: ['integer'], ...all('text', ops) }] })
  })

  it('lets infinities spoil the running mean as Vega does', async () => {
    const infinite = {
      last: numbers(1, 2, Infinity),
      middle: numbers(1, Infinity, 2),
      both: numbers(Infinity, -Infinity, 1),
      only: numbers(Infinity, null, Number.NaN),
    }
    for (const field of Object.keys(infinite))
      await expectEqual({ table: infinite, transforms: [{ type: 'aggregate', ...all(field, numeric) }] }, { sums })
  })

  it('keeps an invalid Date that comes first as the extreme', async () => {
    const bad = { a: dates(Number.NaN, 5, 1), b: dates(7, Number.NaN, 3) }
    for (const field of ['a', 'b'])
      await expectEqual({
        table: bad,
        transforms: [{ type: 'aggregate', ...all(field, ['min', 'max', 'valid', 'sum', 'mean', 'median']) }],
      })
  })

  it('merges groups whose joined texts are equal', async () => {
    const joined = { a: strings('a|b', 'a', 'a|b', null), b: strings('c', 'b|c', 'c', 'x'), n: numbers(1, 2, 3, 4) }
    await expectEqual({
      table: joined,
      transforms: [{ type: 'aggregate', groupby: ['a', 'b'], ops: ['sum'], fields: ['n'] }],
    })
    await expectEqual({ table: joined, transforms: [{ type: 'aggregate', groupby: ['n', 'a', 'b'] }] })
    await expectReason({ table: joined, transforms: [{ type: 'aggregate', groupby: ['a', 'n', 'b'] }] }, /\|/)
  })

  it('names outputs as Vega does', async () => {
    for (const definition of [
      { ops: ['sum', 'count', 'max'], fields: ['number', null, 'integer'] },
      { ops: ['sum', 'count'], fields: ['number', 'integer'], as: [null, ''] },
      { groupby: ['text', 'text'], ops: ['count'], as: ['text'] },
      { groupby: [{ field: 'text', as: 'renamed' }], ops: ['max'], fields: [{ field: 'integer', as: 'm' }] },
      { groupby: ["['text']"], drop: false },
      { groupby: ['text'], cross: true },
      { groupby: { signal: 'fields' }, ops: [{ signal: 'op' }], fields: ['integer'] },
    ])
      await expectEqual({
        table,
        transforms: [{ type: 'aggregate', ...definition }],
        signals: { fields: ['text', 'flag'], op: 'max' },
      })
  })

  it('leaves the rest to Vega', async () => {
    for (const definition of [
      { groupby: ['text', 'flag'], cross: true },
      { ops: ['ci0'], fields: ['number'] },
      { ops: ['sum'], fields: ['nowhere'] },
      { groupby: ['a.b'] },
    ])
      await expectReason({ table, transforms: [{ type: 'aggregate', ...definition }] }, /./)
  })
})
