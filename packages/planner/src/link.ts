import type { Draft } from './draft.ts'
import type { Plan, ToClient } from './plan.ts'
import { toTasks } from './to-tasks.ts'
import { countsOf, verdictsOf } from './verdicts.ts'

/** The finished plan: which values cross, which way, and what each depends on. */
export const link = (draft: Draft): Plan => {
  const { graph, toServer, tasks, roots, computed } = toTasks(
    draft,
    draft.fed.map((fed) => fed.value),
  )
  const toClient = draft.fed.flatMap((fed, i): readonly ToClient[] => {
    const task = tasks[i]
    if (task === undefined) return []
    const { kind, name, columns } = fed
    return [{ wanted: { task, columns }, kind, name, dependsOn: roots.get(task) ?? [] }]
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
