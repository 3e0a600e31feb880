const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Array.isArray(value)
}

/** Values deeper than this refer to themselves. */
const DEPTH = 32

/** Can a value be written into a spec? Items of the scene cannot, nor functions alone. */
export const isValue = (value: unknown, depth = 0): boolean => {
  if (typeof value === 'function') return false
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof RegExp) return true
  if (!isPlain(value) || depth > DEPTH) return false
  return Object.values(value).every((inner) => typeof inner === 'function' || isValue(inner, depth + 1))
}

/** A copy of such a value. The accessors that Vega keeps on the fields of selection stores are left out. */
export const valueOf = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(valueOf)
  if (!isPlain(value)) return structuredClone(value)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (typeof inner === 'function' ? [] : [[key, valueOf(inner)]])),
  )
}
