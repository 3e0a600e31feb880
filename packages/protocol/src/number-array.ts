import $protobuf from 'protobufjs/minimal.js'
import type { NumberArray } from './scalar.ts'

const { base64 } = $protobuf.util

/** The kinds of arrays of numbers that values may be, by name. Their bytes travel in little-endian order. */
const KINDS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const

type Kind = keyof typeof KINDS

const isKind = (name: string): name is Kind => Object.hasOwn(KINDS, name)

/** The kind of an object; `Object.prototype.toString` also tells those of another realm (an iframe, a `vm` context). */
export const kindOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1)

export const isNumberArray = (value: unknown): value is NumberArray =>
  typeof value === 'object' && value !== null && isKind(kindOf(value))

export const bytesOf = (value: NumberArray): Uint8Array =>
  new Uint8Array(value.buffer, value.byteOffset, value.byteLength)

/** The array of a kind over a copy of its bytes; undefined where there is none. */
export const numberArrayFrom = (kind: string, bytes: Uint8Array): NumberArray | undefined => {
  if (!isKind(kind) || bytes.byteLength % KINDS[kind].BYTES_PER_ELEMENT !== 0) return undefined
  return new KINDS[kind](Uint8Array.from(bytes).buffer)
}

/** Kind and bytes (base64) of an array of numbers. */
export const numberArrayToText = (value: NumberArray): readonly [string, string] => {
  const bytes = bytesOf(value)
  return [kindOf(value), base64.encode(bytes, 0, bytes.length)]
}

/** The array that `numberArrayToText` wrote; undefined for what it does not write. */
export const numberArrayFromText = (kind: unknown, text: unknown): NumberArray | undefined => {
  if (typeof kind !== 'string' || typeof text !== 'string' || !base64.test(text)) return undefined
  const bytes = new Uint8Array(base64.length(text))
  base64.decode(text, bytes, 0)
  return numberArrayFrom(kind, bytes)
}
