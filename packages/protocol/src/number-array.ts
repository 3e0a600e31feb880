import type { NumberArray } from './scalar.ts'

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

/** Characters that are made of bytes in one call. */
const CHUNK = 0x8000

/** Kind and bytes (base64) of an array of numbers. */
export const numberArrayToText = (value: NumberArray): readonly [string, string] => {
  const bytes = bytesOf(value)
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return [kindOf(value), btoa(text)]
}

/** The array that `numberArrayToText` wrote; undefined for what it does not write. */
export const numberArrayFromText = (kind: unknown, text: unknown): NumberArray | undefined => {
  if (typeof kind !== 'string' || typeof text !== 'string') return undefined
  try {
    return numberArrayFrom(
      kind,
      Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
    )
  } catch {
    return undefined
  }
}
