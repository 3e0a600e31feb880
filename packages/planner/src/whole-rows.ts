import { isObject, list, type JsonObject } from './json.ts'
import type { Reading } from './names-read.ts'

/** May the spec read any field of a data set? */
export type IsWhole = (name: string) => boolean

/**
 * Of which data sets a spec may read any field: those whose rows it passes on whole, and those that their rows come from. A
 * name that is no data set of the spec, such as that of a mark, may stand for the rows of any.
 */
export const wholeIn = (spec: JsonObject, { whole }: Reading): IsWhole => {
  const links = linksOf(spec)
  const found = new Set<string>()
  const visit = (name: string): boolean => {
    if (found.has(name)) return true
    found.add(name)
    const sources = links.get(name)
    return sources !== undefined && sources.every(visit)
  }
  const known = [...whole].map(visit).every(Boolean)
  return (name) => !known || found.has(name)
}

/** The data set of which a lookup takes whole rows. */
const rowsTaken = (step: unknown): readonly unknown[] =>
  isObject(step) && step.type === 'lookup' && !Array.isArray(step.values) ? [step.from] : []

/** What each data set and facet of a spec reads, by name; a name may stand for several. */
const linksOf = (spec: JsonObject): ReadonlyMap<string, readonly string[]> => {
  const links = new Map<string, readonly string[]>()
  const link = (name: unknown, sources: readonly unknown[]): void => {
    if (typeof name !== 'string') return
    links.set(name, [...(links.get(name) ?? []), ...sources.filter((source) => typeof source === 'string')])
  }
  const walk = (group: JsonObject): void => {
    for (const set of list(group.data))
      if (isObject(set)) link(set.name, [...list(set.source), ...list(set.transform).flatMap(rowsTaken)])
    for (const mark of list(group.marks)) {
      if (!isObject(mark)) continue
      const facet = isObject(mark.from) ? mark.from.facet : undefined
      if (isObject(facet)) link(facet.name, [facet.data])
      walk(mark)
    }
  }
  walk(spec)
  return links
}
