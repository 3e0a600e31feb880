import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { numbers, strings, type Row, type Table, type Values } from './harness.ts'
import { empty, mixed, unknown } from './tables.ts'

const inAll = async (...transforms: readonly Row[]): Promise<void> => {
  for (const table of [mixed, empty, unknown]) await expectEqual({ table, transforms })
}
const measured = { ops: ['count', 'min', 'valid'], fields: [null, 'integer', 'wild'] }

describe('groups by a key of their own', () => {
  for (const key of ['text', 'number', 'wild', 'flag', 'date', 'gone', 'invalid'])
    it(`go by ${key}, with the group fields of the first row`, async () => {
      await inAll({ type: 'aggregate', key, groupby: ['integer', 'text'], ...measured })
      await inAll({ type: 'aggregate', key, ...measured })
      await inAll({ type: 'joinaggregate', key, groupby: ['integer'], ...measured })
      await inAll({ type: 'pivot', key, field: 'integer', value: 'wild', op: 'max', groupby: ['text'] })
    })
})

it.each(['joinaggregate', 'aggregate'])('%s gives rows a group field that all of them lack', async (type) => {
  const lacking = { a: numbers(1, 2), gone: numbers(undefined, undefined) }
  await expectEqual({ table: lacking, transforms: [{ type, groupby: ['gone'], ops: ['count'], as: ['n'] }] })
})

const plain = (values: Values): Values => ({ ...values, facts: { plain: true, nulls: true } })

describe('the cross product of groups', () => {
  const table: Table = {
    x: plain(strings('b', '10', 'a', '', '9', 'b', '07', '4294967295', '3', '')),
    y: numbers(3, 1, null, 2, -1, 3, 0.5, 10, 1, 3),
    z: plain(strings('q', '2', 'p', 'p', '', '2', '2', '1', 'q', null)),
    v: numbers(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
  }
  const ops = ['count', 'valid', 'missing', 'distinct', 'sum', 'mean', 'median', 'min', 'values', 'argmax']
  const all = { ops, fields: ops.map((op) => (op === 'count' ? null : 'v')), as: ops }
  for (const groupby of [
    ['x', 'y'],
    ['y', 'x'],
    ['z', 'x', 'y'],
    ['x', 'z'],
  ])
    it(`has empty groups of ${groupby.join(', ')}, indices first`, async () => {
      await expectEqual({ table, transforms: [{ type: 'aggregate', cross: true, groupby, ...all }] })
      await expectEqual({ table, transforms: [{ type: 'aggregate', cross: true, groupby }] })
    })
  it('is of values that may be null, and of no rows', async () => {
    for (const rows of [mixed, empty])
      for (const groupby of [['integer', 'flag'], ['number', 'gone'], ['flag']])
        await expectEqual({ table: rows, transforms: [{ type: 'aggregate', cross: true, groupby, ...measured }] })
  })
  it('goes on with what the groups have', async () => {
    await expectEqual({
      table,
      transforms: [
        { type: 'aggregate', cross: true, groupby: ['z', 'y'], ops: ['sum'], fields: ['v'] },
        { type: 'formula', as: 'n', expr: 'isValid(datum.sum_v) ? datum.sum_v : 0' },
        { type: 'collect', sort: { field: ['n', 'y'] } },
      ],
    })
  })
  it('is left to Vega where names are not those of the values', async () => {
    const of = (more: Row): Row => ({ type: 'aggregate', cross: true, groupby: ['integer', 'flag'], ...more })
    await expectReason({ table: mixed, transforms: [of({ key: 'integer' })] }, /key of its own/)
    await expectReason({ table: mixed, transforms: [of({ groupby: ['text', 'flag'] })] }, /equal texts/)
    await expectReason({ table: mixed, transforms: [of({ as: ['flag'] })] }, /overwrites/)
  })
})

describe('the first row of the least or greatest text', () => {
  const table: Table = {
    t: strings('b', 'a', '', null, 'a', 'b', '', 'z', '\ue000', '\u{1f600}', 'a', ''),
    g: numbers(1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4),
    e: strings('', null, '', '', null, null, null, '', '', '', '', 'x'),
    v: numbers(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
  }
  for (const field of ['t', 'e'])
    for (const groupby of [[], ['g']])
      it(`of ${field} by [${groupby.join('')}]`, async () => {
        const ops = ['argmin', 'argmax', 'count']
        await expectEqual({ table, transforms: [{ type: 'aggregate', groupby, ops, fields: [field, field, null] }] })
        await expectEqual({
          table,
          transforms: [
            { type: 'collect', sort: { field: 'v', order: 'descending' } },
            { type: 'aggregate', groupby, ops, fields: [field, field, null] },
          ],
        })
      })
})

describe('pivot', () => {
  for (const op of ['distinct', 'argmin', 'argmax', 'values'])
    for (const value of ['text', 'number', 'wild', 'flag', 'date', 'gone', 'invalid'])
      it(`has the ${op} of ${value}, in which other rows are NaN`, async () => {
        for (const groupby of [[], ['flag']]) await inAll({ type: 'pivot', field: 'integer', value, op, groupby })
        await inAll({ type: 'pivot', field: 'text', value, op })
      })
})
