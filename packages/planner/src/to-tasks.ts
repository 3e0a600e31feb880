import type { Bindings, Scalar, SourceOrigin, Task, TaskGraph, TaskId } from '@magpie-vega/protocol'
import { bindFrames } from './bind-frames.ts'
import { originKind } from './declare.ts'
import type { Draft, ServerValue } from './draft.ts'
import { freshNames } from './fresh-names.ts'
import { COUNTER, counterBefore } from './identifier-counter.ts'
import { canonical, isObject, type JsonObject } from './json.ts'
import { knownAgain, type KnownAgain } from './known-again.ts'
import { derivesSorted } from './made-order.ts'
import type { DataId, DataSet, StepPlace, Resolved, SignalId, Step } from './model.ts'
import type { ToServer } from './plan.ts'
import { tableOf } from './sources.ts'
import { bindProjection, type Bound } from './task-bindings.ts'
import { TABLE_SCHEME } from './plan.ts'
import { isIdleNest } from './trees.ts'

/** The task graph of a plan: equal tasks are one task. */
export interface Tasks {
  readonly graph: TaskGraph
  readonly toServer: readonly ToServer[]
  /** The task of each value asked for, in the order asked. */
  readonly tasks: readonly TaskId[]
  /** How the rows of each value asked for are known again; undefined where they are not, or never change. */
  readonly known: readonly (KnownAgain | undefined)[]
  /** Per task, the indices into `toServer` of the roots that it depends on, in order. */
  readonly roots: ReadonlyMap<TaskId, readonly number[]>
  /** The signals that the server computes. */
  readonly computed: ReadonlySet<SignalId>
}

const NO_BINDINGS: Bindings = { signals: {}, data: {} }

export const toTasks = ({ model, signals, data }: Draft, values: readonly ServerValue[]): Tasks => {
  const tasks: Task[] = []
  const byText = new Map<string, TaskId>()
  const toServer: ToServer[] = []
  const computed = new Set<SignalId>()

  const add = (task: Task): TaskId => {
    const text = canonical(task)
    const known = byText.get(text)
    if (known !== undefined) return known
    const id = tasks.length as TaskId
    tasks.push(task)
    byText.set(text, id)
    return id
  }

  const root = (name: string, kind: 'signal' | 'data', initial: ToServer['initial']): TaskId => {
    const before = tasks.length
    const task = add({ kind: 'root', name, type: kind })
    if (task === before) toServer.push(initial === undefined ? { task, kind, name } : { task, kind, name, initial })
    return task
  }

  const signal = (id: SignalId): TaskId => {
    const side = signals[id]
    const found = model.signals[id]
    if (side === undefined || found === undefined || side.kind === 'browser')
      throw new Error(`no server value for signal ${id}`)
    if (side.kind === 'root') return root(found.name, 'signal', side.initial)
    computed.add(id)
    if (side.kind === 'output') return add({ kind: 'output', transform: rows(side.data, side.step + 1) })
    return add({ kind: 'expression', expression: side.expression, ...bindings(found.reads) })
  }

  const whole = (id: DataId): TaskId => {
    const set = dataSet(id)
    return data[id]?.store === true ? root(set.name, 'data', storeRows(set)) : rows(id, set.steps.length)
  }

  const bindings = (reads: Resolved): Bindings => {
    const named = {
      signals: Object.fromEntries(
        [...reads.signals].flatMap(([name, id]) => (id === undefined ? [] : [[name, signal(id)]])),
      ),
      data: Object.fromEntries([...reads.data].flatMap(([name, id]) => (id === undefined ? [] : [[name, whole(id)]]))),
    }
    const frames = [...reads.frames.values()].flatMap((id) => (id === undefined ? [] : (model.frames[id] ?? [])))
    return bindFrames(named, frames, model.words, { add, bindings, value, whole })
  }

  const dataSet = (id: DataId): DataSet => {
    const set = model.data[id]
    if (set === undefined) throw new Error(`no data set ${id}`)
    return set
  }

  const rows = (id: DataId, steps: number): TaskId => {
    const set = dataSet(id)
    const step = steps === 0 ? undefined : set.steps[steps - 1]
    if (step === undefined) return origin(set)
    const made = steps > 1 || originKind(set.definition) !== 'none'
    if (made && isIdleNest(model, set, steps - 1)) return rows(id, steps - 1)
    const own = { kind: 'transform', ...stepOf(step, { data: id, step: steps - 1 }) } as const
    return steps === 1 && originKind(set.definition) === 'none' ? add(own) : add({ ...own, input: rows(id, steps - 1) })
  }

  /** A transform of a data set, with what it reads. */
  const stepOf = ({ definition: given, type, reads }: Step, at: StepPlace): Bound => {
    const bound = bindings(reads)
    if (type !== 'identifier') return bindProjection({ ...given, type }, bound, add)
    // a parameter of ours, which Vega would not know in a spec
    const { after: _after, ...definition } = given
    const counter = counterBefore(model, at, rows, add)
    if (counter === undefined) return { ...bound, definition: { ...definition, type } }
    const signals = { ...bound.signals, [COUNTER]: counter }
    return { ...bound, signals, definition: { ...definition, type, after: { signal: COUNTER } } }
  }

  const origin = (set: DataSet): TaskId => {
    const { definition, sources } = set
    if (sources.length > 0) {
      const inputs = sources.flatMap((source) => (source === undefined ? [] : [whole(source)]))
      const [only] = inputs
      const asTheyAre = inputs.length === 1 && !derivesSorted(model, set)
      return asTheyAre && only !== undefined ? only : add({ kind: 'union', inputs })
    }
    const format = isObject(definition.format) ? { format: definition.format } : {}
    if (originKind(definition) === 'values') {
      return add({ kind: 'source', from: { kind: 'values', json: JSON.stringify(definition.values) }, ...format })
    }
    return add({ kind: 'source', from: urlOf(set), ...format })
  }

  const urlOf = ({ definition: { url }, urlReads }: DataSet): SourceOrigin => {
    if (isObject(url)) {
      const text = String(url.signal)
      const around = bindings(urlReads)
      const named = Object.hasOwn(around.signals, text) ? around.signals[text] : undefined
      return { kind: 'url-of', task: named ?? add({ kind: 'expression', expression: text, ...around }) }
    }
    const text = String(url)
    return text.startsWith(TABLE_SCHEME) ? { kind: 'table', sha256: tableOf(text) } : { kind: 'url', url: text }
  }

  const step = (definition: JsonObject & { readonly type: string }, input: TaskId): TaskId =>
    add({ kind: 'transform', definition, input, ...NO_BINDINGS })

  const extent = (id: DataId, field: string): TaskId =>
    add({ kind: 'output', transform: step({ type: 'extent', field, signal: 'domain' }, whole(id)) })

  const value = (wanted: ServerValue): TaskId => {
    if (wanted.kind === 'rows') return rows(wanted.data, wanted.steps)
    if (wanted.kind === 'signal') return signal(wanted.signal)
    if (wanted.kind === 'extent') return extent(wanted.data, wanted.field)
    if (wanted.kind === 'extent-rows') {
      const domain = extent(wanted.data, wanted.field)
      const two = add({
        kind: 'transform',
        definition: { type: 'sequence', start: 0, stop: 2, as: 'end' },
        ...NO_BINDINGS,
      })
      const definition = { type: 'formula', expr: 'domain[datum.end]', as: wanted.column } as const
      return add({ kind: 'transform', definition, input: two, signals: { domain }, data: {} })
    }
    if (wanted.kind === 'list') {
      const rows = value(wanted.of)
      const expression = `pluck(data('rows'), ${JSON.stringify(wanted.of.field)})`
      return add({ kind: 'expression', expression, signals: {}, data: { rows } })
    }
    const { field, column, sort } = wanted
    // An aggregate counts its rows as `count` unless told otherwise, also over a field of that name.
    const counted = column === 'count' ? { ops: ['count'], fields: [null], as: ['rows'] } : {}
    const groups = { type: 'aggregate', groupby: [field], ...counted } as const
    if (sort === undefined) return step(groups, whole(wanted.data))
    const order = sort.order === undefined ? {} : { order: [sort.order] }
    if (sort.op === undefined) {
      return step({ type: 'collect', sort: { field: [field], ...order } }, step(groups, whole(wanted.data)))
    }
    const as = column === 'rank' ? 'rank_2' : 'rank'
    const measured = { ...groups, ops: [sort.op], fields: [sort.field ?? null], as: [as] } as const
    return step({ type: 'collect', sort: { field: [as], ...order } }, step(measured, whole(wanted.data)))
  }

  const asked = values.map(value)
  const rooted = rootsOf(tasks, toServer)
  // tables have columns that the spec does not name: `row` may well be one
  const column = freshNames(model.words)('magpie_row')
  const known = values.map((wanted, i) => {
    const task = asked[i]
    return task === undefined || wanted.kind !== 'rows'
      ? undefined
      : knownAgain(task, { tasks, rootsOf: (id) => rooted.get(id) ?? [] }, column, add)
  })
  return {
    graph: { tasks },
    toServer,
    tasks: asked.map((task, i) => known[i]?.task ?? task),
    known,
    roots: rootsOf(tasks, toServer),
    computed,
  }
}

/** The rows of a store before the browser changes them; a sorted store's only when their order is plain. */
const storeRows = (set: DataSet): ToServer['initial'] => {
  const rows = Array.isArray(set.definition.values) ? (set.definition.values as readonly Scalar[]) : []
  return rows.length > 1 && set.steps.length > 0 ? undefined : { value: rows }
}

/** Tasks only refer to earlier ones, so one pass collects the roots. */
const rootsOf = (tasks: readonly Task[], toServer: readonly ToServer[]): ReadonlyMap<TaskId, readonly number[]> => {
  const order = new Map(toServer.map((entry, i) => [entry.task, i]))
  const roots = new Map<TaskId, readonly number[]>()
  tasks.forEach((task, i) => {
    const id = i as TaskId
    const own = order.get(id)
    const all = new Set(inputsOf(task).flatMap((input) => roots.get(input) ?? []))
    if (own !== undefined) all.add(own)
    roots.set(
      id,
      [...all].sort((a, b) => a - b),
    )
  })
  return roots
}

/** The tasks that a task refers to. */
export const inputsOf = (task: Task): readonly TaskId[] => {
  if (task.kind === 'source') return task.from.kind === 'url-of' ? [task.from.task] : []
  const bound = 'signals' in task ? [...Object.values(task.signals), ...Object.values(task.data)] : []
  if (task.kind === 'transform') return task.input === undefined ? bound : [task.input, ...bound]
  if (task.kind === 'output') return [task.transform]
  return task.kind === 'union' ? task.inputs : bound
}
