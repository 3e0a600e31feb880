import type { Relation } from '@magpie-vega/dataflow'
import type { TaskId, TransformTask } from '@magpie-vega/protocol'
import type { LoadedTable } from '../engines/engine.ts'
import { withBase } from './base-relation.ts'
import { columnsKey, columnsRead, type Context, fingerprintOf, type Parts, type Values } from './context.ts'
import { taskAt, transformAt } from './graph.ts'

/** Data sets that steps read as tables, by their task. */
export type TablesRead = ReadonlyMap<TaskId, Relation>

/** Names of the data sets that a transform reads as tables. */
export const tablesReadBy = ({ definition }: TransformTask): readonly string[] => {
  const { type, from } = definition as Readonly<Record<string, unknown>>
  return type === 'lookup' && typeof from === 'string' ? [from] : []
}

/** Gives `work` the rows of any task as a relation. */
const withRows = <R>(
  id: TaskId,
  context: Context,
  parts: Parts,
  values: Values,
  signal: AbortSignal,
  work: (loaded: LoadedTable) => Promise<R>,
): Promise<R> => {
  if (taskAt(context.graph, id).kind !== 'transform') return withBase(id, context, parts, values, signal, work)
  const columns = columnsRead(context, id)
  const load = async (within: AbortSignal) => {
    const loaded = await parts.engine.load(await values.table(context, id, columns, within), within)
    return { value: loaded, bytes: loaded.bytes, dispose: () => void loaded.drop().catch(() => undefined) }
  }
  return parts.cache.use(`relation/${fingerprintOf(context, id)}/${columnsKey(columns)}`, load, signal, work)
}

/** Gives `work` the data sets that the steps read as tables; they stay while it runs. */
export const withTables = <R>(
  steps: readonly TaskId[],
  context: Context,
  parts: Parts,
  values: Values,
  signal: AbortSignal,
  work: (tables: TablesRead) => Promise<R>,
): Promise<R> => {
  const ids = new Set(
    steps.flatMap((step) => {
      const task = transformAt(context.graph, step)
      return tablesReadBy(task).flatMap((name) => {
        const id = task.data[name]
        return id === undefined ? [] : [id]
      })
    }),
  )
  const gather = ([id, ...rest]: readonly TaskId[], found: TablesRead): Promise<R> =>
    id === undefined
      ? work(found)
      : withRows(id, context, parts, values, signal, ({ relation }) =>
          gather(rest, new Map([...found, [id, relation]])),
        )
  return gather([...ids], new Map())
}
