import type { Scalar, TaskGraph, TaskId, TransformTask, Wanted } from '@magpie-vega/protocol'
import { type Fields, fieldsRead, type StoreRows, union } from './fields-read.ts'
import { dependencies, inputsOf, taskAt } from './graph.ts'

/**
 * Per task, the fields of its rows that a request may read; tasks without rows that anybody reads are left out. Made for one graph and
 * what its selections test: what follows from these alone may be kept for as long as there is the object.
 */
export type Needs = ReadonlyMap<TaskId, Fields>

const NONE: Fields = new Set<string>()

/** Fields of the data set that a `lookup` reads; everything, for what other transforms read as a whole. */
const boundFields = (task: TransformTask, name: string): Fields => {
  const { type, from, key, values } = task.definition as Readonly<Record<string, unknown>>
  if (type !== 'lookup' || from !== name || !Array.isArray(values)) return 'all'
  const read = [key, ...(values as readonly unknown[])]
  return read.every((field): field is string => typeof field === 'string' && /^\w+$/.test(field))
    ? new Set(read)
    : 'all'
}

/** The rows of the data sets that a transform reads, where they came with the request. */
export const storeRows =
  (task: TransformTask, roots: ReadonlyMap<TaskId, Scalar>): StoreRows =>
  (name) => {
    const store = task.data[name]
    const rows = store === undefined ? undefined : roots.get(store)
    return Array.isArray(rows) ? (rows as readonly Scalar[]) : undefined
  }

/** What a request for `wanted` reads of each task's rows. */
export const needsOf = (graph: TaskGraph, roots: ReadonlyMap<TaskId, Scalar>, wanted: readonly Wanted[]): Needs => {
  const needs = new Map<TaskId, Fields>()
  const need = (id: TaskId, fields: Fields): void => void needs.set(id, union(needs.get(id) ?? NONE, fields))
  const tasks = new Set(wanted.flatMap(({ task }) => [...dependencies(graph, task)]))
  for (const { task, columns } of wanted) need(task, columns === 'all' ? 'all' : new Set(columns))
  // Tasks only refer to earlier ones, so whoever reads a task comes before it here.
  for (const id of [...tasks].sort((a, b) => b - a)) {
    const task = taskAt(graph, id)
    if (task.kind === 'transform') {
      if (task.input !== undefined) need(task.input, fieldsRead(task, needs.get(id) ?? NONE, storeRows(task, roots)))
      for (const [name, bound] of Object.entries(task.data)) need(bound, boundFields(task, name))
    } else if (task.kind === 'output') need(task.transform, NONE)
    else if (task.kind === 'union') inputsOf(task).forEach((input) => need(input, 'all'))
    else if (task.kind === 'expression') Object.values(task.data).forEach((bound) => need(bound, 'all'))
  }
  return needs
}
