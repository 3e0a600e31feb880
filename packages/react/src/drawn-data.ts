type Json = Readonly<Record<string, unknown>>

const objects = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter((item): item is Json => typeof item === 'object' && item !== null) : []

const sourceOf = ({ from }: Json): unknown => {
  if (typeof from !== 'object' || from === null) return undefined
  const { data, facet } = from as Json
  return typeof facet === 'object' && facet !== null ? (facet as Json)['data'] : data
}

/**
 * The top-level data sets that the marks of a Vega spec draw. A group drawn from a data set stands for what is inside it.
 * Empty when a mark draws a data set that only exists inside a group, since nothing can then be said about the whole.
 */
export const drawnData = (spec: Json): readonly string[] => {
  const top = new Set(objects(spec['data']).map(({ name }) => name))
  const stores = (name: unknown): boolean => typeof name === 'string' && name.endsWith('_store')
  const walk = (group: Json): readonly unknown[] =>
    objects(group['marks']).flatMap((mark) => {
      const source = sourceOf(mark)
      if (source !== undefined) return [source]
      return mark['type'] === 'group' ? walk(mark) : []
    })
  const sources = [...new Set(walk(spec))].filter((name) => !stores(name))
  return sources.every((name): name is string => typeof name === 'string' && top.has(name)) ? sources : []
}
