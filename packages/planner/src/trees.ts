import { list, isPlain } from './json.ts'
import type { DataId, DataSet, Model } from './model.ts'

const BUILDERS: ReadonlySet<string> = new Set(['stratify', 'nest'])
const LAYOUTS: ReadonlySet<string> = new Set(['tree', 'treemap', 'pack', 'partition'])
/** Steps that leave the tree where it is, beside the rows that stay. */
const KEEPS: ReadonlySet<string> = new Set([...LAYOUTS, 'formula', 'extent', 'filter'])
const READERS: readonly string[] = ['treePath', 'treeAncestors']

/** The step that builds the tree of a data set; -1: none. */
export const treeBuilder = (set: DataSet): number => set.steps.findIndex((step) => BUILDERS.has(step.type))

/**
 * Data sets whose tree must stay in the browser, and why. Only rows cross; a tree is kept beside the rows, so the server may
 * have it when everything that reads the tree itself is there too.
 */
export const treesToKeep = (model: Model): ReadonlyMap<DataId, string> => {
  const kept = new Map<DataId, string>()
  const keep = (id: DataId | undefined, reason: string): void => {
    const set = id === undefined ? undefined : model.data[id]
    if (set === undefined || kept.has(set.id)) return
    kept.set(set.id, reason)
    set.sources.forEach((source) => keep(source, `${set.name} reads its tree in the browser`))
  }
  const reader = READERS.find((name) => model.words.has(name))
  for (const set of model.data) {
    if (!set.steps.some((step) => isTreeStep(step.type))) continue
    const reason = reader === undefined ? whyKept(set, model) : `${reader}() reads a tree`
    if (reason !== undefined) keep(set.id, reason)
  }
  return kept
}

/**
 * Is a step a `nest` that leaves the rows as they are, and whose tree nobody reads? Then it need not be done.
 * https://vega.github.io/vega/docs/transforms/nest/
 */
export const isIdleNest = (model: Model, set: DataSet, at: number): boolean => {
  const { type, definition } = set.steps[at] ?? {}
  if (type !== 'nest' || definition === undefined || definition.signal !== undefined) return false
  const { generate = false, keys = [] } = definition
  const plain = (key: unknown): boolean => typeof key === 'string' && /^[^\\.[\]'"]+$/.test(key)
  return (
    generate === false &&
    Array.isArray(keys) &&
    keys.every(plain) &&
    !READERS.some((name) => model.words.has(name)) &&
    !set.steps.some((step, i) => i !== at && isTreeStep(step.type)) &&
    !model.data.some(
      (other) => other !== set && other.steps.some((step) => isTreeStep(step.type)) && comesFrom(model, other, set.id),
    )
  )
}

const comesFrom = (model: Model, { sources }: DataSet, id: DataId): boolean =>
  sources.some((source) => {
    const set = source === undefined ? undefined : model.data[source]
    return source === id || (set !== undefined && comesFrom(model, set, id))
  })

export const isTreeStep = (type: string): boolean => BUILDERS.has(type) || LAYOUTS.has(type) || type === 'treelinks'

const whyKept = (set: DataSet, model: Model): string | undefined => {
  const builder = treeBuilder(set)
  const odd = set.steps.findIndex(
    (step, i) => isTreeStep(step.type) && i !== builder && !hasTree(set, i, builder) && !readsSource(set, i, model),
  )
  if (odd >= 0) return `its ${set.steps[odd]?.type ?? 'step'} reads the tree of another data set`
  if (builder >= 0) return undefined
  if (model.scopes[set.scope]?.kind === 'dynamic') return 'it is inside a facet'
  if (set.written || list(set.definition.on).length > 0) return 'it changes in the browser'
  return isPlain(set.definition.transform) ? undefined : 'its transforms are not plain JSON'
}

/** Is there a tree at a step, built in this data set? */
const hasTree = (set: DataSet, at: number, builder: number): boolean =>
  builder >= 0 && builder < at && set.steps.slice(builder + 1, at).every((step) => KEEPS.has(step.type))

/** `treelinks` over the tree of the source, perhaps of some of its rows. */
const readsSource = (set: DataSet, at: number, model: Model): boolean => {
  const [source, ...others] = set.sources
  const tree = source === undefined ? undefined : model.data[source]
  if (set.steps[at]?.type !== 'treelinks' || others.length > 0 || tree === undefined) return false
  if (!set.steps.slice(0, at).every((step) => step.type === 'filter')) return false
  return hasTree(tree, tree.steps.length, treeBuilder(tree))
}
