import type { TaskGraph, TaskId, TransformTask } from '@magpie-vega/protocol'
import type { Context } from './context.ts'
import { type Fields, fieldsRead, union } from './fields-read.ts'
import { type Chain, chainOf, dependencies, taskAt, transformAt } from './graph.ts'
import { type Needs, storeRows } from './needs.ts'

/** The part of a chain that no root changes, and what is kept of it for all that start from there. */
export interface StaticPart {
  /** The task whose rows are kept: the last of the part, or one after it that only adds columns. */
  readonly end: TaskId
  /** How many steps of the chain the kept rows stand for. */
  readonly steps: number
  readonly columns: readonly string[]
  /** Fields by which others in the graph group. */
  readonly groupings: readonly (readonly string[])[]
}

const dependsOnRoots = (graph: TaskGraph, id: TaskId): boolean =>
  [...dependencies(graph, id)].some((task) => taskAt(graph, task).kind === 'root')

const readers = (graph: TaskGraph, id: TaskId): readonly TaskId[] =>
  graph.tasks.flatMap((task, index) => (task.kind === 'transform' && task.input === id ? [index as TaskId] : []))

const texts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((item): item is string => typeof item === 'string') ? value : undefined

/** The names that a step writes when adding columns is all that it does. */
export const written = ({ definition }: TransformTask): readonly string[] | undefined => {
  const { type, as } = definition as Readonly<Record<string, unknown>>
  if (type === 'extent') return []
  if (type === 'formula') return texts([as])
  return type === 'bin' || type === 'timeunit' ? texts(as) : undefined
}

/** Does the step depend on nothing but the steps before it and what these write to their signals? So nothing waits for itself. */
const isSelfContained = (graph: TaskGraph, id: TaskId): boolean => {
  const path = chainOf(graph, id).steps
  return [...dependencies(graph, id)].every((dependency) => {
    const task = taskAt(graph, dependency)
    if (task.kind === 'output') return path.includes(task.transform)
    return task.kind === 'source' || path.includes(dependency)
  })
}

/** The last of the steps after `id` that only add columns, none of which is among `fields`. */
const furthest = (graph: TaskGraph, id: TaskId, fields: Fields): TaskId => {
  if (fields === 'all') return id
  const next = readers(graph, id).find(
    (reader) =>
      isSelfContained(graph, reader) &&
      written(transformAt(graph, reader))?.every((name) => !fields.has(name)) === true,
  )
  return next === undefined ? id : furthest(graph, next, fields)
}

/** The field of a binned scale: selections on it test the field itself. */
const brushed = ({ definition }: TransformTask): readonly string[] => {
  const { type, field } = definition as Readonly<Record<string, unknown>>
  return (type === 'bin' || type === 'timeunit') && typeof field === 'string' ? [field] : []
}

const groupingsOf = (graph: TaskGraph, columns: readonly string[]): readonly (readonly string[])[] => {
  const found = graph.tasks.flatMap((task) => {
    if (task.kind !== 'transform' || task.definition.type !== 'aggregate') return []
    const names = texts((task.definition as Readonly<Record<string, unknown>>)['groupby'])
    return names !== undefined && names.length > 0 && names.every((name) => columns.includes(name)) ? [names] : []
  })
  return [...new Map(found.map((names) => [JSON.stringify(names), names])).values()]
}

const kept = new WeakMap<Needs, Map<string, StaticPart | undefined>>()

/** Where a chain stops to be the same whatever the viewer does; undefined when nothing after it would profit. */
export const staticPart = (context: Context, chain: Chain): StaticPart | undefined => {
  const parts = kept.get(context.needs) ?? new Map<string, StaticPart | undefined>()
  kept.set(context.needs, parts)
  const key = chain.steps.join()
  if (!parts.has(key)) parts.set(key, findPart(context, chain))
  return parts.get(key)
}

const findPart = ({ graph, needs, roots }: Context, { steps }: Chain): StaticPart | undefined => {
  const dynamic = steps.findIndex((step) => dependsOnRoots(graph, step))
  const shared = steps.findLastIndex((step) => readers(graph, step).some((reader) => dependsOnRoots(graph, reader)))
  const count = dynamic < 0 ? shared + 1 : dynamic
  const last = steps[count - 1]
  const next = steps[count]
  if (last === undefined || next === undefined) return undefined
  if (dynamic < 0 && shared < 0) return undefined
  // numbers of rows cost nothing to compute again
  if (steps.slice(0, count).every((step) => transformAt(graph, step).definition.type === 'identifier')) return undefined
  const reader = transformAt(graph, next)
  const end = furthest(graph, last, fieldsRead(reader, needs.get(next) ?? 'all', storeRows(reader, roots)))
  // Whoever starts from another step of the same part finds his columns here too, and what he may come to brush.
  const path = chainOf(graph, end).steps
  const ends = path.filter((step) => readers(graph, step).some((other) => !path.includes(other)))
  const fields = ends
    .map((step) => needs.get(step) ?? new Set<string>())
    .reduce(union, new Set(path.flatMap((step) => brushed(transformAt(graph, step)))))
  if (fields === 'all') return undefined
  const columns = [...fields].sort()
  return { end, steps: count, columns, groupings: groupingsOf(graph, columns) }
}
