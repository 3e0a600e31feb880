import type { ColumnType } from '@magpie-vega/protocol'
import { type Data, DataType, type Decimal, makeVector, TimeUnit, type Timestamp } from 'apache-arrow'

/** From the wall time of a date without a zone, as if it were UTC, to the instant that it is for the viewer. */
export type Instant = (wall: number) => number

/** The JavaScript value of a slot that is valid. */
export type ReadSlot = (at: number) => unknown

/** How the values of an Arrow type are read, and the column they make. */
export interface ArrowValues {
  readonly type: ColumnType
  /** Do they mean different things in different time zones? */
  readonly wall: boolean
  reader(chunk: Data): ReadSlot
}

const generic = (chunk: Data): ReadSlot => {
  const vector = makeVector(chunk)
  return (at) => vector.get(at) as unknown
}

/** apache-arrow itself drops a byte order mark that a text begins with. */
const texts = (chunk: Data): ReadSlot => {
  const values: unknown = chunk.values
  const offsets = chunk.valueOffsets as ArrayLike<number | bigint> | undefined
  if (!(values instanceof Uint8Array) || offsets === undefined) return generic(chunk)
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return (at) => bytes.toString('utf8', Number(offsets[at]), Number(offsets[at + 1]))
}

const numeric = (chunk: Data): ReadSlot => {
  const values = chunk.values as ArrayLike<number | bigint>
  return (at) => Number(values[at])
}

const floorDivide = (value: bigint, by: bigint): number => Number(value / by) - (value % by < 0n ? 1 : 0)

/** A Date has whole milliseconds; what is finer is cut off, as it is when a text is parsed. */
const MILLISECONDS: Readonly<Record<TimeUnit, (value: number | bigint) => number>> = {
  [TimeUnit.SECOND]: (value) => Number(value) * 1000,
  [TimeUnit.MILLISECOND]: Number,
  [TimeUnit.MICROSECOND]: (value) => floorDivide(BigInt(value), 1000n),
  [TimeUnit.NANOSECOND]: (value) => floorDivide(BigInt(value), 1_000_000n),
}

const isZoned = ({ timezone }: Timestamp): boolean => timezone !== null && timezone !== undefined && timezone !== ''

const timestamps = (type: Timestamp, instant: Instant): ArrowValues => {
  const zoned = isZoned(type)
  const milliseconds = MILLISECONDS[type.unit]
  return {
    type: 'date',
    wall: !zoned,
    reader: (chunk) => {
      const values = chunk.values as ArrayLike<number | bigint>
      return (at) => {
        const time = milliseconds(values[at] ?? 0)
        return new Date(zoned ? time : instant(time))
      }
    },
  }
}

/** Days and Dates carry no zone: midnight is the viewer's. */
const dates = (instant: Instant): ArrowValues => ({
  type: 'date',
  wall: true,
  reader: (chunk) => {
    const read = generic(chunk)
    return (at) => new Date(instant(Number(read(at))))
  },
})

/** Little-endian words of a two's complement integer. */
const bigintOf = (words: Uint32Array): bigint => {
  const value = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n)
  return BigInt.asIntN(words.length * 32, value)
}

const decimals = ({ scale }: Decimal): ArrowValues => ({
  type: 'number',
  wall: false,
  reader: (chunk) => {
    const words = chunk.values as Uint32Array
    const { stride } = chunk
    return (at) => Number(`${bigintOf(words.subarray(at * stride, (at + 1) * stride))}e${-scale}`)
  },
})

/** A slot of nested data, null included. */
const slot = (values: ArrowValues, chunk: Data | undefined): ReadSlot => {
  if (chunk === undefined) return () => null
  const read = values.reader(chunk)
  return (at) => (chunk.getValid(at) ? read(at) : null)
}

const lists = (items: ArrowValues): ArrowValues => ({
  type: 'json',
  wall: items.wall,
  reader: (chunk) => {
    const read = slot(items, chunk.children[0])
    const offsets = chunk.valueOffsets as ArrayLike<number | bigint>
    return (at) => {
      const [start, end] = [Number(offsets[at]), Number(offsets[at + 1])]
      return Array.from({ length: end - start }, (_, index) => read(start + index))
    }
  },
})

const fixedLists = (items: ArrowValues, size: number): ArrowValues => ({
  type: 'json',
  wall: items.wall,
  reader: (chunk) => {
    const read = slot(items, chunk.children[0])
    return (at) => Array.from({ length: size }, (_, index) => read(at * size + index))
  },
})

const structs = (fields: readonly { readonly name: string; readonly values: ArrowValues }[]): ArrowValues => ({
  type: 'json',
  wall: fields.some(({ values }) => values.wall),
  reader: (chunk) => {
    const reads = fields.map(({ name, values }, index) => ({ name, read: slot(values, chunk.children[index]) }))
    return (at) => Object.fromEntries(reads.map(({ name, read }) => [name, read(at)]))
  },
})

const dictionaries = (values: ArrowValues): ArrowValues => ({
  type: values.type,
  wall: values.wall,
  reader: (chunk) => {
    const entries = (chunk.dictionary?.data ?? []).flatMap((part: Data) => {
      const read = slot(values, part)
      return Array.from({ length: part.length }, (_, at) => read(at))
    })
    const codes = chunk.values as ArrayLike<number | bigint>
    return (at) => entries[Number(codes[at])] ?? null
  },
})

const struct = (type: DataType, instant: Instant): ArrowValues | undefined => {
  const fields = type.children.map((field) => ({ name: field.name, values: arrowValues(field.type, instant) }))
  const known = fields.flatMap(({ name, values }) => (values === undefined ? [] : [{ name, values }]))
  return known.length === fields.length ? structs(known) : undefined
}

const nested = (type: DataType, instant: Instant): ArrowValues | undefined => {
  if (DataType.isStruct(type)) return struct(type, instant)
  const child = type.children?.[0]
  const items = child === undefined ? undefined : arrowValues(child.type, instant)
  if (items === undefined) return undefined
  if (DataType.isFixedSizeList(type)) return fixedLists(items, type.listSize)
  return DataType.isList(type) || DataType.isLargeList(type) ? lists(items) : undefined
}

/** How values of the type are read; undefined for a type that no Vega value stands for. */
export const arrowValues = (type: DataType, instant: Instant): ArrowValues | undefined => {
  if (DataType.isInt(type) || (DataType.isFloat(type) && type.precision !== 0))
    return { type: 'number', wall: false, reader: numeric }
  if (DataType.isFloat(type)) return { type: 'number', wall: false, reader: generic }
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)) {
    return { type: 'string', wall: false, reader: texts }
  }
  if (DataType.isBool(type)) return { type: 'boolean', wall: false, reader: generic }
  if (DataType.isNull(type)) return { type: 'number', wall: false, reader: () => () => null }
  if (DataType.isDecimal(type)) return decimals(type)
  if (DataType.isTimestamp(type)) return timestamps(type, instant)
  if (DataType.isDate(type)) return dates(instant)
  if (DataType.isDictionary(type)) {
    const values = arrowValues(type.dictionary, instant)
    return values === undefined ? undefined : dictionaries(values)
  }
  return nested(type, instant)
}
