import { MagpieError, type Scalar, type Task, type TaskId } from '@magpie-vega/protocol'
import type { Evaluator } from '../src/evaluate.ts'
import { decodeTable } from './decode-table.ts'

interface Question {
  readonly tasks: readonly Task[]
  readonly wanted: readonly TaskId[]
  readonly roots?: ReadonlyMap<TaskId, Scalar>
  readonly timeZone?: string
}

/** The rows of tasks over values of their own, with all columns. Throws what the evaluator answers instead. */
export const rowsOf = async (
  evaluator: Evaluator,
  { tasks, wanted, roots = new Map(), timeZone = 'UTC' }: Question,
): Promise<readonly ReturnType<typeof decodeTable>[]> => {
  const values = await evaluator.evaluate({
    graph: { tasks },
    roots,
    wanted: wanted.map((task) => ({ task, columns: 'all' })),
    timeZone,
    access: { table: () => false, url: () => false },
    signal: new AbortController().signal,
  })
  return values.map((value) => {
    if (value instanceof MagpieError) throw value
    if (value.kind !== 'table') throw new Error('It is no table')
    return decodeTable(value.bytes)
  })
}
