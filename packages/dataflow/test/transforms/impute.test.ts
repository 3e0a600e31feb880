import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { booleans, dates, numbers, strings, type Table } from './harness.ts'

const table: Table = {
  x: numbers(2, 1, 2, 3, Number.NaN, 1),
  color: strings('b', 'a', 'a', 'null', 'b', 'b'),
  y: numbers(5, null, 7, 8, 9, 10),
  flag: booleans(true, false, true, true, false, true),
  day: dates(0, 86_400_000, 0, 0, 1000, 0),
}
const extra: Table = { ...table, other: strings('p', 'q', 'r', 's', 't', undefined) }
const none: Table = Object.fromEntries(Object.entries(table).map(([name, { type }]) => [name, { type, values: [] }]))

describe('impute', () => {
  const definitions = [
    { field: 'y', key: 'x' },
    { field: 'y', key: 'x', groupby: ['color'] },
    { field: 'y', key: 'color', groupby: ['x'], value: null },
    { field: 'y', key: 'x', groupby: ['color', 'flag'], value: -1, method: 'value' },
    { field: 'y', key: 'flag', groupby: ['color'], value: Number.NaN },
  ]
  for (const definition of definitions)
    it(`adds the rows of ${JSON.stringify(definition)}`, async () => {
      for (const rows of [table, none])
        await expectEqual({ table: rows, transforms: [{ type: 'impute', ...definition }] })
    })
  it('leaves other fields of new rows out', async () => {
    await expectEqual({
      table: extra,
      transforms: [
        { type: 'project', fields: ['x', 'color', 'flag', 'other'] },
        { type: 'impute', field: 'flag', value: true, key: 'x', groupby: ['color'] },
      ],
    })
    await expectReason({ table, transforms: [{ type: 'impute', field: 'x', key: 'flag', groupby: ['color'] }] }, /mix/)
  })
  it('gives later steps the rows in order', async () => {
    await expectEqual({
      table,
      transforms: [
        { type: 'aggregate', groupby: ['x', 'color'], ops: ['sum'], fields: ['y'], as: ['y'] },
        { type: 'impute', field: 'y', key: 'x', groupby: ['color'], value: 0 },
        { type: 'stack', field: 'y', groupby: ['x'], sort: { field: 'color' } },
        { type: 'collect', sort: { field: 'x' } },
      ],
    })
  })
  it('is left to Vega where keys or methods are not those of SQL', async () => {
    for (const definition of [
      { field: 'y', key: 'x', method: 'mean' },
      { field: 'y', key: 'x', keyvals: [1, 2] },
      { field: 'y', key: 'x', value: 'text' },
      { field: 'y', key: 'y' },
      { field: 'y', key: 'day' },
    ])
      await expectReason({ table, transforms: [{ type: 'impute', ...definition }] }, /./)
  })
})
