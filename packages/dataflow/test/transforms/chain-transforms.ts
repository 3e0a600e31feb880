import fc from 'fast-check'
import type { Column } from '../../src/columns.ts'
import type { Pick, Template } from './chain-settle.ts'
import type { Row } from './harness.ts'

type Type = Column['type']

const pick = (of?: Type): fc.Arbitrary<Pick> =>
  fc
    .record({ pick: fc.nat(30), bySignal: fc.constantFrom(false, false, false, false, false, false, false, true) })
    .map((found) => ({ ...found, ...(of === undefined ? {} : { of }) }))
const plainPick = (of?: Type): fc.Arbitrary<Pick> => pick(of).map((found) => ({ ...found, bySignal: false }))

const any = pick()
const number = fc.oneof({ weight: 5, arbitrary: pick('number') }, any)
const date = fc.oneof({ weight: 5, arbitrary: pick('date') }, number)
const text = fc.oneof({ weight: 6, arbitrary: pick('string') }, any)
const some = fc.array(any, { maxLength: 2 })
const groupby = fc.option(fc.array(plainPick(), { maxLength: 3 }), { nil: undefined, freq: 6 })
const name = fc.constantFrom('out', 'a', 's', 'other', 'count', 'key', 'x.y', "it's")
const names = fc.option(fc.array(fc.option(name, { nil: null, freq: 3 }), { maxLength: 3 }), {
  nil: undefined,
  freq: 2,
})
const order = fc.constantFrom('ascending', 'descending')

/** A value of a parameter, or a signal that has it. */
const either = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 5, arbitrary: value },
    value.map((known) => (known === undefined ? undefined : { signal: JSON.stringify(known) })),
  )
const oneOf = (...values: readonly unknown[]): fc.Arbitrary<unknown> => either(fc.constantFrom(...values))

const sort = fc.option(
  fc.record({ field: fc.array(plainPick(), { minLength: 1, maxLength: 2 }), order: fc.array(order, { maxLength: 2 }) }),
  { nil: undefined },
)

const counts = ['count', 'valid', 'missing', 'distinct']
const numeric = [
  'sum',
  'mean',
  'average',
  'median',
  'q1',
  'q3',
  'stdev',
  'stdevp',
  'variance',
  'variancep',
  'stderr',
  'product',
]
const op = fc.constantFrom(...counts, ...numeric, 'min', 'max', 'min', 'max')
const rowOp = fc.constantFrom('argmin', 'argmax', 'values')
const windowOp = fc.oneof(
  op,
  fc.constantFrom(
    ...['row_number', 'rank', 'dense_rank', 'percent_rank', 'cume_dist', 'ntile', 'lag', 'lead'],
    ...['first_value', 'last_value', 'nth_value', 'prev_value', 'next_value'],
  ),
)

const measure = (ops: fc.Arbitrary<string>): fc.Arbitrary<{ op: string; field: Pick }> =>
  ops.chain((found) =>
    fc.record({ op: fc.constant(found), field: numeric.includes(found) ? number : fc.oneof(any, number) }),
  )
const measures = (ops: fc.Arbitrary<string>): fc.Arbitrary<Row> =>
  fc.tuple(fc.array(measure(ops), { minLength: 1, maxLength: 4 }), names).map(([items, as]) => ({
    ops: items.map((item) => item.op),
    fields: items.map((item) => item.field),
    as,
  }))

const templates = (of: Readonly<Record<string, readonly (Type | undefined)[]>>): fc.Arbitrary<Template> =>
  fc.oneof(
    ...Object.entries(of).map(([template, types]) =>
      fc.tuple(...types.map((type) => plainPick(type))).map((picks) => ({ template, picks })),
    ),
  )

const formulas = templates({
  "$1 > 1 ? 'high' : $1 < 0 ? 'low' : 'mid'": ['number'],
  '$1 >= 127 ? 1 : $2 ? 2 : 1': ['number', 'boolean'],
  '$1 + 1': [undefined],
  $1: [undefined],
  "$1 ? 'x' : 'y'": [undefined],
  '$1 * $2': ['number', 'number'],
  '$1 - $2': [undefined, undefined],
  'isValid($1) ? $1 : 0': ['number'],
  null: [],
  '$1 > $2': ['number', 'number'],
  '$1 == $2': [undefined, undefined],
  'round($1)': ['number'],
  'min($1, $2, 3)': ['number', 'number'],
  "$1 + '!'": ['string'],
  '$1 + $2': ['string', undefined],
  'utcyear($1)': ['date'],
  'hours($1)': ['date'],
  "timeFormat($1, '%Y-%m-%d %H')": ['date'],
  "format($1, ',.1f')": ['number'],
  "format($1, '') + ' – ' + format($2, '')": ['number', 'number'],
  'toNumber($1)': ['string'],
  'toDate($1)': [undefined],
  'toBoolean($1)': [undefined],
  'upper($1)': ['string'],
  "substring($1, 1, 4) + pad($2, 3, '-')": ['string', 'string'],
  "split($1, '|')[1]": ['string'],
  'indexof($1, $2)': ['string', 'string'],
  'length($1)': ['string'],
  "replace($1, /[a-x]/g, 'y')": ['string'],
  '$1.a': ['json'],
  "$1['n'] - $1['b']": ['json'],
  '$1.a && $1.a.b': ['json'],
  'isValid($1)': [undefined],
  "timeOffset('day', $1, 2)": ['date'],
})
const filters = templates({
  '$1 >= 0 && $1 <= 2.5': ['number'],
  'isFinite($1) && $1 > 0.5': ['number'],
  'isValid($1) && isFinite(+$1)': [undefined],
  '!($1 > 0 && $1 < 3)': ['number'],
  'isValid($1) && $1 >= -3 && $1 <= 10': ['number'],
  '$1 >= -5 && $1 <= 12 || $2': ['number', 'boolean'],
  '$1 > -1e9 && $1 < 1e300': ['number'],
  'isValid($1) && -40000 <= $1 && 70000 > $1': ['number'],
  '$1 == 2 || $1 === 300': ['number'],
  '$1 >= 1000 && $1 < 1.31e12': ['date'],
  'inrange($1, [0, 2])': ['number'],
  '$1 != null && $1 <= 1 ? $1 >= 0 : $2': ['number', undefined],
  $1: [undefined],
  '!$1': ['boolean'],
  "$1 != 'x'": ['string'],
  'test(/^[xy]/, $1)': ['string'],
  "indexof(['x', 'y', 1], $1) >= 0": [undefined],
  '$1 < $2': ['date', 'date'],
  false: [],
})

const unitLists = [
  ...[['year'], ['month'], ['year', 'month', 'date'], ['day', 'hours'], ['date', 'hours', 'year', 'month']],
  ...[
    ['year', 'month', 'date', 'hours', 'minutes', 'seconds'],
    ['year', 'quarter'],
    ['quarter'],
    ['week'],
    ['dayofyear'],
  ],
  ...[['year', 'week', 'day'], ['isoweek'], ['year', 'isoweek'], ['milliseconds'], ['minutes', 'seconds']],
]

const grouped = (type: string, ops: fc.Arbitrary<string>): fc.Arbitrary<Row> =>
  fc
    .tuple(groupby, measures(ops), fc.option(any, { nil: undefined, freq: 5 }))
    .map(([by, list, key]) => ({ type, groupby: by, ...list, ...(key === undefined ? {} : { key }) }))

const pair = (a: string, b: string): fc.Arbitrary<unknown> =>
  fc.constantFrom(undefined, undefined, [a, b], ['out', 'a'])

/** A transform, with places for fields. */
export const transforms: fc.Arbitrary<Row> = fc.oneof(
  fc.record({ type: fc.constant('filter'), expr: filters }),
  fc.record({ type: fc.constant('formula'), expr: formulas, as: name }),
  grouped('aggregate', op),
  grouped('aggregate', fc.oneof(op, rowOp)),
  grouped('joinaggregate', op),
  fc.record({
    type: fc.constant('aggregate'),
    groupby: fc.array(plainPick(), { minLength: 2, maxLength: 3 }),
    cross: oneOf(true, true, false),
    ops: fc.constant(['count', 'max', 'valid']),
    fields: fc.tuple(fc.constant(null), any, any),
  }),
  fc.record({
    type: fc.constant('bin'),
    field: fc.oneof(number, text),
    extent: oneOf([0, 10], [-3, 3], [1, 1], [-40000, 70000]),
    maxbins: oneOf(3, 10),
    step: oneOf(undefined, undefined, 2, 0.25),
    steps: oneOf(undefined, undefined, [1, 3]),
    minstep: oneOf(undefined, undefined, 1),
    span: oneOf(undefined, undefined, 4),
    base: oneOf(undefined, undefined, 2),
    divide: oneOf(undefined, undefined, [4]),
    nice: oneOf(undefined, undefined, false),
    anchor: oneOf(undefined, undefined, 1),
    interval: oneOf(true, undefined, false),
    as: pair('lo', 'hi'),
  }),
  fc.record({
    type: fc.constant('timeunit'),
    field: date,
    units: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...unitLists) }, fc.constant(undefined)),
    inferUnits: fc.constantFrom(undefined, undefined, undefined, undefined, true),
    step: oneOf(undefined, undefined, undefined, 2, 5),
    interval: oneOf(undefined, undefined, false),
    timezone: oneOf('utc', 'local', undefined),
    as: pair('from', 'to'),
  }),
  fc.record({
    type: fc.constant('stack'),
    field: fc.option(fc.oneof(number, text), { nil: undefined, freq: 8 }),
    groupby,
    sort,
    offset: oneOf('zero', 'center', 'normalize', undefined),
    as: pair('lo', 'hi'),
  }),
  fc.record({ type: fc.constant('collect'), sort }),
  fc.record({
    type: fc.constant('quantile'),
    field: fc.oneof(number, text),
    groupby,
    probs: oneOf(undefined, [0.5], [0, 0.1, 1], [-1, 2]),
    step: oneOf(undefined, 0.25),
    as: pair('p', 'q'),
  }),
  fc.record({
    type: fc.constant('project'),
    fields: fc.array(any, { minLength: 3, maxLength: 8 }),
    as: names,
  }),
  fc.record({ type: fc.constant('identifier'), as: fc.constant('id') }),
  fc.record({
    type: fc.constant('fold'),
    fields: fc.oneof(fc.array(number, { minLength: 1, maxLength: 3 }), fc.array(text, { minLength: 1, maxLength: 3 })),
    as: pair('k', 'v'),
  }),
  fc.record({ type: fc.constant('impute'), field: number, key: any, groupby, value: oneOf(0, null, 7, undefined) }),
  fc.record({
    type: fc.constant('impute'),
    field: number,
    key: any,
    groupby: some,
    method: oneOf('mean', 'median', 'min', 'max', 'value'),
    keyvals: oneOf(undefined, [2, 7], ['x', 'w']),
  }),
  fc.record({
    type: fc.constant('pivot'),
    field: fc.oneof(text, number),
    value: fc.oneof(number, any),
    op: fc.oneof(op, rowOp, fc.constant(undefined)),
    groupby,
    limit: oneOf(0, 2, undefined),
    key: fc.option(any, { nil: undefined, freq: 6 }),
  }),
  fc.record({
    type: fc.constant('lookup'),
    from: fc.constant('other'),
    key: fc.constantFrom('a', 'n', 's', 'd', 'f', 'q'),
    fields: fc.array(fc.oneof(number, text, any), { minLength: 1, maxLength: 2 }),
    values: fc.constantFrom(undefined, ['b'], ['s', 'a'], ['d', 'q', 'l']),
    as: fc.constantFrom(undefined, ['x'], ['x', 'out'], ['x', 'out', 's', 'other']),
    default: oneOf(undefined, undefined, 0, 'none'),
  }),
  fc.record({
    type: fc.constant('flatten'),
    fields: fc.array(pick('json'), { minLength: 1, maxLength: 2 }),
    as: fc.constantFrom(undefined, ['out'], ['x', 's']),
    index: fc.constantFrom(undefined, 'n', 'at'),
  }),
  fc.record({
    type: fc.constant('cross'),
    filter: fc.constantFrom(undefined, 'datum.a.n < datum.b.n', "datum.a.t != 'x'"),
    as: pair('left', 'right'),
  }),
  fc.record({
    type: fc.constant('density'),
    distribution: fc.constantFrom(
      { function: 'normal', mean: 1 },
      { function: 'uniform', max: { signal: '3' } },
      { function: 'lognormal' },
      { function: 'mixture', distributions: [{ function: 'normal' }, { function: 'uniform' }], weights: [1, 2] },
    ),
    extent: oneOf([0, 4], [-1, 1]),
    steps: oneOf(5, 10),
    method: oneOf('pdf', 'cdf', undefined),
    as: pair('x', 'p'),
  }),
  fc.record({
    type: fc.constant('countpattern'),
    field: text,
    case: oneOf(undefined, 'upper', 'lower', 'mixed'),
    pattern: oneOf(undefined, '[a-z]', '[0-9]+', '[^|]+'),
    stopwords: oneOf(undefined, '', 'x', '(Y|ten)'),
    as: pair('word', 'times'),
  }),
  fc
    .tuple(
      groupby,
      measures(windowOp),
      sort,
      oneOf([null, 0], [null, null], [-1, 1], [null, 1], [-2, 0], [0, null], [1, 2], undefined),
      oneOf(true, false, undefined),
      oneOf([2, 3, 1, 2], [1], undefined),
    )
    .map(([by, list, sorted, frame, ignorePeers, params]) => ({
      type: 'window',
      groupby: by,
      ...list,
      sort: sorted,
      frame,
      ignorePeers,
      params,
    })),
)

/** The ends of a field, and bins between them. */
export const extentAndBins: fc.Arbitrary<readonly Row[]> = fc
  .tuple(fc.oneof(number, text), fc.boolean())
  .map(([field, interval]) => [
    { type: 'extent', field, signal: 'ends' },
    { type: 'bin', field, extent: { signal: 'ends' }, interval, signal: 'bins' },
  ])
