import {
  Bool,
  DateDay,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  List,
  Struct,
  TimestampMicrosecond,
  TimestampMillisecond,
  Utf8,
  type DataType,
} from 'apache-arrow'
import type { Json } from '../json.ts'
import type { FrameColumn, Kind } from './frame.ts'
import { dateAt, wallOf } from './wall-time.ts'

/** A column as it is written, and the values that it stands for. */
export interface ArrowColumn {
  readonly type: DataType
  readonly written: readonly unknown[]
  readonly meant: readonly unknown[]
}

/** How values of a kind are written, and which values Vega is given instead. */
interface Encoding {
  readonly type: DataType
  readonly write: (value: unknown) => unknown
  readonly mean: (value: unknown) => unknown
}

const DAY = 86_400_000
const asItIs = (value: unknown): unknown => value
const orNull =
  (of: (value: unknown) => unknown) =>
  (value: unknown): unknown =>
    value === null || value === undefined ? null : of(value)

const plain = (type: DataType): Encoding => ({ type, write: asItIs, mean: asItIs })

/** Frames have no NaN and no infinities beside null: the Python client writes null. */
const finite = (value: unknown): unknown => (Number.isFinite(value) ? value : null)
const number = (
  type: DataType,
  write: (value: number) => unknown = asItIs as (value: number) => unknown,
): Encoding => ({
  type,
  write: (value) => (Number.isFinite(value) ? write(value as number) : null),
  mean: finite,
})

const holds = (test: (value: number) => boolean, values: readonly unknown[]): boolean =>
  values.every((value) => !Number.isFinite(value) || test(value as number))

const isWhole = (value: number): boolean => Number.isSafeInteger(value) && !Object.is(value, -0)

function numbers(values: readonly unknown[]): Encoding[] {
  const within = (limit: number) => holds((value) => isWhole(value) && Math.abs(value) < limit, values)
  return [
    number(new Float64()),
    ...(within(2 ** 15) ? [number(new Int16())] : []),
    ...(within(2 ** 31) ? [number(new Int32())] : []),
    ...(within(2 ** 53) ? [number(new Int64(), BigInt)] : []),
    ...(holds((value) => Object.is(Math.fround(value), value), values) ? [number(new Float32())] : []),
  ]
}

const timeOf = (value: unknown): number => (value instanceof Date ? value.getTime() : NaN)
const dated = (of: (date: Date) => unknown) => (value: unknown) =>
  value instanceof Date && Number.isFinite(value.getTime()) ? of(value) : null

function dates(values: readonly unknown[]): Encoding[] {
  const some = values.filter((value) => Number.isFinite(timeOf(value))) as Date[]
  const wall = (date: Date): Date => dateAt(wallOf(date))
  const local = { write: dated(wallOf), mean: dated(wall) }
  const days = some.every((date) => wallOf(date) % DAY === 0)
  return [
    { type: new TimestampMillisecond(), ...local },
    { type: new TimestampMicrosecond(), ...local },
    { type: new TimestampMillisecond('UTC'), write: dated(timeOf), mean: dated(asItIs as (date: Date) => Date) },
    ...(days ? [{ type: new DateDay(), ...local }] : []),
  ]
}

/** Every way to write values of a kind. */
function encodings(kind: Kind, values: readonly unknown[], nested: boolean): Encoding[] {
  switch (kind.name) {
    case 'number':
      return nested ? [number(new Float64())] : numbers(values)
    case 'date':
      return nested ? dates(values).slice(0, 1) : dates(values)
    case 'boolean':
      return [plain(new Bool())]
    case 'text':
      return nested ? [plain(new Utf8())] : [plain(new Utf8()), plain(new Dictionary(new Utf8(), new Int32()))]
    case 'list': {
      const item = first(
        kind.items,
        (values as (unknown[] | null)[]).flatMap((list) => list ?? []),
      )
      const each = (of: (value: unknown) => unknown) => orNull((list) => (list as unknown[]).map(orNull(of)))
      const type = new List(new Field('item', item.type, true))
      return [{ type, write: each(item.write), mean: each(item.mean) }]
    }
    case 'struct': {
      const rows = values.filter((row) => row !== null) as Json[]
      const fields = Object.entries(kind.fields).map(([name, field]) => {
        return [
          name,
          first(
            field,
            rows.map((row) => row[name]),
          ),
        ] as const
      })
      const each = (of: keyof Encoding & ('write' | 'mean')) =>
        orNull((row) =>
          Object.fromEntries(fields.map(([name, field]) => [name, orNull(field[of])((row as Json)[name])])),
        )
      const type = new Struct(fields.map(([name, field]) => new Field(name, field.type, true)))
      return [{ type, write: each('write'), mean: each('mean') }]
    }
  }
}

function first(kind: Kind, values: readonly unknown[]): Encoding {
  const [encoding] = encodings(kind, values, true)
  if (encoding === undefined) throw new Error(`nothing holds ${kind.name}`)
  return encoding
}

/** Writes a column as one of the types that hold its values; `choice` says which, whatever its size. */
export function arrowColumn({ kind, values }: FrameColumn, choice: number): ArrowColumn {
  const all = encodings(kind, values, false)
  const chosen = all[choice % all.length] ?? first(kind, values)
  return { type: chosen.type, written: values.map(orNull(chosen.write)), meant: values.map(orNull(chosen.mean)) }
}
