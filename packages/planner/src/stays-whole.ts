import { isObject, type JsonObject } from './json.ts'
import { TABLE_SCHEME, type PlanOptions } from './plan.ts'

const mentionsTable = (value: unknown): boolean => {
  if (typeof value === 'string') return value.includes(TABLE_SCHEME)
  if (Array.isArray(value)) return value.some(mentionsTable)
  return isObject(value) && Object.entries(value).some(([key, item]) => !isRows(key, item) && mentionsTable(item))
}

const isRows = (key: string, item: unknown): boolean => key === 'values' && Array.isArray(item)

/** Has the server nothing that the spec could begin with? Then it stays in the browser as it is. */
export const staysWhole = (spec: JsonObject, { placement, serverUrls }: PlanOptions): boolean =>
  placement !== 'capability' && (serverUrls ?? []).length === 0 && !mentionsTable(spec)
