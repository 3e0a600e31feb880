import { IN_PLACE } from './in-place.ts'
import { isObject, list } from './json.ts'
import { columnsWritten, plainName } from './known-columns.ts'
import type { DataId, DataSet, Model, Step } from './model.ts'

/**
 * Why the browser must make the rows of a data set that change: a lookup in them, or in what is made of them, by a key that several
 * rows have, finds what was there before. Vega's index has one row of each key, and forgets the key when any row of it goes.
 * Undefined when none does; keys of rows that the spec does not show are taken to differ.
 */
export const lookedUpByPast = (model: Model, set: DataSet): string | undefined => {
  for (const { name, steps } of model.data) {
    for (const { type, definition, reads } of steps) {
      const { from, key } = definition
      const table = type === 'lookup' && typeof from === 'string' ? reads.data.get(from) : undefined
      if (
        table !== undefined &&
        comesFrom(model, table, set.id) &&
        !keepsRows(model, table) &&
        repeats(model, table, key)
      )
        return `lookup of ${name} depends on which rows of a key were there before`
    }
  }
  return undefined
}

/** The data set that a data set is made of, where it is one. */
const sourceOf = (model: Model, { id, sources }: DataSet): DataSet | undefined => {
  const [source] = sources
  return source !== undefined && source < id && sources.length === 1 ? model.data[source] : undefined
}

/** Are rows of a data set those of another one, or made of them? */
const comesFrom = (model: Model, id: DataId, origin: DataId, seen = new Set<DataId>()): boolean => {
  if (id === origin) return true
  if (seen.has(id)) return false
  seen.add(id)
  return (model.data[id]?.sources ?? []).some(
    (source) => source !== undefined && source < id && comesFrom(model, source, origin, seen),
  )
}

/** Are the rows the same rows for ever, whatever is written into them? */
const keepsRows = (model: Model, id: DataId): boolean => {
  const set = model.data[id]
  if (set === undefined || !set.steps.every(({ type }) => IN_PLACE.has(type) && type !== 'filter')) return false
  if (set.sources.length === 0) return !isObject(set.definition.url)
  const source = sourceOf(model, set)
  return source !== undefined && keepsRows(model, source.id)
}

/** Does the spec show that rows share a key? */
const repeats = (model: Model, id: DataId, key: unknown): boolean => {
  const set = model.data[id]
  const column = plainName(key)
  if (set === undefined || column === undefined) return true
  for (const step of set.steps.toReversed()) {
    if (step.type === 'aggregate') return list(step.definition.groupby).some((field) => plainName(field) !== column)
    if (!IN_PLACE.has(step.type)) return MULTIPLIES.has(step.type)
    if (writes(step, column)) return false
  }
  if (set.sources.length > 1) return true
  const source = sourceOf(model, set)
  return source === undefined ? repeatsIn(set.definition.values, column) : repeats(model, source.id, key)
}

/** Transforms that make several rows of one. */
const MULTIPLIES: ReadonlySet<string> = new Set(['cross', 'flatten', 'fold', 'impute'])

const writes = (step: Step, column: string): boolean =>
  (columnsWritten(step) ?? list(step.definition.as)).includes(column)

const repeatsIn = (values: unknown, column: string): boolean => {
  const keys = list(values).map((row) => String(isObject(row) ? row[column] : undefined))
  return new Set(keys).size < keys.length
}
