import { Float32, Float64, Int16, Int32, Int8, type Data, makeData } from 'apache-arrow'
import { isSet } from './bitmap.ts'

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

const kindOf = (values: Float64Array, valid: Uint8Array | undefined): Kind => {
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
  if (!whole) return 'float32'
  if (least >= -128 && greatest < 128) return 'int8'
  return least >= -32_768 && greatest < 32_768 ? 'int16' : 'int32'
}

/** How the values of each kind are written; what an invalid slot holds does not matter. */
const WRITERS: Readonly<Record<Exclude<Kind, 'float64'>, (values: ArrayLike<number>, slots: Slots) => Data>> = {
  int8: (values, slots) => makeData({ type: new Int8(), ...slots, data: Int8Array.from(values) }),
  int16: (values, slots) => makeData({ type: new Int16(), ...slots, data: Int16Array.from(values) }),
  int32: (values, slots) => makeData({ type: new Int32(), ...slots, data: Int32Array.from(values) }),
  float32: (values, slots) => makeData({ type: new Float32(), ...slots, data: Float32Array.from(values) }),
}

/** Numbers in the smallest type that holds every one of them exactly. */
export const narrowed = (values: Float64Array, valid: Uint8Array | undefined, slots: Slots): Data => {
  const kind = kindOf(values, valid)
  return kind === 'float64' ? makeData({ type: new Float64(), ...slots, data: values }) : WRITERS[kind](values, slots)
}
