import fc from 'fast-check'
import type { Column } from '../../src/index.ts'

/** A row of the table that expressions are tested on; a property may be absent. */
export type NastyRow = Readonly<Record<string, unknown>>

const column = (name: string, type: Column['type'], nulls: boolean, absent = false): Column => ({
  name,
  id: `${name}_1`,
  type,
  nulls,
  ...(absent ? { absent } : {}),
})

/** Columns named by what they hold: `n` numbers, `i` integers, `s` strings, `b` booleans, `d` dates; `…0` has nulls. */
export const COLUMNS: readonly Column[] = [
  column('n', 'number', false),
  column('n0', 'number', true),
  column('gone', 'number', true, true),
  { ...column('i', 'number', false), nans: false },
  column('s', 'string', false),
  column('s0', 'string', true),
  { ...column('w', 'string', false), alphabet: 'ascii' },
  { ...column('w0', 'string', true), alphabet: 'ascii' },
  { ...column('u', 'string', false), alphabet: 'bmp' },
  column('b', 'boolean', false),
  column('b0', 'boolean', true),
  column('d', 'date', false),
  column('d0', 'date', true),
  { ...column('v', 'date', false), nans: false },
  { ...column('v0', 'date', true), nans: false },
  column('j', 'json', true, true),
  { ...column('_vgsid_', 'number', false), id: 'vgsid_1', nans: false },
]

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  2,
  0.1,
  -0.1,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  0.49999999999999994,
  NaN,
  Infinity,
  -Infinity,
  1e21,
  1e-7,
  5e-324,
  1.7976931348623157e308,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 53,
  4503599627370495.5,
  1e15,
  123456.789,
  1.5e12,
  8.64e15,
  -8.64e15,
  1577836800000,
  -3e12,
  1e300,
  37,
  3,
  4,
]
const STRINGS = [
  '',
  ' ',
  'a',
  'b',
  'abc',
  'A',
  '0',
  '1',
  '-1',
  '1.5',
  ' 2 ',
  '1e3',
  '.5',
  '5.',
  '+3',
  '-',
  'Infinity',
  '-Infinity',
  'infinity',
  'inf',
  'nan',
  'NaN',
  'null',
  'undefined',
  'true',
  'false',
  '0x1F',
  '0b101',
  '0o17',
  '1_000',
  '1e400',
  '-1e400',
  'é',
  'ß',
  '😀',
  'a😀b',
  '\u00a0 3\u2003',
  "it's",
  'x.y',
  '\\',
  '\n',
  'line\nbreak',
  '2020-01-01',
  '0x20000000000001ffffff',
  '1e-400',
  '0x',
  '١',
  'İ',
  '\ufffd',
  'a|b',
  '00012',
  '12px',
  ' -7.25e-1z',
]
/** Texts of ASCII alone, and of characters that are one UTF-16 unit each. */
const ASCII = STRINGS.filter((value) => /^[\0-\x7f]*$/.test(value))
const BMP = STRINGS.filter((value) => !/[\ud800-\udfff]/.test(value))
const BOOLEANS = [true, false]

/** Instants around the changes of the zones under test, and elsewhere. */
const TIMES = [
  NaN,
  0,
  -1,
  1,
  1e12,
  -1e12,
  1577836800000,
  1583650799999,
  1583650800000,
  1604206800000,
  1604210400000,
  1604205000000,
  1601740800000,
  1601739000000,
  1617462000000,
  1617463800000,
  1586012400000,
  -2717650800000,
  -2717640000000,
  8.64e15,
  -8.64e15,
  4102444800000,
  2240611199999,
  32503680000000,
  951782400000,
  1330473600000,
  253402300799999,
  -62135596800000,
  -62167219200000,
  -62000000000000,
  1456704000000,
  1546300799999,
  1546214400000,
]

const VALID = TIMES.filter((time) => !Number.isNaN(time))

/** Rows in which every column walks through its values at its own pace. */
export const rows = (count: number): readonly NastyRow[] =>
  Array.from({ length: count }, (_, k) => {
    const pick = <T>(values: readonly T[], stride: number): T => values[(k * stride + 3) % values.length] as T
    const orNull = <T>(values: readonly T[], stride: number): T | null => (k % 5 === 2 ? null : pick(values, stride))
    return {
      n: pick(NUMBERS, 1),
      n0: orNull(NUMBERS, 5),
      ...(k % 3 === 0 ? {} : { gone: pick(NUMBERS, 7) }),
      i: ((k * 13) % 29) - 7,
      s: pick(STRINGS, 1),
      s0: orNull(STRINGS, 4),
      w: pick(ASCII, 1),
      w0: orNull(ASCII, 3),
      u: pick(BMP, 1),
      b: pick(BOOLEANS, 1),
      b0: k % 7 === 4 ? null : k % 2 === 0,
      d: new Date(pick(TIMES, 1)),
      d0: k % 6 === 3 ? null : new Date(pick(TIMES, 5)),
      v: new Date(pick(VALID, 1)),
      v0: k % 5 === 3 ? null : new Date(pick(VALID, 3)),
      ...(k % 4 === 1 ? {} : { j: k % 4 === 2 ? [k, 2] : { a: { b: [k] } } }),
      _vgsid_: k + 1,
    }
  })

const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 4 })
const number = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.double(),
  fc.integer(),
  fc.integer({ min: -40, max: 40 }),
  fc.double({ min: -1e4, max: 1e4 }).map((value) => Math.round(value * 1000) / 1000),
)
const text = fc.oneof(
  fc.constantFrom(...STRINGS),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  number.map(String),
  fc.stringMatching(/^ {0,2}[+-]?(\d{0,4}\.?\d{0,4})(e[+-]?\d{1,3})?[ x]?$/),
)
const ascii = fc.oneof(fc.constantFrom(...ASCII), fc.string({ unit: 'binary-ascii', maxLength: 8 }))
const bmp = fc.oneof(
  fc.constantFrom(...BMP),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...'abB1 é߀ﬁİĳ'),
        fc.integer({ min: 1, max: 0xd7ff }).map((c) => String.fromCharCode(c)),
      ),
      { maxLength: 7 },
    )
    .map((units) => units.join('')),
)
const date = fc
  .oneof(
    fc.constantFrom(...TIMES),
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.integer({ min: Date.UTC(1880, 0), max: Date.UTC(2100, 0) }),
    fc.tuple(fc.constantFrom(...TIMES), fc.integer({ min: -7.2e6, max: 7.2e6 })).map(([time, by]) => time + by),
  )
  .map((time) => new Date(time))
const valid = date.filter((value) => !Number.isNaN(value.getTime()))
const nested = fc.oneof(
  fc.record({
    a: fc.oneof(fc.integer(), fc.constant(null), fc.record({ b: fc.array(fc.integer(), { maxLength: 2 }) })),
  }),
  fc.array(fc.integer(), { maxLength: 3 }),
)

/** Random rows of the same columns. */
export const randomRows = (count: number): fc.Arbitrary<readonly NastyRow[]> =>
  fc
    .array(
      fc.record(
        {
          n: number,
          n0: orNull(number),
          gone: number,
          i: fc.integer({ min: -7, max: 40 }),
          s: text,
          s0: orNull(text),
          w: ascii,
          w0: orNull(ascii),
          u: bmp,
          b: fc.boolean(),
          b0: orNull(fc.boolean()),
          d: date,
          d0: orNull(date),
          v: valid,
          v0: orNull(valid),
          j: nested,
        },
        { requiredKeys: ['n', 'n0', 'i', 's', 's0', 'w', 'w0', 'u', 'b', 'b0', 'd', 'd0', 'v', 'v0'] },
      ),
      { minLength: count, maxLength: count },
    )
    .map((rows) => rows.map((row, index) => ({ ...row, _vgsid_: index + 1 })))
