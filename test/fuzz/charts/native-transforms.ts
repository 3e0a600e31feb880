import { OPS } from './aggregates.ts'
import { datum, only, path, plus, type Columns } from './columns.ts'
import type { Json } from '../../exact/json.ts'
import type { Dice } from './dice.ts'
import { test } from './predicate.ts'

/** What native transforms may read. */
export interface Reach {
  readonly columns: Columns
  /** Signals that hold a number. */
  readonly signals: readonly string[]
  /** Other data sets, small enough to be looked up or read by expressions. */
  readonly data: readonly string[]
  /** A name that nothing has yet. */
  fresh(): string
}

interface Made {
  readonly transform: readonly Json[]
  readonly columns: Columns
}

const UNITS = [
  ['year'],
  ['year', 'month'],
  ['month'],
  ['day'],
  ['hours'],
  ['year', 'week'],
  ['year', 'month', 'date'],
  ['quarter'],
]

/** A few transforms after each other, and the fields that come of them. */
export function nativeChain(dice: Dice, reach: Reach, length: number): Made {
  let made: Made = { transform: [], columns: reach.columns }
  for (let at = 0; at < length; at += 1) {
    const next = one(dice, { ...reach, columns: made.columns })
    made = { transform: [...made.transform, ...next.transform], columns: next.columns }
  }
  return made
}

function one(dice: Dice, { columns, signals, data, fresh }: Reach): Made {
  const { numbers, texts, dates } = columns
  if (numbers.length === 0)
    return { transform: [{ type: 'formula', expr: '1', as: 'one' }], columns: { ...columns, numbers: ['one'] } }
  const number = (): string => path(dice.of(numbers))
  const numeric = (): unknown =>
    signals.length > 0 && dice.once(2) ? { signal: dice.of(signals) } : dice.of([1, 5, 20])
  const variable = (): string => (signals.length > 0 ? dice.of(signals) : '5')
  const groupby = dice.some(texts.map(path), 2, 0)
  const add = (transform: Json | readonly Json[], more: Partial<Columns> = {}): Made => ({
    transform: Array.isArray(transform) ? (transform as readonly Json[]) : [transform as Json],
    columns: plus(columns, more),
  })
  const sort = (): Json => ({ sort: { field: dice.some([...numbers, ...texts].map(path), 2) } })
  const measures = (): {
    readonly ops: readonly string[]
    readonly fields: readonly (string | null)[]
    readonly as: readonly string[]
  } => {
    const ops = Array.from({ length: dice.between(1, 3) }, () => dice.of(OPS))
    return { ops, fields: ops.map((op) => (op === 'count' ? null : number())), as: ops.map(() => fresh()) }
  }
  return dice.of<() => Made>([
    () => add({ type: 'filter', expr: `${datum(dice.of(numbers))} ${dice.of(['>', '<=', '!='])} ${variable()}` }),
    () => add({ type: 'filter', expr: test(dice, columns, { variables: signals, selections: [] }) }),
    () => {
      const as = fresh()
      return add({ type: 'formula', expr: `${datum(dice.of(numbers))} * ${variable()}`, as }, { numbers: [as] })
    },
    () => {
      const as = fresh()
      const other = data.length > 0 ? `length(data('${dice.of(data)}'))` : '3'
      return add({ type: 'formula', expr: `${datum(dice.of(numbers))} + ${other}`, as }, { numbers: [as] })
    },
    () => {
      const { ops, fields, as } = measures()
      return {
        transform: [
          {
            type: 'aggregate',
            groupby,
            ops,
            fields,
            as,
            ...(groupby.length === 2 ? dice.maybe(3, () => ({ cross: true })) : {}),
          },
        ],
        columns: only({ numbers: as, texts: texts.filter((name) => groupby.includes(path(name))) }),
      }
    },
    () => {
      const { ops, fields, as } = measures()
      return add({ type: 'joinaggregate', groupby, ops, fields, as }, { numbers: as })
    },
    () => {
      const [field, extent, as] = [number(), fresh(), [fresh(), fresh()]]
      return add(
        [
          { type: 'extent', field, signal: extent },
          {
            type: 'bin',
            field,
            extent: { signal: extent },
            as,
            ...dice.of<Json>([{ maxbins: numeric() }, { maxbins: 10 }, { nice: false }, { anchor: 0.5, maxbins: 10 }]),
            ...dice.maybe(4, () => ({ signal: fresh() })),
          },
        ],
        { numbers: as },
      )
    },
    () => {
      const as = [fresh()]
      const window = {
        type: 'window',
        groupby,
        ...sort(),
        ops: [dice.of(['row_number', 'rank', 'lag', 'sum', 'mean', 'cume_dist', 'first_value'])],
        fields: [number()],
        as,
      }
      return add(
        {
          ...window,
          ...dice.maybe(2, () => ({
            frame: dice.of([
              [null, null],
              [-1, 1],
              [null, 0],
            ]),
          })),
        },
        { numbers: as },
      )
    },
    () => {
      const as = [fresh(), fresh()]
      return add(
        {
          type: 'stack',
          groupby,
          field: number(),
          ...dice.maybe(2, sort),
          as,
          ...dice.maybe(2, () => ({ offset: dice.of(['normalize', 'center']) })),
        },
        { numbers: as },
      )
    },
    () => {
      if (numbers.length < 2) return add({ type: 'identifier', as: 'id' }, { numbers: ['id'] })
      const as = [fresh(), fresh()]
      return add(
        { type: 'fold', fields: dice.some(numbers, 3, 2).map(path), as },
        { texts: [as[0] ?? ''], numbers: [as[1] ?? ''] },
      )
    },
    () => add({ type: 'collect', ...sort() }),
    () => {
      const as = [fresh(), fresh()]
      if (dates.length === 0) return add({ type: 'identifier', as: 'id' }, { numbers: ['id'] })
      return add(
        {
          type: 'timeunit',
          field: path(dice.of(dates)),
          units: dice.of(UNITS),
          as,
          ...dice.maybe(3, () => ({ timezone: 'utc' })),
        },
        { dates: as },
      )
    },
    () => {
      const [other] = data
      const [text] = texts
      if (other === undefined || text === undefined)
        return add({ type: 'formula', expr: "'k'", as: 'k' }, { texts: ['k'] })
      const as = fresh()
      return add(
        {
          type: 'lookup',
          from: other,
          key: 'key',
          fields: [path(text)],
          values: ['num'],
          as: [as],
          ...dice.maybe(2, () => ({ default: 0 })),
        },
        { numbers: [as] },
      )
    },
    () => {
      const as = [fresh(), fresh()]
      return {
        transform: [{ type: 'kde', field: number(), groupby, bandwidth: numeric(), as, extent: [0, 100] }],
        columns: only({ numbers: as, texts: texts.filter((name) => groupby.includes(path(name))) }),
      }
    },
    () => ({
      transform: [{ type: 'quantile', field: number(), groupby, step: 0.1 }],
      columns: only({ numbers: ['prob', 'value'], texts: texts.filter((name) => groupby.includes(path(name))) }),
    }),
    () => {
      const as = fresh()
      return add({ type: 'extent', field: number(), signal: as })
    },
    () => {
      const as = [fresh(), fresh()]
      return add({ type: 'pie', field: number(), as, ...dice.maybe(2, () => ({ sort: true })) }, { numbers: as })
    },
    () => {
      const [text] = texts
      if (text === undefined) return add({ type: 'identifier', as: 'id' }, { numbers: ['id'] })
      return {
        transform: [{ type: 'countpattern', field: path(text), pattern: '[\\w]{2,}' }],
        columns: only({ numbers: ['count'], texts: ['text'] }),
      }
    },
    () => ({
      transform: [{ type: 'project', fields: [...numbers, ...texts].map(path), as: [...numbers, ...texts] }],
      columns: only({ numbers, texts }),
    }),
  ])()
}
