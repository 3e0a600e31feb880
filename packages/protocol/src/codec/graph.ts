import { MagpieError } from '../errors.ts'
import { magpie } from '../gen/magpie.js'
import type { Bindings, SourceOrigin, SourceTask, Task, TaskGraph, TaskId, TransformTask } from '../task-graph.ts'
import { parseJsonObject, parseJsonObjects } from './json-text.ts'
import { withinLimit } from './limits.ts'

type WireTask = magpie.v1.Task.$Properties
type WireBinding = magpie.v1.Binding.$Properties

/** Bytes of a task graph, also what its hash is taken of. */
export function encodeTaskGraph(graph: TaskGraph): Uint8Array {
  return magpie.v1.TaskGraph.encode(graphToWire(graph)).finish()
}

export const graphToWire = (graph: TaskGraph): magpie.v1.TaskGraph.$Properties => ({
  tasks: graph.tasks.map(taskToWire),
})

function taskToWire(task: Task): WireTask {
  switch (task.kind) {
    case 'root':
      return {
        root: { name: task.name, type: task.type === 'signal' ? magpie.v1.RootType.SIGNAL : magpie.v1.RootType.DATA },
      }
    case 'source':
      return { source: { ...originToWire(task.from), ...(task.format && { format: JSON.stringify(task.format) }) } }
    case 'transform':
      return {
        transform: {
          definition: JSON.stringify(task.definition),
          ...(task.input !== undefined && { input: task.input }),
          ...bindingsToWire(task),
        },
      }
    case 'output':
      return { output: { transform: task.transform } }
    case 'expression':
      return {
        expression: { expression: task.expression, ...bindingsToWire(task) },
      }
    case 'union':
      return { union: { inputs: [...task.inputs] } }
  }
}

function originToWire(from: SourceOrigin): magpie.v1.Source.$Properties {
  switch (from.kind) {
    case 'table':
      return { table: from.sha256 }
    case 'url':
      return { url: from.url }
    case 'url-of':
      return { urlOf: from.task }
    case 'values':
      return { values: from.json }
  }
}

interface WireBindings {
  readonly signals: WireBinding[]
  readonly data: WireBinding[]
  readonly scales?: string
  readonly projections?: string
}

const bindingsToWire = ({ signals, data, scales, projections }: Bindings): WireBindings => ({
  signals: namesToWire(signals),
  data: namesToWire(data),
  ...(scales !== undefined && { scales: JSON.stringify(scales) }),
  ...(projections !== undefined && { projections: JSON.stringify(projections) }),
})

const namesToWire = (names: Readonly<Record<string, TaskId>>): WireBinding[] =>
  Object.entries(names).map(([name, task]) => ({ name, task }))

/** Reads and checks a graph: every reference points to an earlier task, every definition is JSON with a `type`. */
export function graphFromWire(wire: magpie.v1.TaskGraph.$Properties): TaskGraph {
  const tasks = wire.tasks ?? []
  withinLimit(tasks.length, 'tasks', '/graph/tasks')
  return { tasks: tasks.map((task, index) => taskFromWire(task, index, tasks)) }
}

function taskFromWire(wire: WireTask, index: number, all: readonly WireTask[]): Task {
  const place = `/graph/tasks/${index}`
  const earlier = (id: number | null | undefined): TaskId => earlierTask(id, index, place)
  const bindings = (from: WireNames): Bindings => bindingsFromWire(from, earlier, place)
  switch (wire.kind) {
    case 'root':
      return { kind: 'root', name: wire.root?.name ?? '', type: rootType(wire.root?.type, place) }
    case 'source':
      return sourceFromWire(wire.source ?? {}, earlier, place)
    case 'transform': {
      const { definition, input } = wire.transform ?? {}
      const bound = bindings(wire.transform ?? {})
      const task = { kind: 'transform', definition: transformDefinition(definition ?? '', place), ...bound } as const
      return input === null || input === undefined ? task : { ...task, input: earlier(input) }
    }
    case 'output': {
      const transform = earlier(wire.output?.transform)
      if (all[transform]?.kind !== 'transform')
        throw new MagpieError('bad-request', 'An output must refer to a transform', { place })
      return { kind: 'output', transform }
    }
    case 'expression':
      return { kind: 'expression', expression: wire.expression?.expression ?? '', ...bindings(wire.expression ?? {}) }
    case 'union':
      return { kind: 'union', inputs: (wire.union?.inputs ?? []).map(earlier) }
    default:
      throw new MagpieError('bad-request', 'A task has no kind', { place })
  }
}

function earlierTask(id: number | null | undefined, index: number, place: string): TaskId {
  if (typeof id === 'number' && id < index) return id as TaskId
  throw new MagpieError('bad-request', `Task ${index} refers to task ${String(id)}, which does not come earlier`, {
    place,
  })
}

interface WireNames {
  readonly signals?: readonly WireBinding[] | null
  readonly data?: readonly WireBinding[] | null
  readonly scales?: string | null
  readonly projections?: string | null
}

function bindingsFromWire(
  { signals, data, scales, projections }: WireNames,
  earlier: (id: number | null | undefined) => TaskId,
  place: string,
): Bindings {
  return {
    signals: namesFromWire(signals ?? [], earlier, place),
    data: namesFromWire(data ?? [], earlier, place),
    ...(scales ? { scales: parseJsonObjects(scales, `${place}/scales`) } : {}),
    ...(projections ? { projections: parseJsonObjects(projections, `${place}/projections`) } : {}),
  }
}

function namesFromWire(
  list: readonly WireBinding[],
  earlier: (id: number | null | undefined) => TaskId,
  place: string,
): Readonly<Record<string, TaskId>> {
  withinLimit(list.length, 'bindings', place)
  return Object.fromEntries(list.map(({ name, task }) => [name ?? '', earlier(task ?? 0)]))
}

function rootType(type: magpie.v1.RootType | null | undefined, place: string): 'signal' | 'data' {
  if (type === magpie.v1.RootType.SIGNAL) return 'signal'
  if (type === magpie.v1.RootType.DATA) return 'data'
  throw new MagpieError('bad-request', 'A root is neither a signal nor a data set', { place })
}

function transformDefinition(text: string, place: string): TransformTask['definition'] {
  const definition = parseJsonObject(text, `${place}/definition`)
  const { type } = definition
  if (typeof type === 'string') return { ...definition, type }
  throw new MagpieError('bad-request', 'A transform has no type', { place: `${place}/definition` })
}

function sourceFromWire(
  wire: magpie.v1.Source.$Properties,
  earlier: (id: number | null | undefined) => TaskId,
  place: string,
): SourceTask {
  const from = originFromWire(wire, earlier, place)
  if (!wire.format) return { kind: 'source', from }
  return { kind: 'source', from, format: parseJsonObject(wire.format, `${place}/format`) }
}

function originFromWire(
  wire: magpie.v1.Source.$Properties,
  earlier: (id: number | null | undefined) => TaskId,
  place: string,
): SourceOrigin {
  switch (wire.from) {
    case 'table':
      if (!/^[0-9a-f]{64}$/.test(wire.table ?? ''))
        throw new MagpieError('bad-request', 'A table is not named by a SHA-256', { place })
      return { kind: 'table', sha256: wire.table ?? '' }
    case 'url':
      return { kind: 'url', url: wire.url ?? '' }
    case 'urlOf':
      return { kind: 'url-of', task: earlier(wire.urlOf) }
    case 'values':
      return { kind: 'values', json: wire.values ?? '' }
    default:
      throw new MagpieError('bad-request', 'A source has no origin', { place })
  }
}
