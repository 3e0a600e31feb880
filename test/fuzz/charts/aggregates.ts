import { path } from './columns.ts'
import type { Json } from '../../exact/json.ts'
import type { Dice } from './dice.ts'
import type { Reach } from './reach.ts'

/** Operations of aggregates; bootstrapped intervals differ from run to run. */
export const OPS = [
  'count',
  'valid',
  'missing',
  'distinct',
  'sum',
  'product',
  'mean',
  'average',
  'variance',
  'variancep',
  'stdev',
  'stdevp',
  'stderr',
  'median',
  'q1',
  'q3',
  'min',
  'max',
]

/** Operations of one transform, and the fields that hold their values. */
export interface Aggregates {
  readonly list: readonly Json[]
  readonly names: readonly string[]
}

/** One to three operations; `best`: rows with the least or the greatest value may be among them. */
export function aggregates(dice: Dice, { columns, fresh }: Reach, best: boolean): Aggregates {
  const list = Array.from({ length: dice.between(1, 3) }, () => {
    const op = best && dice.once(20) ? dice.of(['argmin', 'argmax']) : dice.of(OPS)
    const field =
      op === 'count' || columns.numbers.length === 0
        ? {}
        : { field: path(dice.of([...columns.numbers, ...(op === 'min' || op === 'max' ? columns.dates : [])])) }
    return { op: 'field' in field ? op : 'count', ...field, as: fresh() }
  })
  return { list, names: list.map(({ as }) => as) }
}
