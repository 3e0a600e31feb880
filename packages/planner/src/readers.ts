import { isObject, type Path } from './json.ts'
import type { DataId, DataSet, Model, ScopeId } from './model.ts'

const at = (spec: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (Reflect.get(value, key) as unknown) : undefined),
    spec,
  )

const named = (model: Model, scope: ScopeId, name: string): DataId | undefined => {
  const own = model.scopes[scope]
  return own?.data.get(name) ?? (own?.parent === undefined ? undefined : named(model, own.parent, name))
}

/** The data set that a facet gives its rows to: those of a group of another one. */
const facetSource = (model: Model, { kind, name, scope }: DataSet): DataId | undefined => {
  const own = model.scopes[scope]
  if (kind !== 'rows' || own?.parent === undefined) return undefined
  const mark = at(model.spec, own.path)
  const from = isObject(mark) && isObject(mark.from) ? mark.from.facet : undefined
  return isObject(from) && from.name === name && typeof from.data === 'string'
    ? named(model, own.parent, from.data)
    : undefined
}

/** The data sets whose rows are those of another one: by `source`, or as the groups of a facet. */
export const readersOf = (model: Model, { id }: DataSet): readonly DataSet[] =>
  model.data.filter((reader) => reader.sources.includes(id) || facetSource(model, reader) === id)
