import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { empty, mixed, unknown } from './tables.ts'

const predicates = [
  'datum.number > 1',
  '!datum.flag',
  'datum.text',
  'datum.wild',
  'isValid(datum.number)',
  'datum.gone',
  'datum.date < 1000',
  'datum.text == null',
  'datum.number >= low && datum.integer != 2',
  'true',
  'null',
  'inrange(datum.number, [low, 4])',
]
const formulas = [
  'datum.number + 1',
  'datum.text',
  'null',
  "'constant'",
  'datum.number > 0',
  'datum.integer % 2',
  'datum.nowhere',
  'datum.date',
  'utcyear(datum.date)',
  "datum.flag ? 'yes' : 'no'",
  'isValid(datum.wild) ? datum.wild : 0',
  'round(datum.number)',
  'low * datum.integer',
]
const signals = { low: 0 }

describe('filter', () => {
  for (const expr of predicates)
    it(`keeps rows for which ${expr}`, async () => {
      for (const table of [mixed, empty, unknown])
        await expectEqual({
          table,
          signals,
          transforms: [
            { type: 'filter', expr },
            { type: 'collect', sort: { field: 'integer' } },
          ],
        })
    })
  it('gives a Reason for what has no SQL', async () => {
    await expectReason({ table: mixed, transforms: [{ type: 'filter', expr: 'datum' }] }, /./)
  })
})

describe('formula', () => {
  for (const expr of formulas)
    it(`writes ${expr}`, async () => {
      for (const table of [mixed, empty, unknown]) {
        await expectEqual({ table, signals, transforms: [{ type: 'formula', expr, as: 'out' }] })
        await expectEqual({
          table,
          signals,
          transforms: [
            { type: 'formula', expr, as: 'text' },
            { type: 'aggregate', groupby: ['text'] },
          ],
        })
      }
    })
  it('reads signals that are expressions', async () => {
    await expectEqual({
      table: mixed,
      signals,
      transforms: [{ type: 'bin', field: 'number', extent: { signal: '[low, low + 10]' } }],
    })
  })
})
