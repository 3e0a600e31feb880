import $protobuf from 'protobufjs/minimal.js'

/** An encoded request, as far as telling it from others needs: nothing of it is checked or decoded. */
export interface Question {
  /** All of the request but its grants: two requests that agree in it ask the same. */
  readonly asked: Uint8Array
  readonly grants: readonly string[]
}

/** Field 7 of `QueryRequest`, a string. */
const GRANTS_TAG = (7 << 3) | 2

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const [only, ...more] = parts
  if (only !== undefined && more.length === 0) return only
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0)
  return whole
}

/** Takes an encoded `QueryRequest` apart; undefined for bytes that are none. */
export function questionOf(request: Uint8Array): Question | undefined {
  const reader = $protobuf.Reader.create(request)
  const parts: Uint8Array[] = []
  const grants: string[] = []
  let from = 0
  try {
    while (reader.pos < reader.len) {
      const field = reader.pos
      const tag = reader.uint32()
      if (tag === GRANTS_TAG) {
        if (field > from) parts.push(request.subarray(from, field))
        grants.push(reader.string())
        from = reader.pos
      } else reader.skipType(tag & 7)
    }
  } catch {
    return undefined
  }
  if (from < request.length) parts.push(request.subarray(from))
  return { asked: joined(parts), grants }
}
