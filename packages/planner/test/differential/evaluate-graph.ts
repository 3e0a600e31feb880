import type { Scalar, Task, TaskGraph, TaskId, TransformTask } from '@magpie-vega/protocol'
import * as vega from 'vega'
import { COUNTER } from '../../src/identifier-counter.ts'
import { inputsOf } from '../../src/to-tasks.ts'
import { LOADER } from './loader.ts'

/** The value of a task: rows, or the scalar of a signal. */
export type Value = { readonly rows: readonly object[] } | { readonly scalar: unknown }

/** Evaluates the wanted tasks of a graph, and what they need, with real Vega: one small view per task. */
export const evaluateGraph = async (
  graph: TaskGraph,
  roots: ReadonlyMap<TaskId, Scalar>,
  wanted: ReadonlySet<TaskId>,
): Promise<ReadonlyMap<TaskId, Value>> => {
  const needed = new Set(wanted)
  for (let i = graph.tasks.length - 1; i >= 0; --i) {
    const task = graph.tasks[i]
    if (task !== undefined && needed.has(i as TaskId)) inputsOf(task).forEach((input) => needed.add(input))
  }
  const values = new Map<TaskId, Value>()
  const outputs = new Map<TaskId, unknown>()
  for (const [i, task] of graph.tasks.entries()) {
    const id = i as TaskId
    if (needed.has(id)) values.set(id, await evaluate(graph, task, id, values, outputs, roots))
  }
  return values
}

const evaluate = async (
  graph: TaskGraph,
  task: Task,
  id: TaskId,
  values: ReadonlyMap<TaskId, Value>,
  outputs: Map<TaskId, unknown>,
  roots: ReadonlyMap<TaskId, Scalar>,
): Promise<Value> => {
  const rows = (input: TaskId): object[] => {
    const value = values.get(input)
    if (value === undefined || !('rows' in value)) throw new Error(`task ${input} has no rows`)
    return value.rows.map(copy)
  }
  const scalar = (input: TaskId): unknown => {
    const value = values.get(input)
    if (value === undefined || !('scalar' in value)) throw new Error(`task ${input} has no scalar`)
    return value.scalar
  }
  if (task.kind === 'root') {
    const value = roots.get(id)
    return task.type === 'data' ? { rows: (value ?? []) as object[] } : { scalar: value }
  }
  if (task.kind === 'output') return { scalar: outputs.get(task.transform) }
  if (task.kind === 'union') return { rows: task.inputs.flatMap(rows) }
  if (task.kind === 'source') {
    const { from } = task
    const origin =
      from.kind === 'values'
        ? { values: JSON.parse(from.json) as unknown }
        : from.kind === 'url-of'
          ? { url: String(scalar(from.task)) }
          : { url: from.kind === 'url' ? from.url : `magpie+table://${from.sha256}` }
    const view = await run({ data: [{ name: 'out', ...origin, format: task.format }] }, new Map())
    return { rows: view.data('out').map(copy) }
  }
  const bound = task.kind === 'expression' ? [task] : treeOf(graph, id).steps
  const data = [...new Map(bound.flatMap((one) => Object.entries(one.data)))].map(([name, input]) => ({
    name,
    rows: rows(input),
  }))
  const signals = [...new Map(bound.flatMap((one) => Object.entries(one.signals)))].map(([name, input]) => ({
    name,
    value: scalar(input),
  }))
  const given = new Map(data.map(({ name, rows: own }) => [name, own]))
  const frames = (kind: 'scales' | 'projections'): readonly object[] => [
    ...new Map(bound.flatMap((one) => one[kind] ?? []).map((own) => [own['name'], own])).values(),
  ]
  const shared = {
    signals,
    data: data.map(({ name }) => ({ name })),
    scales: structuredClone(frames('scales')),
    projections: frames('projections'),
  }
  if (task.kind === 'expression') {
    const view = await run({ ...shared, signals: [...signals, { name: 'out__', update: task.expression }] }, given)
    return { scalar: view.signal('out__') as unknown }
  }
  const { steps, base } = treeOf(graph, id)
  const { signal } = task.definition
  const transform = steps.map((step, i) => {
    const { signal: _signal, after: _after, ...definition } = structuredClone(step.definition)
    const projection = isObject(definition.projection) ? { projection: `projection__${i}` } : {}
    return { ...definition, ...projection, ...(step === task && signal !== undefined ? { signal: 'signal__' } : {}) }
  })
  const projections = steps.flatMap(({ definition: { projection } }, i) =>
    isObject(projection) ? [{ ...projection, name: `projection__${i}` }] : [],
  )
  const input = base === undefined ? {} : { source: 'in__' }
  // rows that are numbered first, so that Vega's counter stands where it does in the whole chart
  const before = task.definition.after === undefined ? undefined : task.signals[COUNTER]
  const numbered =
    before === undefined
      ? []
      : [
          {
            name: 'numbered__',
            transform: [
              { type: 'sequence', start: 0, stop: scalar(before) },
              { type: 'identifier', as: 'id' },
            ],
          },
        ]
  if (base !== undefined) given.set('in__', rows(base))
  const spec = {
    ...shared,
    projections: [...shared.projections, ...projections],
    data: [
      ...numbered,
      ...shared.data,
      ...(base === undefined ? [] : [{ name: 'in__' }]),
      { name: 'out__', ...input, transform },
    ],
  }
  const view = await run(spec, given)
  if (signal !== undefined) outputs.set(id, view.signal('signal__'))
  return { rows: view.data('out__').map(copy) }
}

/** The transforms that must run together: a tree is not among the rows. */
const treeOf = (
  graph: TaskGraph,
  id: TaskId,
): { readonly steps: readonly TransformTask[]; readonly base: TaskId | undefined } => {
  const chain: TransformTask[] = []
  let base: TaskId | undefined = id
  for (;;) {
    const task: Task | undefined = base === undefined ? undefined : graph.tasks[base]
    if (task?.kind !== 'transform') break
    chain.unshift(task)
    base = task.input
  }
  const builder = chain.findIndex((step) => step.definition.type === 'stratify' || step.definition.type === 'nest')
  const last = chain.at(-1)
  if (builder < 0) return { steps: last === undefined ? [] : [last], base: last?.input }
  return { steps: chain.slice(builder), base: chain[builder]?.input }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const run = async (spec: object, given: ReadonlyMap<string, object[]>): Promise<vega.View> => {
  const sizes = (spec as { signals?: { name: string }[] }).signals ?? []
  const clash = new Set(['width', 'height', 'padding', 'autosize', 'background'])
  const builtIn = Object.fromEntries(sizes.filter((s) => clash.has(s.name)).map((s) => [s.name, undefined]))
  const view = new vega.View(vega.parse({ ...spec, ...builtIn } as vega.Spec), {
    renderer: 'none',
    loader: LOADER,
    logLevel: vega.Error,
  })
  for (const [name, rows] of given) view.data(name, rows)
  await view.runAsync()
  view.finalize()
  return view
}

/** A row without the identity that Vega gave it. */
const copy = (row: object): object => Object.fromEntries(Object.entries(row))
