import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { numbers, strings } from './harness.ts'
import { empty, mixed, unknown } from './tables.ts'

describe('quantile', () => {
  for (const field of ['number', 'wild', 'integer', 'flag', 'date', 'gone', 'invalid', 'text'])
    for (const groupby of [undefined, [], ['integer'], ['text'], ['text', 'flag'], ['date'], ['gone', 'number']])
      it(`of ${field} by ${JSON.stringify(groupby)}`, async () => {
        for (const table of [mixed, empty, unknown])
          for (const parameters of [{}, { probs: [0, 0.5, 1, 0.3, 2, -1] }, { step: 0.1, as: ['p', 'q'] }])
            await expectEqual({ table, transforms: [{ type: 'quantile', field, groupby, ...parameters }] })
      })
  it('joins the texts of groups with commas, null being none', async () => {
    const table = {
      a: strings('x', 'x,y', null, '', ',', 'x'),
      b: strings('y,z', 'z', '', null, '', 'y,z'),
      v: numbers(1, 2, 3, 4, 5, 6),
    }
    for (const groupby of [['a'], ['a', 'b'], ['a', 'b', 'v'], ['v', 'a']])
      await expectEqual({ table, transforms: [{ type: 'quantile', field: 'v', groupby, probs: [0.5] }] })
    const around = [{ type: 'quantile', field: 'v', groupby: ['a', 'v', 'b'] }]
    await expectReason({ table, transforms: around }, /may contain ,/)
  })
  it('leaves very many probabilities to Vega', async () => {
    await expectReason({ table: mixed, transforms: [{ type: 'quantile', field: 'number', step: 0.0001 }] }, /many/)
  })
})
