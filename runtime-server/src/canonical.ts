import { isNumberArray } from '@magpie-vega/protocol'

/**
 * The canonical encoding that fingerprints are taken of: equal values have equal bytes, different ones different bytes.
 * Every value starts with the letter of its kind; what has a length states it first; numbers are big-endian IEEE doubles,
 * so that -0 differs from 0; texts are UTF-16, so that unpaired surrogates differ; objects are written in the order of
 * their keys. A change of this encoding must come with a new `FINGERPRINT_VERSION`.
 */
export type Canonical =
  | undefined
  | null
  | boolean
  | number
  | string
  | Date
  | RegExp
  | readonly Canonical[]
  | { readonly [key: string]: Canonical }

/** Bytes of `value`; throws TypeError for what has no canonical form (a function, a bigint). */
export function canonical(value: unknown): Buffer {
  const chunks: Buffer[] = []
  write(value, (chunk) => chunks.push(chunk))
  return Buffer.concat(chunks)
}

type Sink = (chunk: Buffer) => void

/** Hands the bytes of `value` to `sink`, piece by piece. */
export function write(value: unknown, sink: Sink): void {
  if (value === undefined) return sink(UNDEFINED)
  if (value === null) return sink(NULL)
  if (typeof value === 'boolean') return sink(value ? TRUE : FALSE)
  if (typeof value === 'number') return sink(withDouble('n', value))
  if (typeof value === 'string') return writeText(value, sink)
  if (typeof value !== 'object') throw new TypeError(`A ${typeof value} has no canonical form`)
  if (value instanceof Date) return sink(withDouble('d', value.getTime()))
  if (value instanceof RegExp) return writeList('r', [value.source, value.flags], sink)
  if (Array.isArray(value)) return writeList('l', value, sink)
  if (isNumberArray(value)) return writeList('a', [value.constructor.name, ...value], sink)
  writeObject(value, sink)
}

const UNDEFINED = Buffer.from('u')
const NULL = Buffer.from('z')
const TRUE = Buffer.from('t')
const FALSE = Buffer.from('f')

function withDouble(kind: string, value: number): Buffer {
  const bytes = Buffer.alloc(9)
  bytes.write(kind, 'latin1')
  bytes.writeDoubleBE(Number.isNaN(value) ? Number.NaN : value, 1)
  return bytes
}

function withLength(kind: string, length: number): Buffer {
  const bytes = Buffer.alloc(7)
  bytes.write(kind, 'latin1')
  bytes.writeUIntBE(length, 1, 6)
  return bytes
}

function writeText(text: string, sink: Sink): void {
  sink(withLength('s', text.length))
  sink(Buffer.from(text, 'utf16le'))
}

function writeList(kind: string, items: readonly unknown[], sink: Sink): void {
  sink(withLength(kind, items.length))
  for (const item of items) write(item, sink)
}

function writeObject(value: object, sink: Sink): void {
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  sink(withLength('o', entries.length))
  for (const [key, item] of entries) {
    writeText(key, sink)
    write(item, sink)
  }
}
