import {
  Bool,
  type DataType,
  DateMillisecond,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  List,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'

export type Columns = Readonly<Record<string, { readonly type: DataType; readonly values: readonly unknown[] }>>

/** An Arrow stream with `batches` batches of the same values. */
export const arrowStream = (columns: Columns, batches: number): Uint8Array => {
  const fields = Object.entries(columns).map(([name, { type }]) => new Field(name, type, true))
  const schema = new Schema(fields)
  const writer = new RecordBatchStreamWriter()
  const vectors = Object.values(columns).map(({ type, values }) => vectorFromArray(values, type))
  const length = Object.values(columns)[0]?.values.length ?? 0
  for (let batch = 0; batch < batches; batch++) {
    const children = vectors.map((vector) => vector.data[0] ?? makeData({ type: new Int32(), length: 0 }))
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), children, length })))
  }
  writer.close()
  return writer.toUint8Array(true)
}

export const DAY = 86_400_000
/** Around the changes of the clocks that the zones of the test have, and far from them. */
const MOMENTS = [
  Date.UTC(1883, 10, 18, 12, 3, 58),
  Date.UTC(1918, 2, 31, 2, 30),
  Date.UTC(2021, 2, 14, 2, 30),
  Date.UTC(2021, 10, 7, 1, 30),
  Date.UTC(2021, 3, 4, 1, 45),
  Date.UTC(2021, 9, 3, 2, 15),
  Date.UTC(2300, 6, 1),
]
const walls = MOMENTS.flatMap((moment) =>
  [-DAY, -3_600_000, -60_000, 0, 1, 1_800_000, 3_600_000, DAY].map((by) => moment + by),
)
const rows = walls.length
const cycle = <T>(values: readonly T[]): T[] =>
  Array.from({ length: rows }, (_, row) => values[row % values.length] as T)

/** Columns of every type that has a meaning, over awkward values. */
export const EVERYTHING: Columns = {
  whole: { type: new Float64(), values: cycle([1, -2, 3e4, null]) },
  wide: { type: new Int64(), values: cycle([2n ** 53n - 1n, -(2n ** 40n), 0n]) },
  beyond: { type: new Int64(), values: cycle([2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 3n, 7n]) },
  small: { type: new Int16(), values: cycle([300, -300, 0]) },
  unbounded: { type: new Float64(), values: cycle([1, Infinity, -Infinity, NaN, null, 5]) },
  zeros: { type: new Float64(), values: cycle([0, -0, 1]) },
  fractions: { type: new Float64(), values: cycle([0.1, 1e300, -2.5]) },
  single: { type: new Float32(), values: cycle([0.5, 3]) },
  nothing: { type: new Float64(), values: cycle([null]) },
  flag: { type: new Bool(), values: cycle([true, false, null]) },
  text: {
    type: new Utf8(),
    values: cycle(['a', '', "it's", 'null', 'a|b', null, 'a text that is longer than its slot', '\u{1f426}']),
  },
  many: { type: new Utf8(), values: Array.from({ length: rows }, (_, row) => `text number ${row}`) },
  coded: { type: new Dictionary(new Utf8(), new Int32()), values: cycle(['x', 'y', null]) },
  'a "wall".time': { type: new TimestampMillisecond(), values: walls },
  fine: { type: new TimestampMicrosecond(), values: walls },
  day: { type: new DateMillisecond(), values: cycle(walls.map((wall) => Math.floor(wall / DAY) * DAY)) },
  instant: { type: new TimestampMillisecond('UTC'), values: cycle([...walls.slice(1), null]) },
  list: { type: new List(new Field('item', new Float64())), values: cycle([[1, 2], [], null]) },
}
