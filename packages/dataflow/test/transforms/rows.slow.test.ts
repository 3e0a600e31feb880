import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { numbers, strings, type Row } from './harness.ts'
import { empty, mixed, unknown } from './tables.ts'

const inAll = async (...transforms: readonly Row[]): Promise<void> => {
  for (const table of [mixed, empty, unknown]) await expectEqual({ table, transforms })
}
const fields = Object.keys(mixed)

describe('collect', () => {
  for (const field of fields)
    it(`sorts by ${field} as Vega's comparator does`, async () => {
      for (const order of ['ascending', 'descending']) await inAll({ type: 'collect', sort: { field, order } })
    })
  it('sorts by several fields, each its own way', async () => {
    await inAll({ type: 'collect', sort: { field: ['text', 'number'], order: ['descending'] } })
    await inAll({ type: 'collect', sort: { field: ['flag', 'integer', 'number'], order: ['ascending', 'descending'] } })
    await inAll({ type: 'collect' })
    await inAll({ type: 'collect', sort: {} })
  })
  it('breaks ties by the age of the tuples, not by where they stand', async () => {
    const first = { type: 'collect', sort: { field: 'number', order: 'descending' } }
    await inAll(first, { type: 'collect', sort: { field: 'integer' } })
    await inAll(
      first,
      { type: 'project', fields: ['integer', 'number'] },
      { type: 'collect', sort: { field: 'integer' } },
    )
    await inAll(first, { type: 'fold', fields: ['integer', 'number'] }, { type: 'collect', sort: { field: 'key' } })
  })
  it('sorts texts by UTF-16 units', async () => {
    const table = { text: strings('\uff21', '\u{1f600}', 'z', '\uffee\u{1f600}', 'e\u0301', 'é', 'Z') }
    await expectEqual({ table, transforms: [{ type: 'collect', sort: { field: 'text' } }] })
  })
})

describe('project', () => {
  it('keeps and renames fields in the order given', async () => {
    await inAll({ type: 'project', fields: ['number', 'text'] })
    await inAll({ type: 'project', fields: ['number', 'text', 'number'], as: [null, 'label', 'again'] })
    await inAll({ type: 'project', fields: ['number', 'text'], as: ['x', 'x'] })
    await inAll({ type: 'project' })
    await expectReason({ table: mixed, transforms: [{ type: 'project', fields: ['nowhere'] }] }, /nowhere/)
  })
})

describe('identifier', () => {
  it('numbers rows from one, in their order', async () => {
    await inAll({ type: 'identifier', as: 'id' })
    await inAll({ type: 'collect', sort: { field: 'number' } }, { type: 'identifier', as: 'id' })
    await expectReason({ table: mixed, transforms: [{ type: 'identifier', as: 'integer' }] }, /already/)
  })
})

describe('fold', () => {
  it('makes a row per field, row by row', async () => {
    await inAll({ type: 'fold', fields: ['number', 'integer'] })
    await inAll({ type: 'fold', fields: ['number', 'number', 'wild'], as: ['integer', 'number'] })
    await inAll({ type: 'fold', fields: ['date', 'invalid'], as: ['k', 'v'] })
    await expectEqual({ table: mixed, transforms: [{ type: 'fold', fields: ['gone', 'integer'] }] })
    await inAll(
      { type: 'fold', fields: ['number', 'integer'] },
      { type: 'fold', fields: ['value', 'integer'], as: ['k', 'v'] },
    )
  })
  it('does not mix types, or null with missing', async () => {
    await expectReason({ table: mixed, transforms: [{ type: 'fold', fields: ['number', 'text'] }] }, /types/)
    await expectReason({ table: mixed, transforms: [{ type: 'fold', fields: ['number', 'gone'] }] }, /missing/)
    await expectReason({ table: mixed, transforms: [{ type: 'fold', fields: [] }] }, /no fields/)
  })
})

describe('joinaggregate', () => {
  const ops = ['count', 'sum', 'mean', 'min', 'max', 'median', 'distinct', 'valid', 'stdev']
  for (const groupby of [[], ['text'], ['date'], ['number'], ['wild'], ['text', 'flag'], ['gone'], ['invalid']])
    it(`writes measures by [${groupby.join(', ')}] to every row`, async () => {
      const measures = { ops, fields: ops.map((op) => (op === 'count' ? null : 'number')) }
      for (const table of [mixed, empty])
        await expectEqual(
          { table, transforms: [{ type: 'joinaggregate', groupby, ...measures }] },
          { sums: ['sum_number', 'mean_number', 'stdev_number'] },
        )
    })
  it('writes the group fields of the first row, and new names for them', async () => {
    await inAll({ type: 'joinaggregate', groupby: [{ field: 'date', as: 'when' }, 'integer'] })
    await inAll({ type: 'joinaggregate', groupby: ['date'], ops: ['max'], fields: ['number'], as: ['integer'] })
    await inAll(
      { type: 'joinaggregate', groupby: ['integer'] },
      { type: 'joinaggregate', groupby: ['text'], ops: ['max'], fields: ['number'] },
    )
  })
  it('of no measures writes the group fields, if any', async () => {
    for (const groupby of [undefined, [], ['text']])
      await inAll({ type: 'joinaggregate', groupby, ops: [], fields: [], as: [] })
  })
  it('merges texts as Vega does', async () => {
    const table = {
      a: strings('a|b', 'a', 'a|b', null, 'null'),
      b: strings('c', 'b|c', 'c', 'x', 'x'),
      n: numbers(1, 2, 3, 4, 5),
    }
    await expectEqual({
      table,
      transforms: [{ type: 'joinaggregate', groupby: ['a', 'b'], ops: ['sum'], fields: ['n'] }],
    })
  })
})

describe('stack', () => {
  const sums = ['y0', 'y1']
  for (const offset of ['zero', 'center', 'normalize', undefined])
    for (const groupby of [undefined, ['integer'], ['text'], ['wild'], ['invalid'], ['gone', 'flag']])
      it(`stacks from ${offset ?? 'the default'} by [${(groupby ?? []).join(', ')}]`, async () => {
        for (const field of ['number', 'integer', 'wild', 'gone', 'flag', 'date', undefined])
          for (const sort of [undefined, { field: 'number', order: 'descending' }, { field: ['text', 'date'] }])
            for (const table of [mixed, empty])
              await expectEqual({ table, transforms: [{ type: 'stack', field, groupby, sort, offset }] }, { sums })
      })
  it('stacks sorted rows by the age of tuples', async () => {
    await inAll(
      { type: 'collect', sort: { field: 'date', order: 'descending' } },
      { type: 'stack', field: 'integer', sort: { field: 'flag' }, as: ['a', 'b'] },
    )
    await inAll({ type: 'collect', sort: { field: 'date' } }, { type: 'stack', field: 'integer', groupby: ['flag'] })
  })
})
