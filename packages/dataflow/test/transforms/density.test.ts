import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { numbers } from './harness.ts'
import { empty, mixed } from './tables.ts'

const distributions = [
  { function: 'normal' },
  { function: 'normal', mean: 3, stdev: 0.5 },
  { function: 'normal', mean: null, stdev: 0 },
  { function: 'lognormal', stdev: 2 },
  { function: 'uniform' },
  { function: 'uniform', max: 4 },
  { function: 'uniform', min: 2 },
  { function: 'mixture', distributions: [{ function: 'normal' }, { function: 'uniform', min: -1, max: 3 }] },
  {
    function: 'mixture',
    distributions: [
      { function: 'lognormal', mean: 1 },
      { function: 'normal', mean: { signal: 'middle' } },
    ],
    weights: [1, { signal: 'middle * 3' }],
  },
]

describe('density', () => {
  for (const distribution of distributions)
    for (const method of [undefined, 'pdf', 'cdf'])
      it(`samples the ${method ?? 'default'} of ${JSON.stringify(distribution)}`, async () => {
        for (const more of [
          { extent: [-4, 6] },
          { extent: [0, { signal: 'middle' }], steps: 20, as: ['x', 'y'] },
          { extent: [5, -1], minsteps: 5, maxsteps: 50 },
          { extent: [1, 1] },
        ])
          for (const table of [mixed, empty])
            await expectEqual({
              table,
              signals: { middle: 1.5 },
              transforms: [{ type: 'density', distribution, method, ...more }],
            })
      })
  it('goes on with its points', async () => {
    await expectEqual({
      table: { n: numbers(1, 2, 3) },
      transforms: [
        { type: 'density', distribution: { function: 'normal' }, extent: [-2, 2], steps: 10 },
        { type: 'filter', expr: 'datum.value > 0' },
        { type: 'aggregate', ops: ['max', 'count'], fields: ['density', null] },
      ],
    })
  })
  it('is left to Vega where it depends on rows, or has no end', async () => {
    for (const [definition, why] of [
      [{ distribution: { function: 'kde', field: 'number' }, extent: [0, 1] }, /kernels/],
      [{ distribution: { function: 'normal' }, extent: [0, 1], steps: 1e6 }, /too many/],
      [{ distribution: { function: 'normal' } }, /no ends/],
    ] as const)
      await expectReason({ table: mixed, transforms: [{ type: 'density', ...definition }] }, why)
  })
})
