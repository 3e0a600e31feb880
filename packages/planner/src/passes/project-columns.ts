import { mayGiveRows } from '@magpie-vega/dataflow'
import type { Draft, Fed, Pass } from '../draft.ts'
import { knownColumns } from '../known-columns.ts'
import { readingOf } from '../names-read.ts'
import { wholeIn } from '../whole-rows.ts'

/** Of each data set that travels, only the columns that the client spec may read. */
export const projectColumns: Pass = (draft) => {
  const reading = readingOf(draft.client)
  if (reading === 'all') return draft
  const { names } = reading
  const isWhole = wholeIn(draft.client, { ...reading, whole: new Set([...reading.whole, ...rowHolders(draft)]) })
  const project = (fed: Fed): Fed => {
    if (fed.kind !== 'data' || fed.value.kind !== 'rows' || isWhole(fed.name)) return fed
    const known = knownColumns(draft.model, fed.value.data, fed.value.steps)
    return { ...fed, columns: known === undefined ? names : names.filter((name) => known.has(name)) }
  }
  return { ...draft, fed: draft.fed.map(project) }
}

/** A row that is a value, as that of an argmax, has all its fields, those that nobody reads included. */
const rowHolders = ({ model, data }: Draft): readonly string[] =>
  model.data
    .filter(({ id, steps }) =>
      steps.slice(data[id]?.placed === true ? data[id].steps : 0).some(({ definition }) => mayGiveRows(definition)),
    )
    .map(({ name }) => name)
