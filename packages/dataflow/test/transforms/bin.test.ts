import { describe, expect, it } from 'vitest'
import { isReason } from '../../src/reason.ts'
import type { Scalar } from '../../src/scalar.ts'
import { expectEqual, expectReason } from './expect-equal.ts'
import { compileAll, numbers, vegaRows, type Case } from './harness.ts'
import { empty, mixed, unknown } from './tables.ts'

const definitions: readonly Readonly<Record<string, unknown>>[] = [
  { extent: [0, 10] },
  { extent: [-2, 7.25], maxbins: 5 },
  { extent: [-2, 7.25], nice: false },
  { extent: [0, 1], step: 0.1, as: ['a', 'b'] },
  { extent: [0, 100], steps: [1, 7, 13], maxbins: 7 },
  { extent: [0, 10], anchor: 0.25, maxbins: 4 },
  { extent: [0, 10], minstep: 3 },
  { extent: [0, 10], base: 2, divide: [3] },
  { extent: [0, 10], span: 100 },
  { extent: [10, 0] },
  { extent: [3, 3] },
  { extent: [1, 5], interval: false },
  { extent: [0, 10], as: ['number', 'number'] },
  { extent: { signal: 'range' }, maxbins: { signal: 'bins' } },
  { extent: { signal: 'none' } },
  { extent: { signal: 'none' }, nice: false },
  { extent: [1], step: 0.5, nice: false },
  { extent: { signal: 'upTo' }, step: 0.5, nice: false },
  { extent: { signal: 'bottomless' }, step: 2, nice: false },
]
const signals: Record<string, Scalar> = {
  range: [-3, 8],
  bins: 7,
  none: [undefined, undefined],
  upTo: [undefined, 3],
  bottomless: [-Infinity, 3],
}

describe('bin', () => {
  for (const definition of definitions)
    it(`sorts values into the bins of ${JSON.stringify(definition)}`, async () => {
      for (const table of [mixed, empty, unknown])
        for (const field of ['number', 'wild', 'integer', 'flag', 'gone', 'date', 'invalid'])
          await expectEqual({ table, signals, transforms: [{ type: 'bin', field, ...definition }] })
    })

  it('has the start, stop and step of Vega for its signal', async () => {
    for (const definition of definitions) {
      const test: Case = {
        table: mixed,
        signals,
        transforms: [{ type: 'bin', field: 'number', signal: 'out', ...definition }],
      }
      const compiled = await compileAll(test)
      if (isReason(compiled)) throw new Error(compiled.reason)
      const expected = (await vegaRows(test)).view.signal('out') as Readonly<Record<string, unknown>>
      expect(compiled.signals['out']).toEqual({ ...expected })
    }
  })

  it('is left to Vega where SQL has no exact form', async () => {
    for (const definition of [
      { field: 'nowhere' },
      { field: 'number', maxbins: -1 },
      { field: 'number', base: 1 },
      { field: 'number', extent: [0, Infinity], step: 2, nice: false },
    ])
      await expectReason({ table: mixed, transforms: [{ type: 'bin', extent: [0, 1], ...definition }] }, /./)
  })
})

describe('extent', () => {
  // a column of fractions has bounds, but no integers beside its values
  it.each(['datum.v > 3', 'datum.w < 3', 'isValid(datum.w)'])(
    'of what the filter %s leaves is that of Vega',
    async (expr) => {
      const table = { v: numbers(1.5, 9.5, 4, 20.25), w: numbers(1, 2, 3, null) }
      for (const field of ['v', 'w']) {
        const test: Case = {
          table,
          transforms: [
            { type: 'filter', expr },
            { type: 'extent', field, signal: 'out' },
          ],
        }
        const compiled = await compileAll(test)
        if (isReason(compiled)) throw new Error(compiled.reason)
        expect(compiled.signals['out']).toEqual((await vegaRows(test)).view.signal('out'))
      }
    },
  )

  for (const field of ['number', 'wild', 'integer', 'flag', 'gone', 'date', 'invalid', 'text'])
    it(`of ${field} is that of Vega`, async () => {
      for (const table of [mixed, empty, unknown]) {
        const test: Case = { table, transforms: [{ type: 'extent', field, signal: 'out' }] }
        const compiled = await compileAll(test)
        if (isReason(compiled)) throw new Error(compiled.reason)
        expect(compiled.signals['out']).toEqual((await vegaRows(test)).view.signal('out'))
      }
    })
  it('feeds the bins of the same pipeline', async () => {
    for (const table of [mixed, empty])
      await expectEqual({
        table,
        transforms: [
          { type: 'extent', field: 'number', signal: 'range' },
          { type: 'bin', field: 'number', extent: { signal: 'range' } },
          { type: 'aggregate', groupby: ['bin0', 'bin1'] },
        ],
      })
  })
})
