import type { Pass } from '../draft.ts'
import { namesRead } from '../names-read.ts'

/** Of each data set that travels, only the columns that the client spec may read. */
export const projectColumns: Pass = (draft) => {
  const columns = namesRead(draft.client)
  return columns === 'all'
    ? draft
    : {
        ...draft,
        fed: draft.fed.map((fed) => (fed.kind === 'data' && fed.value.kind === 'rows' ? { ...fed, columns } : fed)),
      }
}
