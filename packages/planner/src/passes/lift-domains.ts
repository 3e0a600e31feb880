import type { DomainSort, Lifted, Pass, ServerValue } from '../draft.ts'
import { isObject } from '../json.ts'
import type { DataId, DataUse, DomainUse } from '../model.ts'
import { accessPath } from '../access-path.ts'
import { isLive } from '../live.ts'

/** https://vega.github.io/vega/docs/scales/#types */
const DISCRETE: ReadonlySet<string> = new Set(['ordinal', 'band', 'point', 'bin-ordinal'])

/**
 * A data set that only scale domains read does not travel: the server sends the domains. Continuous scales take Vega's
 * `extent` of the field; discrete ones take the distinct values, in order of first appearance or already sorted.
 */
export const liftDomains: Pass = (draft) => {
  const crossing = new Set(draft.crossing)
  const lifted: Lifted[] = []
  const unlifted = new Map<DataId, string>()
  for (const id of draft.crossing) {
    const uses = draft.model.dataUses.filter((use) => use.data === id && isLive(draft, use.user, draft.fedSignals))
    if (uses.length === 0 || uses.some((use) => use.domain === undefined)) continue
    const found = uses.map(lift)
    const refusal = found.find((item) => typeof item === 'string')
    if (refusal !== undefined) unlifted.set(id, refusal)
    else {
      crossing.delete(id)
      lifted.push(...found.filter((item) => typeof item !== 'string'))
    }
  }
  return { ...draft, crossing, lifted, unlifted }
}

const lift = ({ data, domain }: DataUse): Lifted | string => {
  if (domain === undefined) return 'more than domains read it'
  const value = domainValue(data, domain)
  return typeof value === 'string'
    ? `the domain of ${domain.scale} is not lifted: ${value}`
    : { data, path: domain.path, scale: domain.scale, multiple: domain.multiple, value }
}

const domainValue = (data: DataId, { field, scaleType, sort, multiple }: DomainUse): ServerValue | string => {
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
