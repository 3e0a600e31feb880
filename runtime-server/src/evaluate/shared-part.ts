import type { TaskId } from '@magpie-vega/protocol'
import type { Computed } from '../cache.ts'
import type { LoadedTable } from '../engines/engine.ts'
import { type Context, fingerprintOf, columnsKey, type Parts } from './context.ts'
import { type Chain, transformAt } from './graph.ts'
import type { Compiled } from './kept-part.ts'

/** A part of a chain whose few rows several of the values asked for go on from. */
export interface SharedPart {
  readonly end: TaskId
  readonly steps: number
  readonly columns: readonly string[]
}

/** Below this share of the rows from which tables are kept at all, computing the part anew takes no longer than keeping it. */
const SHARE = 1 / 4

/** How many of the tasks that a request reads start from this one. */
const readers = ({ graph, needs }: Context, id: TaskId): number =>
  graph.tasks.filter((task, index) => task.kind === 'transform' && task.input === id && needs.has(index as TaskId))
    .length

/** The longest part of a chain that groups rows and that others in the request share; undefined where it is not worth keeping. */
export const sharedPart = (
  context: Context,
  { steps }: Chain,
  base: LoadedTable,
  { kept }: Parts,
): SharedPart | undefined => {
  if (base.rows < kept.minRows * SHARE) return undefined
  const grouped = steps.findIndex((step) => transformAt(context.graph, step).definition.type === 'aggregate')
  const last = grouped < 0 ? -1 : steps.slice(0, -1).findLastIndex((step) => readers(context, step) > 1)
  const end = steps[last]
  const columns = end === undefined || last < grouped ? 'all' : (context.needs.get(end) ?? 'all')
  return end === undefined || columns === 'all' ? undefined : { end, steps: last + 1, columns: [...columns].sort() }
}

/** How a shared part is kept; nothing where SQL does not do all of its steps. */
export const keptShare = ({ end, columns }: SharedPart, context: Context, { engine }: Parts) => ({
  key: `shared/${fingerprintOf(context, end)}/${columnsKey(columns)}`,
  make: async ({ relation, reason }: Compiled, signal: AbortSignal): Promise<Computed<LoadedTable | undefined>> => {
    if (reason !== undefined) return { value: undefined, bytes: 64 }
    const made = await engine.keep(relation, columns, [], signal)
    // What follows is computed as it would be without the table, so that nothing depends on whether there is one.
    const { rows: _rows, ...rest } = made.relation
    const value = { ...made, relation: relation.rows === undefined ? rest : { ...rest, rows: relation.rows } }
    return { value, bytes: made.bytes, dispose: () => void made.drop().catch(() => undefined) }
  },
})
