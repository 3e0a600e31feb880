import { DISCRETE } from './frames.ts'
import { isObject, list } from './json.ts'
import { plainName } from './known-columns.ts'
import type { DataSet, Model } from './model.ts'

/**
 * A field whose values in the spec are objects, and that a discrete scale has in its domain; undefined: none. The scale knows an
 * object by which one it is, and those that come from the server are others.
 */
export const objectsOnScales = (model: Model, { definition }: DataSet): string | undefined => {
  const rows = list(definition.values).filter(isObject)
  const fields = model.dataUses.flatMap(({ domain }) =>
    domain !== undefined && DISCRETE.has(domain.scaleType) ? [plainName(domain.field)] : [],
  )
  return fields.find(
    (field) => field !== undefined && rows.some((row) => typeof row[field] === 'object' && row[field] !== null),
  )
}
