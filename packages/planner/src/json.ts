/** A JSON object whose fields are checked by what reads them. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Keys and indices from the root of a spec. */
export type Path = readonly (string | number)[]

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Vega takes a single definition for a list of one. Without holes. */
export const list = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? [...(value as readonly unknown[])] : [value]

export const objects = (value: unknown): readonly JsonObject[] => list(value).filter(isObject)

/** The name of a definition, when it has one that Vega can use. */
export const nameOf = (definition: JsonObject): string | undefined =>
  typeof definition.name === 'string' && definition.name !== '' ? definition.name : undefined

/** RFC 6901. */
export const pointer = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Is the value the same after a journey as JSON text? */
export const isPlain = (value: unknown): boolean => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  if (Array.isArray(value)) return value.every(isPlain)
  if (typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  return Object.values(value).every(isPlain)
}

/** Does `test` hold for an object anywhere inside? */
export const someObject = (value: unknown, test: (object: JsonObject) => boolean): boolean =>
  Array.isArray(value)
    ? value.some((item) => someObject(item, test))
    : isObject(value) && (test(value) || Object.values(value).some((item) => someObject(item, test)))

/** Text that is equal for equal JSON values, whatever the order of their keys. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  )
