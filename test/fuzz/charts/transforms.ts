import { aggregate } from './aggregate.ts'
import { aggregates, OPS } from './aggregates.ts'
import { calculate } from './calculate.ts'
import { only, path, plus, type Columns } from './columns.ts'
import type { Json } from '../../exact/json.ts'
import type { Dice } from './dice.ts'
import { predicate } from './predicate.ts'
import type { Made, Reach } from './reach.ts'
import { timeUnit } from './time-unit.ts'

const WINDOW_OPS = [
  'row_number',
  'rank',
  'dense_rank',
  'percent_rank',
  'cume_dist',
  'ntile',
  'lag',
  'lead',
  'first_value',
  'last_value',
  'nth_value',
  ...OPS,
]

const sortOf = (dice: Dice, columns: Columns): readonly Json[] =>
  dice
    .some([...columns.numbers, ...columns.dates, ...columns.texts], 2)
    .map((field) => ({ field: path(field), ...dice.maybe(2, () => ({ order: dice.of(['ascending', 'descending']) })) }))

/** A chain of transforms, and the fields after it. */
export function chain(
  dice: Dice,
  reach: Reach,
  length: number,
): { readonly transform: readonly Json[]; readonly columns: Columns } {
  const transform: Json[] = []
  let { columns } = reach
  for (let at = 0; at < length; at += 1) {
    const made = one(dice, { ...reach, columns })
    if (made === undefined) continue
    transform.push(made.transform)
    ;({ columns } = made)
  }
  return { transform, columns }
}

function one(dice: Dice, reach: Reach): Made | undefined {
  const { columns, names, many, fresh } = reach
  const { numbers, texts, dates } = columns
  const number = (): string => path(dice.of(numbers))
  const groups = dice.some(texts.map(path), 2, 0)
  const groupby = groups.length > 0 ? { groupby: groups } : {}
  const needs = (list: readonly string[], make: () => Made): (() => Made | undefined) =>
    list.length > 0 ? make : () => undefined
  return dice.of<() => Made | undefined>([
    () => ({ transform: { filter: predicate(dice, columns, names) }, columns }),
    () => ({ transform: { filter: predicate(dice, columns, names) }, columns }),
    () => calculate(dice, reach),
    () => calculate(dice, reach),
    () => aggregate(dice, reach),
    () => aggregate(dice, reach),
    needs(numbers, () => {
      const made = aggregates(dice, reach, false)
      return { transform: { joinaggregate: made.list, ...groupby }, columns: plus(columns, { numbers: made.names }) }
    }),
    needs(numbers, () => {
      const as = fresh()
      const bin = dice.of<unknown>([
        true,
        { maxbins: dice.of([3, 10, 50]) },
        { step: dice.of([1, 2.5, 10]) },
        { extent: [0, 100], maxbins: 8 },
        { nice: false },
      ])
      const both = dice.once(2)
      return {
        transform: { bin, field: number(), as: both ? [as, `${as}_end`] : as },
        columns: plus(columns, { numbers: both ? [as, `${as}_end`] : [as] }),
      }
    }),
    needs(dates, () => {
      const as = fresh()
      return {
        transform: { timeUnit: timeUnit(dice), field: path(dice.of(dates)), as },
        columns: plus(columns, { dates: [as] }),
      }
    }),
    needs(numbers, () => {
      const made = Array.from({ length: dice.between(1, 2) }, () => {
        const op = dice.of(WINDOW_OPS)
        const param = ['ntile', 'lag', 'lead', 'nth_value'].includes(op) ? { param: dice.between(1, 4) } : {}
        const field = ['row_number', 'rank', 'dense_rank', 'percent_rank', 'cume_dist', 'ntile', 'count'].includes(op)
          ? {}
          : { field: number() }
        return { op, ...field, ...param, as: fresh() }
      })
      const frame = dice.maybe(2, () => ({
        frame: dice.of([
          [null, 0],
          [null, null],
          [-2, 2],
          [0, null],
          [-3, 0],
        ]),
      }))
      const sort = dice.maybe(2, () => ({ sort: sortOf(dice, columns) }))
      const peers = dice.maybe(4, () => ({ ignorePeers: true }))
      return {
        transform: { window: made, ...groupby, ...frame, ...sort, ...peers },
        columns: plus(columns, { numbers: made.map(({ as }) => as) }),
      }
    }),
    needs(numbers.length > 1 ? numbers : [], () => {
      const as = dice.maybe(2, () => ({ as: ['key', 'value'] }))
      return {
        transform: { fold: dice.some(numbers, 3, 2).map(path), ...as },
        columns: plus(columns, { numbers: ['value'], texts: ['key'] }),
      }
    }),
    needs(columns.odd.includes('list') ? ['list'] : [], () => ({
      transform: { flatten: ['list'], ...dice.maybe(2, () => ({ as: ['item'] })) },
      columns,
    })),
    needs(numbers.length > 0 && texts.length > 0 && !many ? numbers : [], () => ({
      transform: {
        impute: number(),
        key: path(dice.of([...numbers, ...dates, ...texts])),
        ...dice.of<Json>([
          { method: 'mean' },
          { value: 0 },
          { method: 'max' },
          { value: null },
          { method: 'value', value: -1 },
          { method: 'median', frame: [-2, 2] },
        ]),
        ...groupby,
        ...dice.maybe(3, () => ({
          keyvals: dice.of<unknown>([[0, 1, 2], { start: 0, stop: 5 }, { start: 0, stop: 10, step: 2 }]),
        })),
      },
      columns,
    })),
    needs(numbers, () => {
      const as = [fresh(), fresh()]
      return {
        transform: {
          stack: number(),
          groupby: dice.some([...texts, ...dates].map(path), 2, 0),
          ...dice.maybe(2, () => ({ offset: dice.of(['zero', 'normalize', 'center']) })),
          ...dice.maybe(2, () => ({ sort: sortOf(dice, columns) })),
          as,
        },
        columns: plus(columns, { numbers: as }),
      }
    }),
    needs(numbers.length > 0 && texts.length > 0 && !many ? numbers : [], () => ({
      transform: {
        pivot: path(dice.of(texts)),
        value: number(),
        ...groupby,
        ...dice.maybe(2, () => ({ op: dice.of(['sum', 'mean', 'max', 'count']) })),
        ...dice.maybe(3, () => ({ limit: 3 })),
      },
      columns: only({ numbers: ['USA', 'a', 'sun', 'MSFT'], texts: groups }),
    })),
    needs(numbers, () => ({
      transform: {
        quantile: number(),
        ...groupby,
        ...dice.of<Json>([{ step: 0.1 }, { probs: [0.25, 0.5, 0.9] }, { step: 0.05, as: ['prob', 'value'] }]),
      },
      columns: only({ numbers: ['prob', 'value'], texts: groups }),
    })),
    needs(numbers, () => ({
      transform: {
        density: number(),
        ...groupby,
        ...dice.of<Json>([
          {},
          { bandwidth: 2 },
          { cumulative: true },
          { counts: true, steps: 20 },
          { extent: [0, 50], minsteps: 10 },
        ]),
      },
      columns: only({ numbers: ['value', 'density'], texts: groups }),
    })),
    needs(numbers.length > 1 ? numbers : [], () => {
      const [on, of] = [number(), number()]
      return {
        transform: {
          regression: of,
          on,
          ...groupby,
          ...dice.maybe(2, () => ({ method: dice.of(['linear', 'log', 'exp', 'pow', 'quad', 'poly']) })),
          ...dice.maybe(4, () => ({ params: true })),
        },
        columns: only({ numbers: [of, on].map((field) => field.replace(/\\/g, '')), texts: groups }),
      }
    }),
    needs(numbers.length > 1 && !many ? numbers : [], () => {
      const [on, of] = [number(), number()]
      return {
        transform: { loess: of, on, ...groupby, ...dice.maybe(2, () => ({ bandwidth: 0.5 })) },
        columns: only({ numbers: [of, on].map((field) => field.replace(/\\/g, '')), texts: groups }),
      }
    }),
    needs(texts, () => ({
      transform: {
        lookup: path(dice.of(texts)),
        from: dice.of<Json>([
          { data: { url: 'data/lookup_people.csv' }, key: 'name', fields: ['age', 'height'] },
          {
            data: {
              values: [
                { k: 'a', w: 1 },
                { k: 'USA', w: 5 },
                { k: 'sun', w: null },
                { k: '', w: 2 },
              ],
            },
            key: 'k',
            fields: ['w'],
          },
        ]),
        ...dice.maybe(2, () => ({ default: dice.of<unknown>([0, 'none', null]) })),
      },
      columns: plus(columns, { numbers: ['w'] }),
    })),
    needs(numbers.length > 0 && names.variables.length === 0 ? numbers : [], () => ({
      transform: { extent: number(), param: fresh() },
      columns,
    })),
  ])()
}
