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
  const given = [
    { field: 'y', key: 'x', keyvals: [4, 2, 9] },
    { field: 'y', key: 'x', groupby: ['color'], keyvals: { signal: 'sequence(0, 5)' }, value: null },
    { field: 'y', key: 'color', groupby: ['x'], keyvals: ['é|', 'a', 'null'], value: 0.5 },
    { field: 'color', key: 'x', groupby: ['flag'], keyvals: [0.5, Number.NaN], value: 'n|é' },
  ]
  for (const definition of given)
    it(`adds the given keys of ${JSON.stringify(definition)}`, async () => {
      for (const rows of [table, none])
        await expectEqual({
          table: rows,
          transforms: [
            { type: 'project', fields: ['x', 'color', 'flag', ...(definition.field === 'y' ? ['y'] : [])] },
            { type: 'impute', ...definition },
            { type: 'formula', expr: "truncate(datum.color, 2) + '!'", as: 'short' },
            { type: 'aggregate', groupby: ['color', 'flag'], ops: ['count', 'max', 'sum'], fields: ['x', 'x', 'y'] },
          ].slice(0, definition.field === 'color' ? 2 : 4),
        })
    })
  it('measures a group over the last row of each key, key by key', async () => {
    const measured: Table = {
      x: numbers(2, 1, 2, 3, 5, 1, 1, 4),
      color: strings('b', 'a', 'a', 'c', 'b', 'b', 'a', 'c'),
      y: numbers(0.1, 0.7, 7, 8, 0.3, 1e16, -3.3, 2.5),
      wild: numbers(Number.NaN, 1, Infinity, Number.NaN, 2, -Infinity, -1, 3),
      gone: numbers(1, undefined, undefined, 4, 5, 6, undefined, 8),
    }
    for (const method of ['mean', 'median', 'min', 'max'])
      for (const field of ['y', 'wild', 'gone'])
        for (const groupby of [[], ['color']])
          for (const keyvals of [undefined, [9, 2]])
            for (const many of [false, true])
              await expectEqual({
                table: Object.fromEntries(
                  Object.entries(measured).filter(([name]) => name === field || !['y', 'wild', 'gone'].includes(name)),
                ),
                transforms: [
                  { type: 'project', fields: ['x', 'color', field] },
                  { type: 'impute', field, key: 'x', groupby, method, keyvals },
                ],
                many,
              })
    await expectReason(
      { table: measured, transforms: [{ type: 'impute', field: 'gone', key: 'x', method: 'mean' }] },
      /mix/,
    )
  })
  it('leaves other fields of new rows out', async () => {
    const { y: _y, ...full } = extra
    const added = { type: 'impute', field: 'flag', value: true, key: 'x', groupby: ['color'] }
    await expectEqual({ table: full, transforms: [added] })
    const projected = { type: 'project', fields: ['x', 'color', 'flag', 'other'] }
    await expectReason({ table: full, transforms: [projected, added] }, /mix/)
    await expectReason({ table, transforms: [{ type: 'impute', field: 'x', key: 'flag', groupby: ['color'] }] }, /mix/)
  })
  it('has no groups and no keys of the names that every object has', async () => {
    const named: Table = {
      group: strings('constructor', 'a', 'a', 'b', 'toString'),
      key: strings('p', 'q', 'valueOf', 'r', 'constructor'),
      y: numbers(1, 2, 3, 4, 5),
      n: numbers(1, 1, 2, 2, 1),
    }
    for (const more of [{ value: 0 }, { method: 'mean' }, { keyvals: ['valueOf', 's'] }])
      for (const groupby of [['group'], [], ['group', 'n']])
        await expectEqual({ table: named, transforms: [{ type: 'impute', field: 'y', key: 'key', groupby, ...more }] })
    const proto = { type: 'impute', field: 'y', key: 'key', keyvals: ['__proto__'] }
    await expectReason({ table: named, transforms: [proto] }, /__proto__/)
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
      { field: 'y', key: 'x', keyvals: [1, 'a'] },
      { field: 'y', key: 'x', keyvals: [1, 2, 1] },
      { field: 'flag', key: 'x', method: 'max' },
      { field: 'y', key: 'x', method: 'mode' },
      { field: 'y', key: 'x', value: 'text' },
      { field: 'y', key: 'y' },
      { field: 'y', key: 'day' },
    ])
      await expectReason({ table, transforms: [{ type: 'impute', ...definition }] }, /./)
  })
})
