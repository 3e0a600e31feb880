import { aggregates } from './aggregates.ts'
import { only, path } from './columns.ts'
import type { Dice } from './dice.ts'
import type { Made, Reach } from './reach.ts'

/** Groups of rows, by texts for the most part. */
export function aggregate(dice: Dice, reach: Reach): Made {
  const { columns } = reach
  const made = aggregates(dice, reach, true)
  const texts = dice.some(columns.texts, 2, 0)
  const others = dice.once(3) ? dice.some([...columns.dates, ...columns.numbers], 1, 0) : []
  const groupby = [...texts, ...others].map(path)
  const dates = others.filter((field) => columns.dates.includes(field))
  return {
    transform: { aggregate: made.list, ...(groupby.length > 0 ? { groupby } : {}) },
    columns: only({
      numbers: [...made.names, ...others.filter((field) => !dates.includes(field))],
      texts,
      dates,
    }),
  }
}
