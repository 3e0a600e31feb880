import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { booleans, dates, numbers, strings, type Row, type Table } from './harness.ts'
import { empty, mixed } from './tables.ts'

/** Keys of every type, some twice, and values of every type. */
const other: Table = {
  text: strings('a', 'null', 'b', 'a', '', '1.5', 'x'),
  number: numbers(1.5, Number.NaN, 0, 4, 1.5, -2, Infinity),
  integer: numbers(1, 2, 2, 9, 0, 7, 8),
  flag: booleans(true, true, false, true, false, false, true),
  date: dates('2012-11-04T05:30:00Z', 0, 1, 1500, '2020-03-08', Number.NaN, 7e12),
  maybe: strings('p', null, 'q', 'r', null, 's', 't'),
  gone: numbers(1, undefined, 3, 4, 5, undefined, 7),
  y: numbers(10, 20, 30, 40, 50, 60, 70),
  label: strings('one', 'two', 'three', 'four|', 'five', 'six', 'seven'),
}

const look = async (definition: Row): Promise<void> => {
  for (const table of [mixed, empty])
    await expectEqual({ table, tables: { other }, transforms: [{ type: 'lookup', from: 'other', ...definition }] })
}
const left = async (definition: Row, text: RegExp): Promise<void> =>
  expectReason(
    { table: mixed, tables: { other }, transforms: [{ type: 'lookup', from: 'other', ...definition }] },
    text,
  )

describe('lookup', () => {
  for (const key of ['text', 'number', 'integer', 'flag', 'date', 'maybe'])
    for (const field of Object.keys(mixed))
      it(`finds the last row whose ${key} has the text of ${field}, or says that it cannot`, async () => {
        const definition = { key, fields: [field], values: ['y', 'label', 'flag', 'date', 'maybe'] }
        const dated = (name: string): boolean => ['date', 'invalid'].includes(name)
        if (dated(key) !== dated(field)) await left(definition, /text of a date/)
        else await look(definition)
      })
  it('writes a default of the type of the values', async () => {
    await look({ key: 'text', fields: ['text'], values: ['y'], default: -1 })
    await look({ key: 'text', fields: ['text'], values: ['y'], default: 0.5, as: ['text'] })
    await look({ key: 'integer', fields: ['integer'], values: ['label', 'maybe'], default: 'none' })
    await look({ key: 'integer', fields: ['integer'], values: ['gone'], default: 3 })
    await look({ key: 'integer', fields: ['integer'], values: ['y'], default: { signal: 'null' } })
    await left({ key: 'text', fields: ['text'], values: ['y'], default: 'none' }, /type/)
    await left({ key: 'text', fields: ['text'], values: ['gone'] }, /mix/)
  })
  it('looks several keys up, one after the other', async () => {
    await look({ key: 'integer', fields: ['integer', 'number'], values: ['y'], as: ['a', 'b'] })
    await look({ key: 'text', fields: ['text', 'text'], values: ['y', 'label'], as: ['a', 'b', 'a', 'd'] })
    await left({ key: 'integer', fields: ['integer', 'number'], values: ['y'] }, /output name/)
    await left({ key: 'integer', fields: ['integer', 'number'], values: ['y'], as: ['number', 'b'] }, /overwritten/)
  })
  it('has groups, sums and order of what was found', async () => {
    await expectEqual({
      table: mixed,
      tables: { other },
      transforms: [
        { type: 'collect', sort: { field: 'number' } },
        { type: 'lookup', from: 'other', key: 'integer', fields: ['integer'], values: ['y', 'label'] },
        { type: 'aggregate', groupby: ['label'], ops: ['sum', 'count'], fields: ['y', null] },
        { type: 'collect', sort: { field: 'label', order: 'descending' } },
      ],
    })
  })
  it('finds nothing in an empty data set', async () => {
    const none = Object.fromEntries(Object.entries(other).map(([name, column]) => [name, { ...column, values: [] }]))
    await expectEqual({
      table: mixed,
      tables: { none },
      transforms: [{ type: 'lookup', from: 'none', key: 'text', fields: ['text'], values: ['y'], default: 4 }],
    })
  })
  it('finds no text __proto__, as Vega does, and those of other built-in names', async () => {
    const names = strings('__proto__', 'constructor', null, 'a')
    await expectEqual({
      table: { k: names },
      tables: { named: { k: names, y: numbers(1, 2, 3, 4) } },
      transforms: [{ type: 'lookup', from: 'named', key: 'k', fields: ['k'], values: ['y'] }],
    })
  })
  it('says what it cannot do', async () => {
    await left({ from: 'nowhere', key: 'text', fields: ['text'], values: ['y'] }, /at hand/)
    await left({ key: 'nowhere', fields: ['text'], values: ['y'] }, /no such field/)
    await left({ key: 'text', fields: ['text'] }, /output name/)
  })
})

describe('lookup of whole rows', () => {
  it('has the row that was found', async () => {
    await look({ key: 'text', fields: ['text'], as: ['row'] })
    await look({ key: 'integer', fields: ['integer', 'number'], as: ['a', 'b'] })
  })
})
