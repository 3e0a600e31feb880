import type { Lifted, Pass, ServerValue } from '../draft.ts'
import { liftedDomain } from '../lifted-domain.ts'
import { isLive } from '../live.ts'
import type { DataId, DataUse } from '../model.ts'

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

/** Vega takes rows for a domain in the order in which it met their values first: values that have an order of their own are listed. */
const inOrder = (value: ServerValue): ServerValue =>
  value.kind === 'distinct' && value.sort !== undefined ? { kind: 'list', of: value } : value

const lift = ({ data, domain }: DataUse): Lifted | string => {
  if (domain === undefined) return 'more than domains read it'
  const value = liftedDomain(data, domain)
  return typeof value === 'string'
    ? `the domain of ${domain.scale} is not lifted: ${value}`
    : { data, path: domain.path, scale: domain.scale, multiple: domain.multiple, value: inOrder(value) }
}
