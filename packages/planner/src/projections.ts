import { isObject, nameOf, objects, type JsonObject } from './json.ts'

/** By name: the projections that transforms anywhere in a spec may use on the server. */
export type Projections = ReadonlyMap<string, JsonObject>

/** Those of the top level, with the defaults of the configuration; a name that a group defines again is left out. */
export const projectionsOf = (
  spec: JsonObject,
  groups: readonly { readonly definition: JsonObject }[],
): Projections => {
  const config = isObject(spec.config) && isObject(spec.config.projection) ? spec.config.projection : {}
  const found = new Map<string, JsonObject>()
  for (const own of objects(spec.projections)) {
    const { name: _name, ...parameters } = own
    const defaults = Object.entries(config).filter(([key]) => parameters[key] === undefined || parameters[key] === null)
    const name = nameOf(own)
    if (name !== undefined) found.set(name, { ...parameters, ...Object.fromEntries(defaults) })
  }
  for (const { definition } of groups.filter((group) => group.definition !== spec)) {
    objects(definition.projections).forEach((own) => found.delete(String(own.name)))
  }
  return found
}

/** A transform with the definition of its projection in the place of the name, where there is one. */
export const withProjection = (definition: JsonObject, projections: Projections): JsonObject => {
  const { projection } = definition
  if (projection === undefined || projection === null) return definition
  const found = typeof projection === 'string' ? projections.get(projection) : undefined
  return { ...definition, projection: found ?? '' }
}
