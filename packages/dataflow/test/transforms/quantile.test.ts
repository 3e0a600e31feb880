import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { empty, mixed, unknown } from './tables.ts'

describe('quantile', () => {
  for (const field of ['number', 'wild', 'integer', 'flag', 'date', 'gone', 'invalid'])
    for (const groupby of [undefined, [], ['integer'], ['flag'], ['gone', 'number']])
      it(`of ${field} by ${JSON.stringify(groupby)}`, async () => {
        for (const table of [mixed, empty, unknown])
          for (const parameters of [{}, { probs: [0, 0.5, 1, 0.3, 2, -1] }, { step: 0.1, as: ['p', 'q'] }])
            await expectEqual({ table, transforms: [{ type: 'quantile', field, groupby, ...parameters }] })
      })
  it('leaves texts and very many probabilities to Vega', async () => {
    await expectReason({ table: mixed, transforms: [{ type: 'quantile', field: 'text' }] }, /text/)
    await expectReason({ table: mixed, transforms: [{ type: 'quantile', field: 'number', step: 0.0001 }] }, /many/)
    const groupby = ['text', 'integer']
    await expectReason({ table: mixed, transforms: [{ type: 'quantile', field: 'number', groupby }] }, /equal texts/)
  })
})
