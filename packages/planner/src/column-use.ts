import { isObject } from './json.ts'
import { namesRead } from './names-read.ts'
import { TABLE_SCHEME, type VegaSpec } from './plan.ts'
import { readModel } from './read-model.ts'

/** The columns of a table that a spec may read; names that the table does not have are among them. */
export interface ColumnUse {
  /** As the spec writes it. */
  readonly url: string
  readonly columns: 'all' | readonly string[]
}

/** Which columns of which tables (`magpie+table://`) a Vega spec needs. Conservative: by name, over the whole spec. */
export const columnUse = (spec: VegaSpec): readonly ColumnUse[] => {
  if (!isObject(spec)) return []
  const urls = new Set<string>()
  for (const { definition } of readModel(spec).data) {
    if (typeof definition.url === 'string' && definition.url.startsWith(TABLE_SCHEME)) urls.add(definition.url)
  }
  if (urls.size === 0) return []
  const columns = namesRead(spec)
  return [...urls].map((url) => ({ url, columns }))
}
