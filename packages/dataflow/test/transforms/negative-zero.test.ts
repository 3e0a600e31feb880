import { it } from 'vitest'
import { expectEqual } from './expect-equal.ts'
import { numbers } from './harness.ts'

const table = { a: numbers(-1, -1, 1, -5, Number.NaN, 2), b: numbers(-0, 1, 2, -0, null, -3) }
const sort = { field: ['b'] }

// The engine takes the values of a column that it sorts by from the sorted keys, in which -0 is 0.
it.each([
  ['stacked', { type: 'stack', sort }],
  ['collected', { type: 'collect', sort }],
  ['windowed in groups', { type: 'window', groupby: ['b'], ops: ['row_number'], as: ['n'] }],
  ['ranked', { type: 'window', sort, ops: ['row_number'], as: ['n'] }],
])('a column by which rows are %s keeps its -0', async (_, transform) => {
  await expectEqual({ table, transforms: [transform] })
  const first = { type: 'aggregate', ops: ['argmin'], fields: ['a'], as: ['first'] }
  await expectEqual({ table, transforms: [transform, first] })
  await expectEqual({ table, transforms: [transform, { type: 'cross' }] })
})
