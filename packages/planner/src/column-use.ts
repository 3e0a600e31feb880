import { isObject } from './json.ts'
import { readingOf } from './names-read.ts'
import { TABLE_SCHEME, type VegaSpec } from './plan.ts'
import { readModel } from './read-model.ts'
import { wholeIn } from './whole-rows.ts'

/** The columns of a table that a spec may read; names that the table does not have are among them. */
export interface ColumnUse {
  /** As the spec writes it. */
  readonly url: string
  readonly columns: 'all' | readonly string[]
}

/** Which columns of which tables (`magpie+table://`) a Vega spec needs. Conservative: by name, over the whole spec. */
export const columnUse = (spec: VegaSpec): readonly ColumnUse[] => {
  if (!isObject(spec)) return []
  const urls = new Map<string, string[]>()
  for (const { name, definition } of readModel(spec).data) {
    const { url } = definition
    if (typeof url === 'string' && url.startsWith(TABLE_SCHEME)) urls.set(url, [...(urls.get(url) ?? []), name])
  }
  if (urls.size === 0) return []
  const reading = readingOf(spec)
  if (reading === 'all') return [...urls.keys()].map((url) => ({ url, columns: 'all' }))
  const isWhole = wholeIn(spec, reading)
  return [...urls].map(([url, names]) => ({ url, columns: names.some(isWhole) ? 'all' : reading.names }))
}
