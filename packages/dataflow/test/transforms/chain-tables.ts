import fc from 'fast-check'
import type { Table } from './harness.ts'

/** Names that a field may have instead of its own: with what paths, SQL and JavaScript give a meaning. */
const NAMES = ['x.y', 'l[0]', "it's", '"q"', 'two words', 'select', 'é😀', 'a\\b', 'datum', 'order', '']

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
const time = fc.constantFrom(
  ...[0, 500, 1000, 1.3e12, 1.35e12, -1e12, null],
  ...[1604206800000, 1604210400000, 1583650800000, 1617462000000, 1601739000000, -2717650800000],
)
const columns = {
  a: column('number', number),
  b: column(
    'number',
    fc.oneof({ weight: 8, arbitrary: number }, fc.constantFrom(Infinity, -Infinity, -0, 0.1, 0.7, -3.3, 1e16, 9e15)),
  ),
  n: column('number', fc.constantFrom(1, 2, 3)),
  w: column('number', fc.constantFrom(null, Infinity, -Infinity, -128, 127, 300, -40000, 70000, 1e10, 2 ** 53 - 1)),
  s: column('string', fc.constantFrom('x', 'y', '', null, 'null', 'a|b')),
  t: column('string', fc.constantFrom('x', 'y', 'z', 'b|c')),
  q: column('string', fc.constantFrom('1', '-2.5', '', '7', ' 3 ', 'ten', '123456789012345678901', null, '0x1f')),
  f: column('boolean', fc.constantFrom(true, false, null)),
  l: column('json', fc.array(fc.constantFrom<unknown>(1, 2.5, 'x', null, [1]), { maxLength: 2 })),
  j: column('json', fc.constantFrom<unknown>(null, { a: 1 }, { a: { b: null } }, [1, 'x'], 'text', 3)),
  d: column(
    'date',
    time.map((at) => (at === null ? null : new Date(at))),
  ),
  u: column(
    'date',
    fc.oneof(
      fc.constantFrom(undefined, new Date(Number.NaN)),
      time.map((at) => (at === null ? undefined : new Date(at))),
    ),
  ),
  g: column('number', fc.constantFrom(undefined, 1, 2, 0.5)),
  h: column('string', fc.constantFrom(undefined, 'undefined', 'x')),
} as const

/** A table of up to six rows, with the names that its columns have by their type. */
export const tables: fc.Arbitrary<Table> = fc
  .record(columns)
  .chain((full) =>
    fc
      .constantFrom(0, 3, 6)
      .map((rows) =>
        Object.fromEntries(
          Object.entries(full).map(([key, item]) => [key, { ...item, values: item.values.slice(0, rows) }]),
        ),
      ),
  )

/** The same, of which some columns have names that hurt. */
export const renamedTables: fc.Arbitrary<Table> = fc
  .tuple(
    tables,
    fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.uniqueArray(fc.tuple(fc.constantFrom(...Object.keys(columns)), fc.constantFrom(...NAMES)), {
        maxLength: 3,
        selector: ([, name]) => name,
      }),
    ),
  )
  .map(([table, names]) => {
    const renamed = new Map(names)
    return Object.fromEntries(Object.entries(table).map(([key, item]) => [renamed.get(key) ?? key, item]))
  })
