import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { booleans, numbers, strings, type Row } from './harness.ts'
import { empty, mixed, unknown } from './tables.ts'

const ranks = ['row_number', 'rank', 'dense_rank', 'percent_rank', 'cume_dist', 'ntile']
const measures = ['count', 'valid', 'missing', 'distinct', 'sum', 'mean', 'min', 'max']
const sliding = ['count', 'valid', 'missing', 'distinct', 'min', 'max']
const values = ['lag', 'lead', 'first_value', 'last_value', 'nth_value', 'prev_value', 'next_value']
const of = (ops: readonly string[], field: string, param: number | null = null): Row => ({
  type: 'window',
  ops,
  as: ops,
  fields: ops.map(() => field),
  params: ops.map((op) => (op === 'ntile' ? 3 : op === 'nth_value' ? 2 : param)),
})
const sums = { sums: ['sum', 'mean', 'variance', 'variancep', 'stdev', 'stdevp', 'stderr', 'product', 'average'] }
const sorts = [undefined, { field: 'integer' }, { field: ['text', 'number'], order: ['descending'] }, { field: 'wild' }]
const groups = [undefined, ['text']]
const frames = [undefined, [null, null], [null, 0], [0, null], [0, 0], [-1, 1], [-2, 0], [0, 2], [null, 1], [-1, null]]

const grows = (frame: readonly (number | null)[] = [null, 0]): boolean => frame[0] === null

describe('window', () => {
  for (const sort of sorts)
    for (const groupby of groups) {
      const name = `sorted by ${JSON.stringify(sort?.field ?? null)} in groups by [${(groupby ?? []).join(', ')}]`
      it(`ranks ${name}`, async () => {
        for (const table of [mixed, empty, unknown]) {
          await expectEqual({ table, transforms: [{ ...of(ranks, 'number'), sort, groupby }] })
          await expectEqual({ table, transforms: [{ ...of(ranks, 'number'), sort, groupby, ignorePeers: true }] })
        }
      })
      it(`looks at other rows ${name}`, async () => {
        for (const field of ['number', 'text', 'date', 'flag'])
          for (const param of [null, 2])
            await expectEqual({ table: mixed, transforms: [{ ...of(values, field, param), sort, groupby }] })
        await expectEqual({ table: empty, transforms: [{ ...of(values, 'number'), sort, groupby }] })
      })
      for (const frame of frames)
        it(`measures frames ${JSON.stringify(frame)} ${name}`, async () => {
          for (const ignorePeers of [false, true]) {
            for (const field of ['wild', 'gone'])
              await expectEqual(
                {
                  table: mixed,
                  transforms: [{ ...of(grows(frame) ? measures : sliding, field), sort, groupby, frame, ignorePeers }],
                },
                sums,
              )
            await expectEqual({
              table: mixed,
              transforms: [{ ...of(['first_value', 'last_value'], 'number'), sort, groupby, frame, ignorePeers }],
            })
            await expectEqual({
              table: mixed,
              transforms: [{ ...of(['nth_value'], 'text'), sort, groupby, frame, ignorePeers }],
            })
          }
        })
    }

  it('measures growing frames with all operations', async () => {
    for (const field of ['number', 'integer', 'date', 'wild'])
      for (const frame of [
        [null, 0],
        [null, null],
      ])
        await expectEqual(
          {
            table: mixed,
            transforms: [
              {
                ...of(['variance', 'variancep', 'stdev', 'stdevp', 'stderr', 'product', 'average'], field),
                sort: { field: 'integer' },
                frame,
              },
            ],
          },
          sums,
        )
  })

  it('names outputs, keeps ties by age and row order', async () => {
    await expectEqual({
      table: mixed,
      transforms: [
        { type: 'window', ops: ['rank', 'sum', 'count'], fields: [null, 'integer'], sort: { field: 'text' } },
      ],
    })
    await expectEqual({
      table: mixed,
      transforms: [
        { type: 'collect', sort: { field: 'number', order: 'descending' } },
        {
          type: 'window',
          ops: ['row_number', 'lag'],
          fields: [null, 'number'],
          as: ['row', 'before'],
          sort: { field: 'integer' },
        },
        { type: 'window', ops: ['row_number'], as: ['place'] },
      ],
    })
  })

  it('adds integers up in frames that slide', async () => {
    const table = {
      x: numbers(1, null, 2 ** 40, Number.NaN, -7, 3, 3),
      k: numbers(2, 1, 2, 3, 1, 1, 2),
      f: booleans(true, false, null, true, true, false, true),
    }
    for (const frame of [
      [-1, 0],
      [-1, 1],
      [0, 2],
      [0, 0],
    ])
      for (const sort of [undefined, { field: 'k' }])
        for (const ignorePeers of [false, true])
          await expectEqual({
            table,
            transforms: [{ type: 'window', ops: ['sum', 'sum'], fields: ['x', 'f'], frame, sort, ignorePeers }],
          })
  })

  it('is left to Vega where frames or writes are not those of SQL', async () => {
    const table = { x: numbers(1.5, 2), s: strings('a', 'b') }
    for (const definition of [
      { ops: ['sum'], fields: ['x'], frame: [1, 3] },
      { ops: ['sum'], fields: ['x'], as: ['x'] },
      { ops: ['median'], fields: ['x'] },
      { ops: ['sum'], fields: ['x'], frame: [-1, 0] },
      { ops: ['mean'], fields: ['x'], frame: [0, 0] },
      { ops: ['min'], fields: ['s'], frame: [-1, 0] },
      { ops: ['ntile'], params: [0] },
      { ops: ['lag'], fields: ['x'], params: [-1] },
    ])
      await expectReason({ table, transforms: [{ type: 'window', ...definition }] }, /./)
  })
})
