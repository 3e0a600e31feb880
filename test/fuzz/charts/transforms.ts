import { datum, path, type Columns, type Source } from './columns.ts'
import type { Dice, Json } from './dice.ts'
import { predicate, test, type Names } from './predicate.ts'
import { timeUnit } from './time-unit.ts'

/** One transform, and the fields after it. */
interface Made {
  readonly transform: Json
  readonly columns: Columns
}

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

const add = (columns: Columns, more: Partial<Columns>): Columns => ({
  numbers: [...columns.numbers, ...(more.numbers ?? [])],
  texts: [...columns.texts, ...(more.texts ?? [])],
  dates: [...columns.dates, ...(more.dates ?? [])],
  odd: [...columns.odd, ...(more.odd ?? [])],
})

const only = (more: Partial<Columns>): Columns => ({ numbers: [], texts: [], dates: [], odd: [], ...more })

const sortOf = (dice: Dice, columns: Columns): readonly Json[] =>
  dice
    .some([...columns.numbers, ...columns.dates, ...columns.texts], 2)
    .map((field) => ({ field: path(field), ...dice.maybe(2, () => ({ order: dice.of(['ascending', 'descending']) })) }))

let fresh = 0

/** A chain of transforms, and the fields after it. */
export function chain(
  dice: Dice,
  source: Source,
  names: Names,
  length: number,
): { readonly transform: readonly Json[]; readonly columns: Columns } {
  const transform: Json[] = []
  let { columns } = source
  fresh = 0
  for (let at = 0; at < length; at += 1) {
    const made = one(dice, columns, names, source.many)
    if (made === undefined) continue
    transform.push(made.transform)
    ;({ columns } = made)
  }
  return { transform, columns }
}

const name = (): string => `x${(fresh += 1)}`

function one(dice: Dice, columns: Columns, names: Names, many: boolean): Made | undefined {
  const { numbers, texts, dates } = columns
  const number = (): string => path(dice.of(numbers))
  const groups = dice.some(texts.map(path), 2, 0)
  const groupby = groups.length > 0 ? { groupby: groups } : {}
  const needs = (list: readonly string[], make: () => Made): (() => Made | undefined) =>
    list.length > 0 ? make : () => undefined
  return dice.of<() => Made | undefined>([
    () => ({ transform: { filter: predicate(dice, columns, names) }, columns }),
    () => ({ transform: { filter: predicate(dice, columns, names) }, columns }),
    () => calculate(dice, columns, names),
    () => calculate(dice, columns, names),
    () => aggregate(dice, columns),
    () => aggregate(dice, columns),
    needs(numbers, () => {
      const made = aggregates(dice, columns, false)
      return { transform: { joinaggregate: made.list, ...groupby }, columns: add(columns, { numbers: made.names }) }
    }),
    needs(numbers, () => {
      const as = name()
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
        columns: add(columns, { numbers: both ? [as, `${as}_end`] : [as] }),
      }
    }),
    needs(dates, () => {
      const as = name()
      return {
        transform: { timeUnit: timeUnit(dice), field: path(dice.of(dates)), as },
        columns: add(columns, { dates: [as] }),
      }
    }),
    needs(numbers, () => {
      const made = Array.from({ length: dice.between(1, 2) }, () => {
        const op = dice.of(WINDOW_OPS)
        const param = ['ntile', 'lag', 'lead', 'nth_value'].includes(op) ? { param: dice.between(1, 4) } : {}
        const field = ['row_number', 'rank', 'dense_rank', 'percent_rank', 'cume_dist', 'ntile', 'count'].includes(op)
          ? {}
          : { field: number() }
        return { op, ...field, ...param, as: name() }
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
        columns: add(columns, { numbers: made.map(({ as }) => as) }),
      }
    }),
    needs(numbers.length > 1 ? numbers : [], () => {
      const as = dice.maybe(2, () => ({ as: ['key', 'value'] }))
      return {
        transform: { fold: dice.some(numbers, 3, 2).map(path), ...as },
        columns: add(columns, { numbers: ['value'], texts: ['key'] }),
      }
    }),
    needs(columns.odd.includes('list') ? ['list'] : [], () => ({
      transform: { flatten: ['list'], ...dice.maybe(2, () => ({ as: ['item'] })) },
      columns: add(columns, { numbers: [] }),
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
      const as = [name(), name()]
      return {
        transform: {
          stack: number(),
          groupby: dice.some([...texts, ...dates].map(path), 2, 0),
          ...dice.maybe(2, () => ({ offset: dice.of(['zero', 'normalize', 'center']) })),
          ...dice.maybe(2, () => ({ sort: sortOf(dice, columns) })),
          as,
        },
        columns: add(columns, { numbers: as }),
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
      columns: add(columns, { numbers: ['w'] }),
    })),
    needs(numbers.length > 0 && names.variables.length === 0 ? numbers : [], () => ({
      transform: { extent: number(), param: name() },
      columns,
    })),
  ])()
}

function calculate(dice: Dice, columns: Columns, names: Names): Made {
  const as = dice.once(8) && columns.numbers.length > 0 ? dice.of(columns.numbers) : name()
  const number = (): string => (columns.numbers.length > 0 ? datum(dice.of(columns.numbers)) : '1')
  const text = (): string => (columns.texts.length > 0 ? datum(dice.of(columns.texts)) : "'a'")
  const date = (): string => (columns.dates.length > 0 ? datum(dice.of(columns.dates)) : '1e12')
  const variable = (): string => (names.variables.length > 0 ? dice.of(names.variables) : '2')
  const [expression, kind] = dice.of<() => readonly [string, keyof Columns]>([
    () => [`${number()} ${dice.of(['+', '-', '*', '/', '%'])} ${number()}`, 'numbers'],
    () => [`${number()} * ${variable()}`, 'numbers'],
    () => [`round(${number()} / 10) * 10`, 'numbers'],
    () => [`${dice.of(['log', 'sqrt', 'abs', 'floor', 'exp', 'sign'])}(${number()})`, 'numbers'],
    () => [`if(${test(dice, columns, names)}, ${number()}, ${dice.of(['0', 'null', '-1'])})`, 'numbers'],
    () => [`clamp(${number()}, 0, 50)`, 'numbers'],
    () => [`toNumber(${text()})`, 'numbers'],
    () => [`length(${text()})`, 'numbers'],
    () => [
      `${dice.of(['year', 'month', 'day', 'hours', 'quarter', 'utchours', 'time', 'dayofyear', 'week'])}(${date()})`,
      'numbers',
    ],
    () => [`(${date()} - datetime(2000, 0, 1)) / 864e5`, 'numbers'],
    () => [`${test(dice, columns, names)} ? 'yes' : 'no'`, 'texts'],
    () => [`${text()} + '-' + ${number()}`, 'texts'],
    () => [`${dice.of(['upper', 'lower', 'trim'])}(${text()})`, 'texts'],
    () => [`substring(${text()}, 0, ${dice.between(1, 3)})`, 'texts'],
    () => [`split(${text()}, ' ')[0]`, 'texts'],
    () => [`replace(${text()}, 'a', 'o')`, 'texts'],
    () => [`format(${number()}, ${dice.of(["'.2f'", "','", "'.1%'", "'d'", "'.3s'", "''"])})`, 'texts'],
    () => [`timeFormat(${date()}, ${dice.of(["'%Y-%m'", "'%b %d, %Y'", "'%H:%M'", "'%A'"])})`, 'texts'],
    () => [`toString(${number()})`, 'texts'],
    () => [`pad(${text()}, 5, '.', 'left')`, 'texts'],
    () => [`datetime(year(${date()}), month(${date()}), 1)`, 'dates'],
    () => [`toDate(${date()})`, 'dates'],
    () => [`timeOffset('month', ${date()}, 1)`, 'dates'],
    () => [`[${number()}, ${number()}]`, 'odd'],
    () => [`{a: ${number()}, b: ${text()}}`, 'odd'],
  ])()
  return { transform: { calculate: expression, as }, columns: add(columns, { [kind]: [as] }) }
}

function aggregates(dice: Dice, columns: Columns, best: boolean) {
  const list = Array.from({ length: dice.between(1, 3) }, () => {
    const op = best && dice.once(20) ? dice.of(['argmin', 'argmax']) : dice.of(OPS)
    const field =
      op === 'count' || columns.numbers.length === 0
        ? {}
        : { field: path(dice.of([...columns.numbers, ...(op === 'min' || op === 'max' ? columns.dates : [])])) }
    return { op: 'field' in field ? op : 'count', ...field, as: name() }
  })
  const plain = list.filter(({ op }) => !op.startsWith('arg'))
  return {
    list,
    names: plain.map(({ as }) => as),
    rows: list.filter(({ op }) => op.startsWith('arg')).map(({ as }) => as),
  }
}

function aggregate(dice: Dice, columns: Columns): Made {
  const made = aggregates(dice, columns, true)
  const texts = dice.some(columns.texts, 2, 0)
  const others = dice.once(3) ? dice.some([...columns.dates, ...columns.numbers], 1, 0) : []
  const groupby = [...texts, ...others].map(path)
  const dates = others.filter((field) => columns.dates.includes(field))
  return {
    transform: { aggregate: made.list, ...(groupby.length > 0 ? { groupby } : {}) },
    columns: only({
      numbers: [...made.names, ...others.filter((field) => !dates.includes(field)), ...made.rows.map((row) => row)],
      texts,
      dates,
    }),
  }
}
