import type { Task, TaskId, TransformTask } from '@magpie-vega/protocol'
import { IN_PLACE } from './in-place.ts'
import { rowIdentity, type Rooted, type RowIdentity } from './row-identity.ts'

/** Rows that are known again when they come again. */
export interface KnownAgain {
  /** The task that yields them, with all that tells them apart. */
  readonly task: TaskId
  /** Columns that tell a row from the others. */
  readonly columns: readonly string[]
  /** The one among them that numbers rows, which the graph has gained for this. */
  readonly added?: string
  /** Roots (by index) at whose change all rows are new. */
  readonly renewedBy: readonly number[]
}

/**
 * The rows of a task, so that they are known again; undefined where they are not, or never change.
 *
 * @param column the name of a column that numbers rows where nothing else tells them apart
 * @param add adds a task to the graph
 */
export const knownAgain = (
  task: TaskId,
  rooted: Rooted,
  column: string,
  add: (task: Task) => TaskId,
): KnownAgain | undefined => {
  const found = rowIdentity(rooted, task)
  if (found === undefined) return undefined
  const { by, renewedBy } = found
  return by === 'rows'
    ? { task: numbered(found, rooted.tasks, column, add), columns: [column], added: column, renewedBy: [] }
    : { task, columns: by, renewedBy }
}

/** The same rows with a number each, given as early as may be: a table's own rows are numbered without a look at them. */
const numbered = (
  { of, steps }: RowIdentity,
  tasks: readonly Task[],
  as: string,
  add: (task: Task) => TaskId,
): TaskId => {
  const kept = [...steps]
  let input = of
  for (let task = tasks[input]; task?.kind === 'transform' && isInPlace(task); task = tasks[input]) {
    kept.unshift(input)
    input = task.input
  }
  const named = add({ kind: 'transform', definition: { type: 'identifier', as }, input, signals: {}, data: {} })
  return kept.reduce((before, id) => {
    const task = tasks[id]
    return task?.kind === 'transform' ? add({ ...task, input: before }) : before
  }, named)
}

const isInPlace = (task: TransformTask): task is TransformTask & { readonly input: TaskId } =>
  task.input !== undefined && IN_PLACE.has(task.definition.type)
