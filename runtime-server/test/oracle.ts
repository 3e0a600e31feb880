import type { Scalar, Task, TaskId } from '@magpie-vega/protocol'
import { type LoggerInterface, parse, type Spec, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { toScalar } from '../src/arrow/to-scalar.ts'

type Json = Readonly<Record<string, unknown>>

/** One data set: where its rows come from, and what is done with them. */
export interface Pipeline {
  readonly values?: unknown
  readonly url?: string
  readonly format?: Json
  readonly transform?: readonly (Json & { readonly type: string })[]
  readonly signals?: Readonly<Record<string, Scalar>>
  /** Other data sets that the transforms read. */
  readonly data?: Readonly<Record<string, readonly unknown[]>>
}

/** The task graph of a pipeline; its last transform is the task `rows`, its signals are bound to every step after them. */
export const graphOf = (pipeline: Pipeline) => {
  const tasks: Task[] = []
  const roots = new Map<TaskId, Scalar>()
  const add = (task: Task): TaskId => (tasks.push(task) - 1) as TaskId
  const signals: Record<string, TaskId> = {}
  for (const [name, value] of Object.entries(pipeline.signals ?? {})) {
    signals[name] = add({ kind: 'root', name, type: 'signal' })
    roots.set(signals[name], value)
  }
  const data: Record<string, TaskId> = {}
  for (const [name, rows] of Object.entries(pipeline.data ?? {})) {
    data[name] = add({ kind: 'root', name, type: 'data' })
    roots.set(data[name], rows as Scalar)
  }
  const { url, values, format } = pipeline
  const from =
    url === undefined
      ? ({ kind: 'values', json: JSON.stringify(values ?? []) } as const)
      : ({ kind: 'url', url } as const)
  const none = url === undefined && values === undefined
  let rows: TaskId | undefined = none
    ? undefined
    : add({ kind: 'source', from, ...(format === undefined ? {} : { format }) })
  const outputs: Record<string, TaskId> = {}
  for (const definition of pipeline.transform ?? []) {
    const input = rows === undefined ? {} : { input: rows }
    const named = JSON.stringify(definition)
    const used = Object.fromEntries(Object.entries(data).filter(([name]) => named.includes(name)))
    rows = add({ kind: 'transform', definition, ...input, signals: { ...signals }, data: used })
    const { signal } = definition
    if (typeof signal === 'string') outputs[signal] = signals[signal] = add({ kind: 'output', transform: rows })
  }
  return { tasks, roots, rows: rows ?? (0 as TaskId), outputs }
}

/** The same in Vega itself, in this process. */
export const vegaItself = async (pipeline: Pipeline, text: (url: string) => Promise<string>) => {
  const { url, values, format, transform, signals = {}, data = {} } = pipeline
  const source = url === undefined ? (values === undefined ? {} : { values: structuredClone(values) }) : { url }
  const spec = {
    signals: Object.entries(signals).map(([name, value]) => ({ name, value })),
    data: [
      ...Object.entries(data).map(([name, rows]) => ({ name, values: structuredClone(rows) })),
      { name: 'rows', ...source, ...(format === undefined ? {} : { format }), ...(transform && { transform }) },
    ],
  } as unknown as Spec
  const loader = { load: text, sanitize: async (uri: string) => ({ href: uri }), http: text, file: text }
  const errors: unknown[] = []
  const log = new Proxy(Object.create(null) as LoggerInterface, {
    get:
      (_, level) =>
      (...messages: unknown[]) => {
        if (level === 'error' || level === 'warn') errors.push(...messages)
        return log
      },
  })
  const view = new View(parse(spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'none',
    loader: loader as never,
    logger: log as never,
  })
  await view.runAsync()
  if (errors.length > 0) throw errors[0]
  const outputs = (transform ?? []).flatMap(({ signal }) => (typeof signal === 'string' ? [signal] : []))
  return {
    rows: toScalar(view.data('rows')),
    outputs: Object.fromEntries(outputs.map((name) => [name, toScalar(view.signal(name))])),
  }
}
