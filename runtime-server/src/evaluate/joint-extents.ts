import type { Output, Query, Relation } from '@magpie-vega/dataflow'
import type { Scalar, TaskId } from '@magpie-vega/protocol'
import { rowsFromTable } from '../arrow/table-to-rows.ts'
import type { Engine } from '../engines/engine.ts'

type Asked = Extract<Output, { kind: 'query' }>

type Select = Extract<Query, { kind: 'select' }>

/** Queries of one row each over the same rows as one; undefined where they are not. */
const joined = (asked: readonly Asked[]): Relation | undefined => {
  const selects = asked
    .map(({ relation }) => relation.query)
    .filter((query): query is Select => query.kind === 'select')
  const [first] = selects
  const alike = selects.every(
    ({ from, where, groupBy }) => from === first?.from && where === undefined && groupBy === undefined,
  )
  if (first === undefined || !alike || selects.length < asked.length) return undefined
  return {
    columns: asked.flatMap(({ relation }, index) =>
      relation.columns.map((column) => ({ ...column, name: `${index}/${column.name}` })),
    ),
    query: { ...first, columns: selects.flatMap(({ columns }) => columns) },
    order: asked[0]?.relation.order ?? '',
  }
}

/** What outputs over the same rows say, by the task of the transform, with one look at the rows where that is possible. */
export const outputsTogether = async (
  outputs: ReadonlyMap<TaskId, Output>,
  engine: Engine,
  signal: AbortSignal,
): Promise<ReadonlyMap<TaskId, Scalar>> => {
  const asked = [...outputs.values()].filter((output): output is Asked => output.kind === 'query')
  const together = asked.length > 1 ? joined(asked) : undefined
  const [row = {}] = together === undefined ? [] : rowsFromTable(await engine.rows(together, 'all', signal))
  const answer = async (output: Output): Promise<Scalar> => {
    if (output.kind === 'value') return output.value
    if (together === undefined)
      return output.read(rowsFromTable(await engine.rows(output.relation, 'all', signal))[0] ?? {})
    const index = asked.indexOf(output)
    return output.read(Object.fromEntries(output.relation.columns.map(({ name }) => [name, row[`${index}/${name}`]])))
  }
  const answers = [...outputs].map(async ([task, output]) => [task, await answer(output)] as const)
  return new Map(await Promise.all(answers))
}
