import { isObject, list } from './json.ts'
import type { DataSet, Model, Step } from './model.ts'

/** Transforms whose values depend on the order of their rows, unless they sort them. */
const IN_ORDER: ReadonlySet<string> = new Set(['window', 'stack', 'pie'])

const isSorted = ({ definition }: Step): boolean => {
  const { sort } = definition
  return sort === true || (isObject(sort) && list(sort.field).length > 0)
}

/**
 * The transform behind a filter that depends on the order of rows; undefined when there is none. Rows that leave a filter and
 * come back stand last in Vega, so their order tells of all that happened before, which only the browser knows.
 *
 * @param first the first transform of `set` that is looked at; data sets that read it follow
 */
export const followsOrder = (model: Model, set: DataSet, first: number): string | undefined => {
  const seen = new Set<DataSet>()
  const search = (from: DataSet, start: number): string | undefined => {
    if (seen.has(from)) return undefined
    seen.add(from)
    for (const step of from.steps.slice(start)) {
      if (step.type === 'collect' && isSorted(step)) return undefined
      if (IN_ORDER.has(step.type) && !isSorted(step)) return `${step.type} of ${from.name}`
    }
    for (const reader of model.data) {
      const found = reader.sources.includes(from.id) ? search(reader, 0) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }
  return search(set, first)
}
