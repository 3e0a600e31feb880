import { type Data, DataType, TimeUnit } from 'apache-arrow'
import type { Instant } from './arrow-values.ts'

/** Writes the numbers of a chunk, in milliseconds for times, to `target` from `start` on. What an invalid slot holds has no meaning. */
export type WriteNumbers = (chunk: Data, target: Float64Array, start: number) => void

/** The greatest distance of a Date from the epoch. */
const MAX_TIME = 8.64e15
const HIGH = 2 ** 32

type Numbers =
  Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array

const copy: WriteNumbers = (chunk, target, start) => {
  target.set((chunk.values as Numbers).subarray(0, chunk.length), start)
}

/** 64-bit integers by their halves: a BigInt per value would cost far more. Exact where a double can be, else rounded once. */
const eachWide = (chunk: Data, take: (at: number, value: number) => void): void => {
  const { buffer, byteOffset } = chunk.values as BigInt64Array
  const low = new Uint32Array(buffer, byteOffset, chunk.length * 2)
  const high = new Int32Array(buffer, byteOffset, chunk.length * 2)
  for (let at = 0; at < chunk.length; at++) take(at, (high[at * 2 + 1] ?? 0) * HIGH + (low[at * 2] ?? 0))
}

const times =
  (scale: number, instant: Instant | undefined): WriteNumbers =>
  (chunk, target, start) =>
    eachWide(chunk, (at, value) => {
      const time = instant === undefined ? value * scale : instant(value * scale)
      target[start + at] = Math.abs(time) <= MAX_TIME ? time : Number.NaN
    })

/** Units that are whole milliseconds; the others are cut off digit by digit. */
const SCALE: Readonly<Partial<Record<TimeUnit, number>>> = { [TimeUnit.SECOND]: 1000, [TimeUnit.MILLISECOND]: 1 }

/** How numbers of the type are written many at a time; undefined for a type that is read value by value. */
export const bulkNumbers = (type: DataType, instant: Instant): WriteNumbers | undefined => {
  if (DataType.isInt(type) && type.bitWidth < 64) return copy
  if (DataType.isFloat(type) && type.precision !== 0) return copy
  if (!DataType.isTimestamp(type)) return undefined
  const { unit, timezone } = type
  const scale = SCALE[unit]
  const zoned = timezone !== null && timezone !== undefined && timezone !== ''
  return scale === undefined ? undefined : times(scale, zoned ? undefined : instant)
}
