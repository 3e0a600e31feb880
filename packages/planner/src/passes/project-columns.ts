import type { Fed, Pass } from '../draft.ts'
import { knownColumns } from '../known-columns.ts'
import { namesRead } from '../names-read.ts'

/** Of each data set that travels, only the columns that the client spec may read. */
export const projectColumns: Pass = (draft) => {
  const names = namesRead(draft.client)
  if (names === 'all') return draft
  const project = (fed: Fed): Fed => {
    if (fed.kind !== 'data' || fed.value.kind !== 'rows') return fed
    const known = knownColumns(draft.model, fed.value.data, fed.value.steps)
    return { ...fed, columns: known === undefined ? names : names.filter((name) => known.has(name)) }
  }
  return { ...draft, fed: draft.fed.map(project) }
}
