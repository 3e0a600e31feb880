import { accessPath } from './access-path.ts'
import type { DomainSort, ServerValue } from './draft.ts'
import { DISCRETE } from './frames.ts'
import { isObject } from './json.ts'
import type { DataId, DomainUse } from './model.ts'

/** What of a data set a scale's domain needs, instead of its rows; the reason where that is no less. */
export const liftedDomain = (
  data: DataId,
  { field, scaleType, sort, multiple }: Pick<DomainUse, 'field' | 'scaleType' | 'sort' | 'multiple'>,
): ServerValue | string => {
  if (typeof field !== 'string') return 'its field is not a name'
  const [column, ...deeper] = accessPath(field)
  if (column === undefined || deeper.length > 0) return 'its field is a path'
  if (scaleType === 'quantile') return 'a quantile scale needs every value'
  if (!DISCRETE.has(scaleType)) {
    return multiple ? { kind: 'extent-rows', data, field, column } : { kind: 'extent', data, field }
  }
  const order = domainSort(sort, multiple)
  if (typeof order === 'string') return order
  return order === undefined || multiple
    ? { kind: 'distinct', data, field, column }
    : { kind: 'distinct', data, field, column, sort: order }
}

/** Vega's forms of `sort` for a domain; undefined: first appearance. A sort of several fields together stays with the scale. */
const domainSort = (sort: unknown, multiple: boolean): DomainSort | string | undefined => {
  if (!sort) return undefined
  if (!isObject(sort)) return {}
  const { op, field, order } = sort
  if (order !== undefined && order !== null && order !== 'ascending' && order !== 'descending')
    return 'its order is not fixed'
  const direction = order === undefined || order === null ? {} : { order }
  if (op === undefined || op === null)
    return field === undefined || field === null || field === 'key' ? direction : 'it sorts without an operation'
  if (typeof op !== 'string' || multiple)
    return multiple ? 'several fields are sorted together' : 'its operation is not fixed'
  if (op === 'ci0' || op === 'ci1') return 'its order is drawn at random'
  if (field === undefined || field === null) return op === 'count' ? { op, ...direction } : 'it sorts without a field'
  return typeof field === 'string' ? { op, field, ...direction } : 'its sort field is not a name'
}
