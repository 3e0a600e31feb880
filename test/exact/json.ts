/** An object of a spec. */
export type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects of a list; none where it is no list. */
export const objects = (list: unknown): readonly Json[] => (Array.isArray(list) ? list.filter(isObject) : [])
