import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isReason } from '../../src/reason.ts'
import { expectEqual, expectReason } from './expect-equal.ts'
import { compileAll, numbers, type Table } from './harness.ts'

const doubles = fc.sample(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { numRuns: 5000, seed: 7 })
const table: Table = {
  x: numbers(...doubles),
  i: numbers(...doubles.map((value) => Math.round(value))),
  huge: numbers(...doubles.map((value) => Math.round(value) * 2 ** 22)),
  g: numbers(...doubles.map((_value, index) => index % 3)),
}
const ops = ['sum', 'mean', 'variance', 'variancep', 'stdev', 'stdevp', 'product']
const of = (field: string) => ({ ops, fields: ops.map(() => field) })

// Adding doubles in another order gives other last digits, which a tooltip shows: few rows are added as Vega adds them.
describe('few rows are added in their order', () => {
  for (const field of ['x', 'i', 'huge'])
    it(`by groups of ${field}`, async () => {
      await expectEqual({ table, transforms: [{ type: 'aggregate', groupby: ['g'], ...of(field) }] })
      await expectEqual({ table, transforms: [{ type: 'joinaggregate', ...of(field) }] })
      const sort = { type: 'collect', sort: { field: 'i' } }
      await expectEqual({ table, transforms: [sort, { type: 'aggregate', ...of(field) }] })
    })

  it('in windows and stacks where all sums are safe integers', async () => {
    const window = { type: 'window', ops: ['sum'], fields: ['i'], groupby: ['g'], sort: { field: 'x' } }
    await expectEqual({ table, transforms: [window] })
    for (const offset of ['zero', 'center', 'normalize'])
      await expectEqual({ table, transforms: [{ type: 'stack', field: 'i', groupby: ['g'], offset }] })
    await expectReason({ table, transforms: [{ ...window, fields: ['huge'] }] }, /one by one/)
    await expectReason({ table, transforms: [{ type: 'stack', field: 'x' }] }, /one by one/)
    await expectReason({ table, transforms: [{ ...window, ops: ['mean'] }] }, /one by one/)
  })

  it('while steps keep the bound of the rows and of the numbers', async () => {
    const kept = await compileAll({
      table,
      transforms: [
        { type: 'filter', expr: 'datum.x > 0' },
        { type: 'fold', fields: ['i', 'g'] },
        { type: 'formula', expr: 'datum.value', as: 'copy' },
        { type: 'collect', sort: { field: 'x' } },
        { type: 'aggregate', groupby: ['key'], ops: ['sum', 'count'], fields: ['copy', null], as: ['sum', 'n'] },
        { type: 'project', fields: ['sum', 'n'] },
      ],
    })
    if (isReason(kept)) throw new Error(kept.reason)
    expect(kept.relation.rows).toBe(10_000)
    expect(kept.relation.columns.map(({ whole }) => whole)).toEqual([
      10_000 * (table['i']?.values ?? []).reduce((most: number, value) => Math.max(most, Math.abs(Number(value))), 0),
      10_000,
    ])
  })
})
