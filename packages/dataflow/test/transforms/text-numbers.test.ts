import { describe, it } from 'vitest'
import { expectEqual } from './expect-equal.ts'
import { numbers, strings, type Table } from './harness.ts'

const texts = strings('1.5', '-2', '', ' 3 ', null, '0x10', '7', '2', '1e3')
const table: Table = {
  n: texts,
  odd: strings('1', 'a', '', null, 'Infinity', '2', '-Infinity', '1e400', ' '),
  one: strings(null, '', '4', null, '', null, '', null, ''),
  gone: strings('1', undefined, '2', '', undefined, '0b1', '5', '-0', 'x'),
  none: strings('', '', '', '', '', '', '', '', ''),
  g: numbers(1, 2, 1, 2, 1, 2, 1, 1, 2),
}
const empty: Table = Object.fromEntries(Object.entries(table).map(([name, { type }]) => [name, { type, values: [] }]))
const ops = [
  ...['valid', 'missing', 'distinct', 'sum', 'mean', 'variance', 'variancep', 'stdev', 'stdevp', 'stderr'],
  ...['product', 'median', 'q1', 'q3', 'min', 'max'],
]
const sums = ['sum', 'mean', 'variance', 'variancep', 'stdev', 'stdevp', 'stderr', 'product']

// Vega measures texts by the numbers that JavaScript makes of them; a text that is none is NaN, and is measured.
describe('texts as numbers', () => {
  for (const field of ['n', 'odd', 'one', 'gone', 'none'])
    for (const rows of [table, empty])
      for (const groupby of [[], ['g']]) {
        const named = `${field} by [${groupby.join('')}] of ${rows === empty ? 'no' : 'some'} rows`
        const measured = { groupby, ops, fields: ops.map(() => field), as: ops }
        it(`measures ${named}`, async () => {
          await expectEqual({ table: rows, transforms: [{ type: 'aggregate', ...measured }] }, { sums })
          await expectEqual({ table: rows, transforms: [{ type: 'joinaggregate', ...measured }] }, { sums })
        })
        it(`stacks ${named}`, async () => {
          for (const offset of ['zero', 'center', 'normalize'])
            await expectEqual(
              { table: rows, transforms: [{ type: 'stack', field, groupby, offset }] },
              { sums: ['y0', 'y1'] },
            )
        })
        it(`finds quantiles of ${named}`, async () => {
          await expectEqual({
            table: rows,
            transforms: [{ type: 'quantile', field, groupby, probs: [0, 0.25, 0.6, 1] }],
          })
        })
        it(`bins ${named}`, async () => {
          await expectEqual({ table: rows, transforms: [{ type: 'bin', field, extent: [0, 10], maxbins: 4 }] })
        })
        it(`has the extent of ${named}`, async () => {
          const transforms = [
            { type: 'extent', field, signal: 'ends' },
            { type: 'bin', field: 'g', extent: { signal: 'ends' }, as: ['a', 'b'] },
          ]
          if (!['odd', 'one', 'none'].includes(field) && rows === table) await expectEqual({ table: rows, transforms })
        })
      }

  it('pivots them', async () => {
    for (const op of ops)
      await expectEqual(
        { table, transforms: [{ type: 'pivot', field: 'g', value: 'odd', op }] },
        sums.includes(op) ? { sums: ['1', '2'] } : {},
      )
  })
})
