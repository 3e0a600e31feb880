import { MagpieError, type TaskId } from '@magpie-vega/protocol'
import { tableFromRows } from '../arrow/rows-to-table.ts'
import type { Table } from '../arrow/table.ts'
import type { Context, Parts, Values } from './context.ts'
import { withFile } from './file-base.ts'
import { taskAt } from './graph.ts'

const unionTable = async (
  inputs: readonly TaskId[],
  context: Context,
  { vega }: Parts,
  values: Values,
  signal: AbortSignal,
): Promise<Table> => {
  const tables = await Promise.all(inputs.map((input) => values.table(context, input, 'all', signal)))
  const data = tables.map((rows, index) => ({ name: `input_${index}`, rows }))
  const union = { name: 'union', source: data.map(({ name }) => name) }
  const outputs = [{ kind: 'rows', data: union.name, columns: 'all' }] as const
  const [answer] = await vega.run(context.timeZone, { signals: {}, data: [...data, union], outputs }, signal)
  if (answer?.kind !== 'rows') throw new MagpieError('internal', 'A Vega process answered something else')
  return answer.table
}

type Columns = 'all' | readonly string[]

/** The rows of a task that is no transform, with at least the columns given. */
export const baseTable = async (
  context: Context,
  id: TaskId,
  columns: Columns,
  parts: Parts,
  values: Values,
  signal: AbortSignal,
): Promise<Table> => {
  const task = taskAt(context.graph, id)
  switch (task.kind) {
    case 'source':
      return withFile(
        id,
        columns,
        context,
        parts,
        signal,
        ({ relation }) => parts.engine.rows(relation, columns, signal),
        () => parts.sources.read(task, context.timeZone, columns, signal),
      )
    case 'union':
      return unionTable(task.inputs, context, parts, values, signal)
    case 'root': {
      const rows = context.roots.get(id)
      if (!context.roots.has(id)) throw new MagpieError('bad-request', `The value of ${task.name} is missing`)
      return tableFromRows(Array.isArray(rows) ? rows : rows === undefined || rows === null ? [] : [rows])
    }
    default:
      throw new MagpieError('bad-request', `Task ${id} is no data set`)
  }
}
