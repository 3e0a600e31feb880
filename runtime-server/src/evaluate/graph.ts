import { MagpieError, type Task, type TaskGraph, type TaskId, type TransformTask } from '@magpie-vega/protocol'

export const taskAt = (graph: TaskGraph, id: TaskId): Task => {
  const task = graph.tasks[id]
  if (task === undefined) throw new MagpieError('bad-request', `There is no task ${id}`)
  return task
}

export const transformAt = (graph: TaskGraph, id: TaskId): TransformTask => {
  const task = taskAt(graph, id)
  if (task.kind !== 'transform') throw new MagpieError('bad-request', `Task ${id} is no transform`)
  return task
}

/** The tasks that a task reads. */
export const inputsOf = (task: Task): readonly TaskId[] => {
  switch (task.kind) {
    case 'root':
      return []
    case 'source':
      return task.from.kind === 'url-of' ? [task.from.task] : []
    case 'transform':
      return [
        ...(task.input === undefined ? [] : [task.input]),
        ...Object.values(task.signals),
        ...Object.values(task.data),
      ]
    case 'output':
      return [task.transform]
    case 'expression':
      return [...Object.values(task.signals), ...Object.values(task.data)]
    case 'union':
      return task.inputs
  }
}

/** The task, and every task that its value depends on. */
export const dependencies = (graph: TaskGraph, id: TaskId): ReadonlySet<TaskId> => {
  const found = new Set<TaskId>()
  const visit = (task: TaskId): void => {
    if (found.has(task)) return
    found.add(task)
    inputsOf(taskAt(graph, task)).forEach(visit)
  }
  visit(id)
  return found
}

/** A row of transforms, and the task whose rows they start from; without one when the first makes its own rows. */
export interface Chain {
  readonly base: TaskId | undefined
  readonly steps: readonly TaskId[]
}

export const chainOf = (graph: TaskGraph, id: TaskId): Chain => {
  const steps: TaskId[] = []
  let at: TaskId | undefined = id
  while (at !== undefined) {
    const task = taskAt(graph, at)
    if (task.kind !== 'transform') break
    steps.unshift(at)
    at = task.input
  }
  return { base: at, steps }
}

/** How many tasks read each task's rows as their input. */
export const readersOf = (graph: TaskGraph, id: TaskId): number =>
  graph.tasks.filter((task) => task.kind === 'transform' && task.input === id).length
