import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { numbers, strings, type Row } from './harness.ts'
import { empty, mixed, unknown } from './tables.ts'

const inAll = async (...transforms: readonly Row[]): Promise<void> => {
  for (const table of [mixed, empty, unknown]) await expectEqual({ table, transforms })
}
const of = (ops: readonly string[], field: string, groupby: readonly string[]): Row => ({
  type: 'aggregate',
  groupby,
  ops,
  fields: ops.map(() => field),
})

describe('rows of a group', () => {
  for (const field of ['number', 'wild', 'integer', 'flag', 'date', 'gone', 'invalid'])
    for (const groupby of [[], ['integer'], ['text'], ['flag', 'integer']])
      it(`has the first row with the least and the greatest ${field} by [${groupby.join(', ')}]`, async () => {
        await inAll(of(['argmin', 'argmax'], field, groupby))
        await inAll(
          { type: 'collect', sort: { field: 'number', order: 'descending' } },
          of(['argmax', 'count', 'argmin', 'mean'], field, groupby),
        )
      })
  it('has all rows', async () => {
    await inAll(of(['values'], 'number', ['text']))
    await inAll({ type: 'collect', sort: { field: 'number' } }, of(['values', 'max', 'count'], 'text', []))
  })
  it('reads fields of the row, where there is always one', async () => {
    const table = {
      g: strings('a', 'b', 'a', 'b'),
      x: numbers(1, 4, 4, 4),
      y: numbers(null, 2, 5, 7),
      'a b': numbers(1, 2, 3, 4),
    }
    await expectEqual({
      table,
      transforms: [
        of(['argmax'], 'x', ['g']),
        { type: 'formula', expr: "datum.argmax_x.y + datum.argmax_x['a b']", as: 'sum' },
        { type: 'filter', expr: 'datum.argmax_x.y < 6' },
        { type: 'collect', sort: { field: "argmax_x['a b']", order: 'descending' } },
        { type: 'stack', field: 'argmax_x.y', groupby: [] },
        { type: 'project', fields: ['argmax_x.y', 'sum', 'y1', "argmax_x['a b']"] },
      ],
    })
    await expectEqual({
      table,
      transforms: [
        of(['argmax', 'argmin'], 'x', ['g']),
        { type: 'aggregate', groupby: ['argmin_x.g', 'argmax_x.y'], ops: ['sum'], fields: ['argmax_x.x'] },
      ],
    })
    await expectReason(
      { table, transforms: [of(['argmin'], 'y', ['g']), { type: 'formula', expr: 'datum.argmin_y.y', as: 'z' }] },
      /nested/,
    )
    await expectEqual({
      table,
      transforms: [of(['argmin'], 'y', ['g']), { type: 'formula', expr: 'isValid(datum.argmin_y.x)', as: 'z' }],
    })
  })
  it('keeps what JSON loses', async () => {
    const table = {
      n: numbers(1, 2, 3, 4, 5),
      x: numbers(-0, Number.NaN, -Infinity, Infinity, 1e-7),
      s: strings('"\\\n', '\u2028\u{1f600}', '', "'", '{}'),
      'a"b\\': numbers(1e21, 1e300, 0.1, 123456789012345680, -5e-324),
    }
    await expectEqual({ table, transforms: [of(['values'], 'n', []), of(['argmin'], 'n', ['s'])].slice(0, 1) })
    await expectEqual({ table, transforms: [of(['argmin', 'argmax'], 'n', ['n'])] })
  })
  it('leaves texts and joined rows to Vega', async () => {
    await expectReason(
      { table: mixed, transforms: [{ ...of(['argmin'], 'number', []), type: 'joinaggregate' }] },
      /exact/,
    )
  })
})
