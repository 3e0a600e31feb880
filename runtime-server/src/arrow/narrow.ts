import { Float32, Float64, Int16, Int32, Int8, type Data, makeData } from 'apache-arrow'
import { isSet } from './bitmap.ts'
import type { Numbers } from './table.ts'

/** What a column needs besides its values. */
interface Slots {
  readonly length: number
  readonly nullCount: number
  readonly nullBitmap: Uint8Array | null
}

/** The smallest Arrow type that holds numbers exactly. */
type Kind = 'int8' | 'int16' | 'int32' | 'float32' | 'float64'

/** -0 is no whole number here: integers have one zero. */
const isWhole = (value: number): boolean => (value | 0) === value && (value !== 0 || 1 / value > 0)

const kindBetween = (least: number, greatest: number): Kind => {
  if (least >= -128 && greatest < 128) return 'int8'
  return least >= -32_768 && greatest < 32_768 ? 'int16' : 'int32'
}

const kindOfDoubles = (values: Float64Array, valid: Uint8Array | undefined): Kind => {
  let least = 0
  let greatest = 0
  let whole = true
  let single = true
  for (let row = 0; row < values.length; row += 1) {
    if (!isSet(valid, row)) continue
    const value = values[row] ?? 0
    if (whole && !isWhole(value)) whole = false
    if (single && Math.fround(value) !== value && !Number.isNaN(value)) single = false
    if (!whole && !single) return 'float64'
    if (value < least) least = value
    else if (value > greatest) greatest = value
  }
  return whole ? kindBetween(least, greatest) : 'float32'
}

const KIND_OF_BYTES: Readonly<Record<number, Kind>> = { 1: 'int8', 2: 'int16', 4: 'int32' }

/** Stops as soon as there is nothing to gain. */
const kindOfIntegers = (values: Exclude<Numbers, Float64Array>, valid: Uint8Array | undefined): Kind => {
  const held = KIND_OF_BYTES[values.BYTES_PER_ELEMENT] ?? 'int32'
  let kind: Kind = 'int8'
  for (let row = 0; row < values.length && kind !== held; row += 1) {
    const value = values[row] ?? 0
    if (value >= -128 && value < 128) continue
    if (kind === 'int16' && value >= -32_768 && value < 32_768) continue
    if (isSet(valid, row)) kind = kindBetween(value, value)
  }
  return kind
}

/** How the values of each kind are written; what an invalid slot holds does not matter. */
const WRITERS: Readonly<Record<Kind, (values: Numbers, slots: Slots) => Data>> = {
  int8: (values, slots) =>
    makeData({ type: new Int8(), ...slots, data: values instanceof Int8Array ? values : new Int8Array(values) }),
  int16: (values, slots) =>
    makeData({ type: new Int16(), ...slots, data: values instanceof Int16Array ? values : new Int16Array(values) }),
  int32: (values, slots) =>
    makeData({ type: new Int32(), ...slots, data: values instanceof Int32Array ? values : new Int32Array(values) }),
  float32: (values, slots) => makeData({ type: new Float32(), ...slots, data: new Float32Array(values) }),
  float64: (values, slots) =>
    makeData({
      type: new Float64(),
      ...slots,
      data: values instanceof Float64Array ? values : new Float64Array(values),
    }),
}

/** Numbers in the smallest type that holds every one of them exactly. */
export const narrowed = (values: Numbers, valid: Uint8Array | undefined, slots: Slots): Data => {
  const kind = values instanceof Float64Array ? kindOfDoubles(values, valid) : kindOfIntegers(values, valid)
  return WRITERS[kind](values, slots)
}
