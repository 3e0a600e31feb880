import type { Fed, Pass } from '../draft.ts'
import { knownColumns } from '../known-columns.ts'
import { readingOf } from '../names-read.ts'
import { wholeIn } from '../whole-rows.ts'

/** Of each data set that travels, only the columns that the client spec may read. */
export const projectColumns: Pass = (draft) => {
  const reading = readingOf(draft.client)
  if (reading === 'all') return draft
  const { names } = reading
  const isWhole = wholeIn(draft.client, reading)
  const project = (fed: Fed): Fed => {
    if (fed.kind !== 'data' || fed.value.kind !== 'rows' || isWhole(fed.name)) return fed
    const known = knownColumns(draft.model, fed.value.data, fed.value.steps)
    return { ...fed, columns: known === undefined ? names : names.filter((name) => known.has(name)) }
  }
  return { ...draft, fed: draft.fed.map(project) }
}
