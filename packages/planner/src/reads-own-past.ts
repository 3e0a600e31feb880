import { list } from './json.ts'
import type { DataSet } from './model.ts'

/** Transforms that write into the rows that they are given, or leave them as they are. */
const IN_PLACE: ReadonlySet<string> = new Set([
  'bin',
  'collect',
  'extent',
  'filter',
  'formula',
  'joinaggregate',
  'lookup',
  'stack',
  'timeunit',
  'window',
])

/**
 * The formula that reads a column which it, or a transform after it, overwrites; undefined when there is none. When rows change
 * or come back, Vega computes it from what was written last.
 *
 * @param first the first transform of `set` that is looked at
 */
export const readsOwnPast = (set: DataSet, first: number): string | undefined => {
  const read = new Set<string>()
  for (const { type, definition, reads } of set.steps.slice(first)) {
    if (!IN_PLACE.has(type)) return undefined
    if (type === 'formula') reads.expressions.forEach(({ fields }) => fields.forEach((field) => read.add(field)))
    const over = list(definition.as).find((name) => typeof name === 'string' && read.has(name))
    if (over !== undefined) return `${type} of ${set.name} overwrites ${String(over)}, from which it is computed again`
  }
  return undefined
}
