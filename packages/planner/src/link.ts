import type { Draft, Fed } from './draft.ts'
import type { Identity, Plan, ToClient } from './plan.ts'
import type { KnownAgain } from './known-again.ts'
import { toTasks } from './to-tasks.ts'
import { countsOf, verdictsOf } from './verdicts.ts'

/** The finished plan: which values cross, which way, and what each depends on. */
export const link = (draft: Draft): Plan => {
  const { graph, toServer, tasks, known, roots, computed } = toTasks(
    draft,
    draft.fed.map((fed) => fed.value),
  )
  const toClient = draft.fed.flatMap((fed, i): readonly ToClient[] => {
    const task = tasks[i]
    if (task === undefined) return []
    const { kind, name } = fed
    const dependsOn = roots.get(task) ?? []
    const identity = identityOf(fed, known[i])
    if (identity === undefined) return [{ wanted: { task, columns: fed.columns }, kind, name, dependsOn }]
    const columns = fed.columns === 'all' ? 'all' : [...fed.columns, ...identity.hidden]
    return [{ wanted: { task, columns }, kind, name, dependsOn, identity }]
  })
  return {
    client: draft.client,
    graph,
    toServer,
    toClient,
    verdicts: verdictsOf(draft, toServer, computed),
    counts: countsOf(draft),
  }
}

const identityOf = ({ columns }: Fed, found: KnownAgain | undefined): Identity | undefined => {
  if (found === undefined) return undefined
  const { renewedBy } = found
  const isHidden = (name: string): boolean => (columns === 'all' ? found.added === name : !columns.includes(name))
  return { columns: found.columns, hidden: found.columns.filter(isHidden), renewedBy }
}
