import { restore } from './facet-cells.ts'
import { freshNames } from './fresh-names.ts'
import { isObject, list, nameOf, objects, pointer, type JsonObject, type Path } from './json.ts'
import { columnsWritten, plainName } from './known-columns.ts'
import { liftableSteps, type FacetKey } from './liftable-steps.ts'
import type { Model, Scope } from './model.ts'
import { namesRead } from './names-read.ts'
import { quotedIn } from './words.ts'

/** A data set of a facet, and the one that holds its rows for all groups at once. */
export interface FacetLift {
  /** Pointer of the facet's group in the original spec. */
  readonly group: string
  /** Pointer of the data set inside the group. */
  readonly original: string
  readonly lifted: string
}

export interface LiftedSpec {
  readonly spec: JsonObject
  readonly lifts: readonly FacetLift[]
  /** Names of the data sets that the spec gained. */
  readonly gained: ReadonlySet<string>
}

/**
 * Where everything that reads a facet's rows is a pipeline that can be computed for all groups at once, it is: its keys gain the
 * facet's, and inside the facet a filter picks the group's rows. The facet itself then needs one row to a group. The new spec
 * means the same to Vega; `skip` names groups to leave alone.
 */
export const liftFacets = (model: Model, skip: ReadonlySet<string>): LiftedSpec => {
  const fresh = freshNames(model.words)
  let lifts: readonly FacetLift[] = []
  /** Of the data sets that hold the groups of a facet: keys and other columns. */
  const cellsOf = new Map<string, Cells>()
  const gained = new Set<string>()

  const gain = (wish: string): string => {
    const name = fresh(wish)
    gained.add(name)
    return name
  }

  const inside = (group: JsonObject, path: Path): JsonObject => {
    const added: JsonObject[] = []
    const old = list(group.marks)
    const marks = old.map((mark, i) => {
      if (!isObject(mark) || mark.type !== 'group') return mark
      const at = [...path, 'marks', i]
      const own = inside(mark, at)
      return isObject(mark.from) ? (lifted(own, at, added) ?? own) : own
    })
    if (marks.every((mark, i) => mark === old[i])) return group
    return added.length === 0 ? { ...group, marks } : { ...group, data: [...list(group.data), ...added], marks }
  }

  const lifted = (group: JsonObject, path: Path, added: JsonObject[]): JsonObject | undefined => {
    const facet = facetOf(group)
    const scope = model.scopes.find((own) => pointer(own.path) === pointer(path))
    if (facet === undefined || scope === undefined || skip.has(pointer(path))) return undefined
    if (!readByData(group, facet.name) || showsRows(group, model)) return undefined
    const keys = facet.keys.map((key) => ({ key, column: fresh(`${facet.name}_key`) }))
    const sources = new Map([[facet.name, facet.data]])
    const own = list(group.data).map((set, i) => {
      const steps = isObject(set) ? stepsOf(set, sources, keys, scope) : undefined
      const name = isObject(set) ? nameOf(set) : undefined
      if (!isObject(set) || steps === undefined || name === undefined) return { kept: set }
      const all = gain(`${facet.name}_${name}`)
      sources.set(name, all)
      const cells = cellsOf.get(name)
      const again = cells === undefined ? [] : restore(cells.keys, cells.columns)
      return { kept: pick(name, all, keys, again), all: { name: all, ...steps }, at: pointer([...path, 'data', i]) }
    })
    if (own.some(({ kept }) => isObject(kept) && kept.source === facet.name)) return undefined
    const groups = gain(`${facet.name}_groups`)
    const cells = { type: 'aggregate', groupby: facet.keys, ...facet.aggregate }
    const columns = columnsWritten({ type: 'aggregate', definition: cells })
    if (columns === undefined || columns.some((name) => facet.keys.includes(name))) return undefined
    cellsOf.set(groups, { keys: facet.keys, columns })
    added.push({ name: groups, source: facet.data, transform: [cells] })
    let rows = groups
    if (facet.aggregate.cross !== undefined) {
      rows = gain(`${facet.name}_rows`)
      added.push({ name: rows, source: facet.data, transform: [{ type: 'aggregate', groupby: facet.keys }] })
    }
    for (const set of own) {
      if (set.all === undefined) continue
      const { all, kept, at } = set
      added.push(all)
      const own = { group: pointer(path), lifted: all.name }
      lifts = gained.has(String(kept.name))
        ? lifts.map((lift) => (lift.lifted === kept.name ? { ...lift, ...own } : lift))
        : [...lifts, { ...own, original: at }]
    }
    const from = { data: groups, facet: { name: facet.name, data: rows, groupby: facet.keys } }
    return { ...group, from, data: own.map(({ kept }) => kept) }
  }
  return { spec: inside(model.spec, []), lifts, gained }
}

interface Cells {
  readonly keys: readonly string[]
  readonly columns: readonly string[]
}

interface Facet {
  readonly name: string
  readonly data: string
  readonly keys: readonly string[]
  readonly aggregate: JsonObject
}

const facetOf = ({ from }: JsonObject): Facet | undefined => {
  if (!isObject(from) || !isObject(from.facet) || Object.keys(from).length > 1) return undefined
  const { name, data, groupby, aggregate, ...others } = from.facet
  const keys = list(groupby)
  const plain = keys.length > 0 && keys.every((key) => typeof key === 'string' && plainName(key) === key)
  if (typeof name !== 'string' || name === '' || typeof data !== 'string' || !plain) return undefined
  if (Object.keys(others).length > 0) return undefined
  const measures = isObject(aggregate) ? aggregate : {}
  return { name, data, keys: keys.map(String), aggregate: measures }
}

/** Do only the group's own data sets name the facet's rows? */
const readByData = (group: JsonObject, name: string): boolean => {
  const { from: _from, data, ...rest } = group
  const sets = objects(data)
  if (!sets.some((set) => set.source === name)) return false
  return !mentions([rest, sets.map(({ source, ...set }) => (source === name ? set : { ...set, source }))], name)
}

/** May something look at every column of a row inside the group? Only there do rows gain columns. */
const showsRows = (group: JsonObject, model: Model): boolean => {
  const { from: _from, sort: _sort, ...rest } = group
  return namesRead({ ...rest, signals: model.signals.map((signal) => signal.definition) }) === 'all'
}

const mentions = (value: unknown, name: string): boolean => {
  if (typeof value === 'string') return value === name || quotedIn(value).includes(name)
  if (Array.isArray(value)) return value.some((item) => mentions(item, name))
  return isObject(value) && Object.values(value).some((item) => mentions(item, name))
}

const stepsOf = (
  set: JsonObject,
  sources: ReadonlyMap<string, string>,
  keys: readonly FacetKey[],
  scope: Scope,
): JsonObject | undefined => {
  const { name: _name, source, transform, ...others } = set
  const from = typeof source === 'string' ? sources.get(source) : undefined
  if (from === undefined || Object.keys(others).length > 0) return undefined
  const steps = liftableSteps(objects(transform), keys, scope)
  if (steps === undefined) return undefined
  const first = from === sources.values().next().value
  const named = keys.map(({ key, column }) => ({ type: 'formula', as: column, expr: `datum[${JSON.stringify(key)}]` }))
  return { source: from, transform: first ? [...named, ...steps] : steps }
}

/** Facets tell values apart by their text, several by their texts together. */
const pick = (
  name: string,
  source: string,
  keys: readonly FacetKey[],
  again: readonly JsonObject[],
): JsonObject & { readonly name: string } => {
  const text = (values: readonly string[]): string => `'' + ${values.join(" + '|' + ")}`
  const own = text(keys.map(({ column }) => `datum.${column}`))
  const group = text(keys.map(({ key }) => `parent[${JSON.stringify(key)}]`))
  return { name, source, transform: [{ type: 'filter', expr: `${own} === ${group}` }, ...again] }
}
