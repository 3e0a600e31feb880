import fc from 'fast-check'
import { isReason, type Reason } from '../../src/reason.ts'
import { compileAll, run, type Case, type Row, type Table } from './harness.ts'

/** Fields that chains read and write; a chain may well name one that is no longer there. */
const FIELDS = ['a', 'b', 'n', 'w', 's', 't', 'f', 'd', 'out', 'bin0', 'count', 'y0', 'key', 'value', 'unit0'] as const
/** Fields that only some transforms make. */
const RARE = ['x', 'y', 'l', 'argmax_a.b', 'argmin_n.s', 'a.n', 'b.s'] as const
const field = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...FIELDS) }, fc.constantFrom(...RARE))
const name = fc.constantFrom('out', 'a', 's', 'other', 'count', 'key')
const some = fc.uniqueArray(field, { maxLength: 2 })
const order = fc.constantFrom('ascending', 'descending')
const sort = fc.option(
  fc.record({ field: fc.uniqueArray(field, { minLength: 1, maxLength: 2 }), order: fc.array(order, { maxLength: 2 }) }),
  { nil: undefined },
)
const op = fc.constantFrom(
  'count',
  'valid',
  'missing',
  'distinct',
  'sum',
  'mean',
  'min',
  'max',
  'median',
  'q1',
  'stdev',
  'variancep',
)
const windowOp = fc.oneof(
  op,
  fc.constantFrom(
    'row_number',
    'rank',
    'dense_rank',
    'percent_rank',
    'cume_dist',
    'lag',
    'lead',
    'first_value',
    'last_value',
    'prev_value',
    'next_value',
  ),
)

const measures = (ops: fc.Arbitrary<string>): fc.Arbitrary<Row> =>
  fc.array(fc.record({ op: ops, field }), { minLength: 1, maxLength: 3 }).map((items) => ({
    ops: items.map((item) => item.op),
    fields: items.map((item) => item.field),
  }))

const formulas = [
  "datum.a > 1 ? 'high' : datum.a < 0 ? 'low' : 'mid'",
  'datum.w >= 127 ? 1 : datum.f ? 2 : 1',
  'datum.a + 1',
  'datum.s',
  "datum.f ? 'x' : 'y'",
  'datum.n * 2',
  'isValid(datum.a) ? datum.a : 0',
  'null',
  'datum.d',
  'datum.a > 1',
  'round(datum.b)',
  "datum.s + '!'",
  'utcyear(datum.d)',
  'datum.count',
  'upper(datum.t)',
  "substring(datum.s, datum.n, 4) + pad(datum.t, 3, '-')",
  "split(datum.s, '|')[1]",
  'datum.argmax_a.n',
  'datum.a.n - datum.b.n',
  "replace(datum.s, /[a-x]/g, 'y')",
]
const filters = [
  'datum.a >= 0 && datum.a <= 2.5',
  'isFinite(datum.b)',
  'isFinite(datum.b) && datum.b > 0.5',
  '!(datum.b > 0 && datum.b < 3)',
  'isValid(datum.b) && datum.b >= -3 && datum.b <= 10',
  'datum.b >= -5 && datum.b <= 12 || datum.f',
  'datum.w > -1e9 && datum.w < 1e300',
  'isValid(datum.w) && -40000 <= datum.w && 70000 > datum.w',
  'datum.n == 2 || datum.w === 300',
  'datum.d >= 1000 && datum.d < 1.31e12',
  'inrange(datum.a, [0, 2])',
  'datum.a != null && datum.a <= 1 ? datum.a >= 0 : datum.w',
  'datum.a > 0',
  'datum.s',
  'isValid(datum.n)',
  '!datum.f',
  'datum.d > 100',
  "datum.t != 'x'",
  'datum.count >= 1',
  'false',
]

const transform: fc.Arbitrary<Row> = fc.oneof(
  fc.record({ type: fc.constant('filter'), expr: fc.constantFrom(...filters) }),
  fc.record({ type: fc.constant('formula'), expr: fc.constantFrom(...formulas), as: name }),
  fc.tuple(some, measures(op)).map(([groupby, list]) => ({ type: 'aggregate', groupby, ...list })),
  fc.tuple(some, measures(op)).map(([groupby, list]) => ({ type: 'joinaggregate', groupby, ...list })),
  fc.record({
    type: fc.constant('bin'),
    field,
    extent: fc.constantFrom([0, 10], [-3, 3], [1, 1], [-40000, 70000]),
    maxbins: fc.constantFrom(3, 10),
    step: fc.constantFrom(undefined, 2, 0.25),
    anchor: fc.constantFrom(undefined, 1),
    interval: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('timeunit'),
    field,
    units: fc.constantFrom(
      ['year'],
      ['month'],
      ['year', 'month', 'date'],
      ['day', 'hours'],
      ['date', 'hours', 'year', 'month'],
      ['year', 'month', 'date', 'hours', 'minutes', 'seconds'],
    ),
    timezone: fc.constantFrom('utc', 'local'),
  }),
  fc.record({
    type: fc.constant('stack'),
    field,
    groupby: some,
    sort,
    offset: fc.constantFrom('zero', 'center', 'normalize'),
  }),
  fc.record({ type: fc.constant('collect'), sort }),
  fc.record({
    type: fc.constant('quantile'),
    field,
    groupby: some,
    probs: fc.constantFrom(undefined, [0.5], [0, 0.1, 1], [-1, 2]),
    step: fc.constantFrom(undefined, 0.25),
  }),
  fc.record({ type: fc.constant('project'), fields: fc.uniqueArray(field, { minLength: 3, maxLength: 6 }) }),
  fc.record({ type: fc.constant('identifier'), as: fc.constant('id') }),
  fc.record({ type: fc.constant('fold'), fields: fc.array(field, { minLength: 1, maxLength: 3 }) }),
  fc.record({ type: fc.constant('impute'), field, key: field, groupby: some, value: fc.constantFrom(0, null, 7) }),
  fc.record({
    type: fc.constant('impute'),
    field,
    key: field,
    groupby: some,
    method: fc.constantFrom('mean', 'median', 'min', 'max', 'value'),
    keyvals: fc.constantFrom(undefined, [2, 7], ['x', 'w']),
  }),
  fc
    .tuple(some, measures(fc.oneof(op, fc.constantFrom('argmin', 'argmax', 'values'))))
    .map(([groupby, list]) => ({ type: 'aggregate', groupby, ...list })),
  fc.record({
    type: fc.constant('pivot'),
    field,
    value: field,
    op: fc.oneof(op, fc.constant(undefined)),
    groupby: some,
    limit: fc.constantFrom(0, 2),
  }),
  fc.record({
    type: fc.constant('lookup'),
    from: fc.constant('other'),
    key: fc.constantFrom('a', 'n', 's', 'd', 'f'),
    fields: fc.uniqueArray(field, { minLength: 1, maxLength: 2 }),
    values: fc.constantFrom(undefined, ['b'], ['s', 'a']),
    as: fc.constantFrom(undefined, ['x'], ['x', 'out'], ['x', 'out', 's', 'other']),
    default: fc.constantFrom(undefined, 0, 'none'),
  }),
  fc.record({
    type: fc.constant('flatten'),
    fields: fc.constantFrom(['l'], ['l', 'l']),
    as: fc.constantFrom(undefined, ['out'], ['x', 's']),
    index: fc.constantFrom(undefined, 'n', 'at'),
  }),
  fc.record({
    type: fc.constant('cross'),
    filter: fc.constantFrom(undefined, 'datum.a.n < datum.b.n', "datum.a.t != 'x'"),
  }),
  fc
    .tuple(some, measures(windowOp), sort, fc.constantFrom([null, 0], [null, null], [-1, 1], [null, 1]), fc.boolean())
    .map(([groupby, list, by, frame, ignorePeers]) => ({
      type: 'window',
      groupby,
      ...list,
      sort: by,
      frame,
      ignorePeers,
    })),
)

const column = (type: Table[string]['type'], value: fc.Arbitrary<unknown>): fc.Arbitrary<Table[string]> =>
  fc
    .record({ values: fc.array(value, { minLength: 6, maxLength: 6 }), vague: fc.boolean(), unlaid: fc.boolean() })
    .map(({ values, vague, unlaid }) => ({
      type,
      values: values as Table[string]['values'],
      unlaid,
      ...(vague ? { facts: vagueFacts(values) } : {}),
    }))

const vagueFacts = (values: readonly unknown[]) =>
  values.includes(undefined) ? { nans: true } : { nulls: true, nans: true }

const number = fc.oneof(fc.constantFrom(null, Number.NaN, 0, 1, 2, -1, 2.5, 10), fc.integer({ min: -5, max: 12 }))
const table: fc.Arbitrary<Table> = fc
  .record({
    a: column('number', number),
    b: column(
      'number',
      fc.oneof({ weight: 8, arbitrary: number }, fc.constantFrom(Infinity, -Infinity, -0, 0.1, 0.7, -3.3, 1e16, 9e15)),
    ),
    n: column('number', fc.constantFrom(1, 2, 3)),
    w: column('number', fc.constantFrom(null, Infinity, -Infinity, -128, 127, 300, -40000, 70000, 1e10, 2 ** 53 - 1)),
    s: column('string', fc.constantFrom('x', 'y', '', null, 'null', 'a|b')),
    t: column('string', fc.constantFrom('x', 'y', 'z', 'b|c')),
    f: column('boolean', fc.constantFrom(true, false, null)),
    l: column('json', fc.array(fc.constantFrom<unknown>(1, 2.5, 'x', null, [1]), { maxLength: 2 })),
    d: column(
      'date',
      fc
        .constantFrom(0, 500, 1000, 1.3e12, 1.35e12, -1e12, null)
        .map((time) => (time === null ? null : new Date(time))),
    ),
  })
  .chain((full) =>
    fc
      .constantFrom(0, 3, 6)
      .map((rows) =>
        Object.fromEntries(
          Object.entries(full).map(([key, item]) => [key, { ...item, values: item.values.slice(0, rows) }]),
        ),
      ),
  )

/** Identifiers share a counter, so a spec with two of them is not for SQL; pairs of pairs are too many. */
const once = (transforms: readonly Row[]): readonly Row[] =>
  transforms.filter(
    ({ type }, index) =>
      !['identifier', 'cross'].includes(String(type)) ||
      index === transforms.findIndex((other) => other['type'] === type),
  )

/** A random table and a chain of transforms over it. */
export const chains: fc.Arbitrary<Case> = fc.record({
  table,
  tables: fc.record({ other: table }),
  transforms: fc.array(transform, { minLength: 1, maxLength: 6 }).map(once),
  many: fc.boolean(),
})

/** Are two results one? Sums over many rows may be rounded. */
const equalValues = (a: unknown, b: unknown, many: boolean): boolean => {
  if (typeof a === 'number' && typeof b === 'number') {
    return Object.is(a, b) || (many && Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)))
  }
  if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime())
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => equalValues(item, b[index], many))
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null)
    return equalRows(a as Row, b as Row, many)
  return a === b
}

const equalRows = (a: Row, b: Row, many: boolean): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.keys(a).every((key) => key in b && equalValues(a[key], b[key], many))

/** The transforms of a chain that SQL can do, one after the other, and why it leaves the others. */
const exactPart = async (test: Case): Promise<{ readonly part: Case; readonly left: readonly Reason[] }> => {
  let part: Case = { ...test, transforms: [] }
  const left: Reason[] = []
  for (const transform of test.transforms) {
    const longer: Case = { ...part, transforms: [...part.transforms, transform] }
    const compiled = await compileAll(longer)
    if (isReason(compiled)) left.push({ reason: `${String(transform['type'])}: ${compiled.reason}` })
    else part = longer
  }
  return { part, left }
}

/** How the part of a chain that SQL can do came out: empty, equal, or what differs. */
export interface ChainOutcome {
  readonly found: 'reason' | 'equal' | { readonly vega: Row[]; readonly sql: Row[] }
  readonly left: readonly Reason[]
}

export const outcome = async (test: Case): Promise<ChainOutcome> => {
  const { part, left } = await exactPart(test)
  const result = await run(part)
  if (isReason(result) || part.transforms.length === 0) return { found: 'reason', left }
  const same =
    result.vega.length === result.sql.length &&
    result.vega.every((row, index) => equalRows(row, result.sql[index] ?? {}, test.many === true))
  return { found: same ? 'equal' : { vega: result.vega, sql: result.sql }, left }
}
