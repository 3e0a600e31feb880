import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { numbers, strings, type Row, type Table } from './harness.ts'
import { empty, mixed, unknown } from './tables.ts'

const inAll = async (...transforms: readonly Row[]): Promise<void> => {
  for (const table of [mixed, empty, unknown]) await expectEqual({ table, transforms })
}

describe('pivot', () => {
  const ops = ['count', 'missing', 'mean', 'min', 'median', undefined]
  for (const field of ['text', 'number', 'wild', 'integer', 'flag', 'gone'])
    for (const op of ops)
      it(`makes a field of each ${field}, with the ${op ?? 'default'}`, async () => {
        for (const groupby of [undefined, ['text', 'flag']])
          await inAll({ type: 'pivot', field, value: 'number', op, groupby })
      })
  it('measures values that are no numbers', async () => {
    for (const value of ['text', 'flag', 'date'])
      for (const op of ['count', 'missing', 'valid', 'max', 'min'])
        await inAll({ type: 'pivot', field: 'integer', value, op, groupby: ['flag'] })
  })
  it('keeps the first names in their order', async () => {
    await inAll({ type: 'pivot', field: 'text', value: 'integer', limit: 2 })
    await inAll({ type: 'pivot', field: 'number', value: 'integer', limit: 3, groupby: ['flag'] })
    await inAll({ type: 'pivot', field: 'text', value: 'integer', limit: { signal: '1 + 1' } })
  })
  it('leaves rows behind it that later transforms read', async () => {
    await inAll(
      { type: 'filter', expr: "datum.text === 'a' || datum.text === 'b'" },
      { type: 'pivot', field: 'text', value: 'integer', groupby: ['flag'] },
      { type: 'formula', expr: 'datum.a + datum.b', as: 'sum' },
      { type: 'collect', sort: { field: 'sum' } },
    )
  })
  it('says what it cannot do', async () => {
    for (const definition of [
      { field: 'date', value: 'number' },
      { field: 'text', value: 'number', op: 'exponential' },
    ])
      await expectReason({ table: mixed, transforms: [{ type: 'pivot', ...definition }] }, /./)
    const table = { k: strings('toString', 'a'), v: numbers(1, 2) }
    await expectReason({ table, transforms: [{ type: 'pivot', field: 'k', value: 'v' }] }, /every object/)
  })
})

const lists: Table = {
  n: { type: 'json', values: [[1, 2.5, null], [], [-3], [1e21, 0]] },
  s: { type: 'json', values: [['a', 'b"\n'], ['c', null, 'é\u{1f600}'], [], ['']] },
  b: { type: 'json', values: [[true], [false, null], [], [true, true]] },
  m: { type: 'json', values: [[1, 'x'], [{ y: [2] }, [3]], [new Date(5), Number.NaN, undefined], []] },
  none: { type: 'json', values: [[], [], [], []] },
  odd: { type: 'json', values: [[1], { length: 2 }, [], []] },
  k: numbers(10, 20, 30, 40),
}

describe('flatten', () => {
  it('leaves the bounds of a field behind with the rows of empty arrays', async () => {
    await expectEqual({
      table: { l: { type: 'json', values: [[], [1]] }, k: numbers(1, 3) },
      transforms: [
        { type: 'flatten', fields: ['l'] },
        { type: 'extent', field: 'k', signal: 'ends' },
        { type: 'bin', field: 'k', extent: { signal: 'ends' } },
      ],
    })
  })
  for (const fields of [['n'], ['s'], ['b'], ['m'], ['none'], ['n', 's'], ['b', 'm', 'n']])
    it(`makes a row of each item of ${fields.join(', ')}`, async () => {
      await expectEqual({ table: lists, transforms: [{ type: 'flatten', fields }] })
      await expectEqual({ table: lists, transforms: [{ type: 'flatten', fields, index: 'i', as: ['item'] }] })
      const nothing = Object.fromEntries(
        Object.entries(lists).map(([name, column]) => [name, { ...column, values: [] }]),
      )
      await expectEqual({ table: nothing, transforms: [{ type: 'flatten', fields }] })
    })
  it('gives later steps numbers, texts and order', async () => {
    await expectEqual({
      table: lists,
      transforms: [
        { type: 'collect', sort: { field: 'k', order: 'descending' } },
        { type: 'flatten', fields: ['n', 's'] },
        { type: 'formula', expr: 'datum.n + 1', as: 'more' },
        { type: 'aggregate', groupby: ['s'], ops: ['sum', 'count', 'max'], fields: ['n', null, 'more'] },
      ],
    })
  })
  it('leaves what is no array to Vega', async () => {
    await expectReason({ table: lists, transforms: [{ type: 'flatten', fields: ['odd'] }] }, /array/)
    await expectReason({ table: lists, transforms: [{ type: 'flatten', fields: ['k'] }] }, /arrays/)
    await expectReason({ table: mixed, transforms: [{ type: 'flatten', fields: [] }] }, /no fields/)
  })
})

describe('cross', () => {
  const few = Object.fromEntries(
    ['text', 'wild', 'integer', 'date', 'gone'].map((name) => [
      name,
      { ...mixed[name], values: mixed[name]?.values.slice(0, 4) ?? [] },
    ]),
  ) as Table
  it('pairs all rows in their order', async () => {
    for (const table of [few, empty]) {
      await expectEqual({ table, transforms: [{ type: 'cross' }] })
      await expectEqual({
        table,
        transforms: [
          { type: 'collect', sort: { field: 'wild', order: 'descending' } },
          { type: 'filter', expr: 'datum.integer != 2' },
          { type: 'cross', as: ['left', 'right'], filter: 'datum.left.integer < datum.right.integer' },
          { type: 'formula', expr: 'datum.left.integer * 10 + datum.right.wild', as: 'sum' },
        ],
      })
    }
  })
  it('groups and sorts by fields of the pair', async () => {
    await expectEqual({
      table: few,
      transforms: [
        { type: 'cross' },
        { type: 'aggregate', groupby: ['a.text', 'b.integer'], ops: ['sum'], fields: ['b.integer'] },
      ],
    })
  })
  it('says what it cannot do', async () => {
    await expectReason({ table: few, transforms: [{ type: 'cross', as: ['a', 'a'] }] }, /one name/)
    await expectReason({ table: few, transforms: [{ type: 'cross', filter: 'datum.a !== datum.b' }] }, /./)
  })
})

describe('sequence', () => {
  for (const definition of [
    { start: 0, stop: 5 },
    { start: 0.1, stop: 1, step: 0.1, as: 'x' },
    { start: 5, stop: -3, step: -2 },
    { start: 5, stop: 0 },
    { start: 0, stop: 3, step: 0 },
    { start: { signal: '1 + 1' }, stop: 4, step: null },
  ])
    it(`counts ${JSON.stringify(definition)}`, async () => {
      const name = 'as' in definition ? 'x' : 'data'
      await expectEqual({
        table: {},
        transforms: [
          { type: 'sequence', ...definition },
          { type: 'formula', expr: `datum.${name} * 2`, as: 'twice' },
        ],
      })
    })
  it('adds to nothing', async () => {
    await expectReason({ table: mixed, transforms: [{ type: 'sequence', start: 0, stop: 2 }] }, /added/)
  })
})
