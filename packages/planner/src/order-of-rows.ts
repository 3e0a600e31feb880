import { givesRows } from '@magpie-vega/dataflow'
import { IN_PLACE } from './in-place.ts'
import { isObject, list } from './json.ts'
import type { DataSet, Model, Step } from './model.ts'
import { readersOf } from './readers.ts'
import { readsOwnPast } from './reads-own-past.ts'
import { browserTransform } from './server-transforms.ts'

/** Transforms that go through all their rows in order, unless they sort them. */
const IN_ORDER: ReadonlySet<string> = new Set(['window', 'stack', 'pie'])

const isSorted = ({ definition }: Step): boolean => {
  const { sort } = definition
  return sort === true || (isObject(sort) && list(sort.field).length > 0)
}

/** What is known of rows on their way through transforms. */
interface Path {
  readonly sorted: boolean
  readonly unique: Unique
  /** They are in the browser, whatever the service can do. */
  readonly inBrowser: boolean
}

/** Rows that are known to differ from each other in these columns; undefined: in none that is known. */
type Unique = readonly unknown[] | undefined

/** Names that `bin` and `timeunit` give to the two ends of an interval: who knows one knows the other. */
const intervals = (model: Model): readonly (readonly unknown[])[] =>
  model.data.flatMap(({ steps }) =>
    steps.flatMap(({ type, definition }) => (type === 'bin' || type === 'timeunit' ? [list(definition.as)] : [])),
  )

/** Does a stack that sorts meet rows that its order does not tell apart? It keeps these as they come. */
const hasTies = ({ definition }: Step, unique: Unique, model: Model): boolean => {
  const { sort, groupby } = definition
  const told = new Set([...list(groupby), ...(isObject(sort) ? list(sort.field) : [])])
  for (const names of intervals(model))
    if (names.some((name) => told.has(name))) names.forEach((name) => told.add(name))
  return unique === undefined || !unique.every((name) => told.has(name))
}

const dependsOnOrder = (step: Step, sorted: boolean, unique: Unique, model: Model): boolean => {
  // which of rows of the same value is the first
  if (givesRows(step.definition)) return step.type !== 'window'
  if (!IN_ORDER.has(step.type)) return false
  return isSorted(step) ? step.type === 'stack' && hasTies(step, unique, model) : !sorted
}

/** Does a transform go on from what it made of a row or a group before? */
const keepsPast = ({ type, definition }: Step, inBrowser: boolean): boolean => {
  const { initonly, drop, key, groupby } = definition
  if (type === 'identifier') return true
  if (type === 'formula') return Boolean(initonly)
  if (type !== 'aggregate') return false
  // the browser keeps a group by its key, with the other columns as they were when it first came
  const stale = inBrowser && key !== undefined && list(groupby).some((field) => field !== key)
  return stale || (drop !== undefined && drop !== true)
}

/** Rows that stay the same rows differ in the columns in which they differed before. */
const uniqueAfter = ({ type, definition }: Step, before: Unique): Unique =>
  type === 'aggregate' ? list(definition.groupby) : IN_PLACE.has(type) ? before : undefined

/**
 * Why the browser must run a transform that makes rows change, though the service could: what follows it tells of rows that
 * were there before, which only the browser knows. Undefined when nothing does.
 *
 * - Rows that leave a filter and come back stand last in Vega, so their order tells of all that happened.
 * - Where a transform goes on from what it made of a row before, it must see that row change, not another one come for it.
 */
export const followedByPast = (model: Model, set: DataSet, at: number): string | undefined => {
  const ordered = set.steps[at]?.type === 'filter'
  const seen = new Set<string>()
  const search = (from: DataSet, start: number, before: Path): string | undefined => {
    const visit = JSON.stringify([from.id, before])
    if (seen.has(visit)) return undefined
    seen.add(visit)
    let { sorted, unique, inBrowser } = before
    inBrowser ||= model.scopes[from.scope]?.kind === 'dynamic'
    for (const step of from.steps.slice(start)) {
      inBrowser ||= browserTransform(step.type, step.definition) !== undefined
      if (keepsPast(step, inBrowser)) return `${step.type} of ${from.name} keeps what its rows were before`
      if (ordered && dependsOnOrder(step, sorted, unique, model))
        return `${step.type} of ${from.name} depends on the order in which rows come back to this filter`
      if (step.type === 'collect' && isSorted(step)) sorted = true
      unique = uniqueAfter(step, unique)
    }
    for (const reader of readersOf(model, from)) {
      const found = search(reader, 0, { sorted, unique, inBrowser })
      if (found !== undefined) return found
    }
    return undefined
  }
  return readsOwnPast(model, set, at) ?? search(set, at + 1, { sorted: false, unique: undefined, inBrowser: false })
}
