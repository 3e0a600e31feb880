import { TABLE_SCHEME } from '@magpie-vega/planner'
import {
  MagpieError,
  type SourceOrigin,
  type Task,
  type TaskGraph,
  type TaskId,
  type Value,
} from '@magpie-vega/protocol'
import { taskAt } from './graph.ts'

/** Computes the value of a task of the same request. */
type Ask = (task: TaskId) => Promise<Value | MagpieError>

const originOf = (url: string): SourceOrigin =>
  url.startsWith(TABLE_SCHEME)
    ? { kind: 'table', sha256: url.slice(TABLE_SCHEME.length).toLowerCase() }
    : { kind: 'url', url }

/** A graph whose URLs are known, but for those that could not be had. */
export interface Resolved {
  readonly graph: TaskGraph
  readonly failed: ReadonlyMap<TaskId, MagpieError>
}

const noText = (): MagpieError =>
  new MagpieError('source-unreadable', 'The URL of a data set is not text', {
    remedy: 'Check the signal that gives the URL.',
  })

/** Puts each URL that a task computes in its place, where a value needs it; grants are asked about what it is then. */
export const resolveUrls = async (graph: TaskGraph, needed: ReadonlySet<TaskId>, ask: Ask): Promise<Resolved> => {
  const found = new Map<TaskId, Task>()
  const failed = new Map<TaskId, MagpieError>()
  for (const id of needed) {
    const task = taskAt(graph, id)
    if (task.kind !== 'source' || task.from.kind !== 'url-of') continue
    const answer = await ask(task.from.task)
    if (answer instanceof MagpieError) failed.set(id, answer)
    else if (answer.kind !== 'scalar' || typeof answer.value !== 'string') failed.set(id, noText())
    else found.set(id, { ...task, from: originOf(answer.value) })
  }
  const tasks = found.size === 0 ? graph.tasks : graph.tasks.map((task, index) => found.get(index as TaskId) ?? task)
  return { graph: tasks === graph.tasks ? graph : { tasks }, failed }
}
