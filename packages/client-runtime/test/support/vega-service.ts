import { decodeQueryRequest, encodeQueryResponse, MagpieError } from '@magpie-vega/protocol'
import type { Bindings, QueryRequest, Scalar, SourceTask, Task, TaskGraph, Value } from '@magpie-vega/protocol'
import { parse, read, View } from 'vega'
import type { Spec } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { snapshot } from '../../src/snapshot.ts'
import type { Transport } from '../../src/transport.ts'
import { arrowOf } from './arrow-rows.ts'

type Row = Readonly<Record<string, Scalar>>
/** What a task yields: rows, or a scalar; a transform also the scalar that it writes to its `signal`. */
interface Yield {
  readonly rows?: readonly Row[]
  readonly scalar?: Scalar
  readonly output?: Scalar
}

const OUT = '__out'

/** Rows by table hash or URL. */
export type Tables = Readonly<Record<string, readonly Row[]>>

const copy = (rows: readonly Row[]): Row[] => rows.map((row) => Object.fromEntries(Object.entries(row)))

const evaluated = async (spec: Readonly<Record<string, unknown>>): Promise<View> => {
  const errors: unknown[] = []
  const logger = {
    level: () => 1,
    error: (...all: unknown[]) => errors.push(...all),
    warn: () => 0,
    info: () => 0,
    debug: () => 0,
  }
  const options = { renderer: 'none', expr: expressionInterpreter, logger } as unknown as ConstructorParameters<
    typeof View
  >[1]
  const view = await new View(parse(spec as Spec, undefined, { ast: true }), options).runAsync()
  if (errors.length > 0) throw new MagpieError('evaluation-failed', String(errors[0]))
  return view
}

/** The task graph's meaning, spelled with Vega alone: one View per task. */
const evaluate = async (
  { tasks }: TaskGraph,
  { roots, wanted }: QueryRequest,
  tables: Tables,
): Promise<(Value | MagpieError)[]> => {
  const values = new Map<number, Promise<Yield>>()
  const valueOf = (index: number): Promise<Yield> => {
    const known = values.get(index)
    if (known !== undefined) return known
    const task = tasks[index]
    const value = task === undefined ? Promise.reject(new Error(`no task ${index}`)) : compute(task, index)
    values.set(index, value)
    return value
  }
  const rowsOf = async (index: number): Promise<Row[]> => copy((await valueOf(index)).rows ?? [])
  const scope = async ({ signals, data }: Bindings): Promise<{ signals: unknown[]; data: unknown[] }> => ({
    signals: await Promise.all(
      Object.entries(signals).map(async ([name, task]) => ({ name, value: (await valueOf(task)).scalar })),
    ),
    data: await Promise.all(Object.entries(data).map(async ([name, task]) => ({ name, values: await rowsOf(task) }))),
  })
  const compute = async (task: Task, index: number): Promise<Yield> => {
    switch (task.kind) {
      case 'root': {
        if (![...roots.keys()].some((root) => root === index))
          throw new MagpieError('bad-request', `root ${task.name} is missing`)
        const value = [...roots].find(([root]) => root === index)?.[1]
        return task.type === 'data' ? { rows: value as readonly Row[] } : { scalar: value }
      }
      case 'source':
        if (task.from.kind === 'url-of') throw new MagpieError('unsupported', 'URLs from signals are not served here')
        return { rows: sourceRows(task.from, task.format, tables) }
      case 'union':
        return { rows: (await Promise.all(task.inputs.map(rowsOf))).flat() }
      case 'output':
        return { scalar: (await valueOf(task.transform)).output }
      case 'expression': {
        const names = await scope(task)
        const view = await evaluated({ ...names, signals: [...names.signals, { name: OUT, update: task.expression }] })
        return { scalar: snapshot(view.signal(OUT) as unknown, OUT) }
      }
      case 'transform': {
        const names = await scope(task)
        const values = task.input === undefined ? {} : { values: await rowsOf(task.input) }
        const view = await evaluated({
          ...names,
          data: [...names.data, { name: OUT, ...values, transform: [task.definition] }],
        })
        const output = task.definition['signal']
        return {
          rows: view.data(OUT) as Row[],
          ...(typeof output === 'string' ? { output: snapshot(view.signal(output) as unknown, output) } : {}),
        }
      }
    }
  }
  return Promise.all(
    wanted.map(async ({ task, columns }): Promise<Value | MagpieError> => {
      try {
        const { rows, scalar } = await valueOf(task)
        return rows === undefined ? { kind: 'scalar', value: scalar } : { kind: 'table', bytes: arrowOf(rows, columns) }
      } catch (error) {
        return error instanceof MagpieError ? error : new MagpieError('evaluation-failed', String(error))
      }
    }),
  )
}

const sourceRows = (
  from: Exclude<SourceTask['from'], { readonly kind: 'url-of' }>,
  format: SourceTask['format'],
  tables: Tables,
): readonly Row[] => {
  if (from.kind === 'values') {
    const text = JSON.parse(from.json) as unknown
    return read(typeof text === 'string' ? text : from.json, { type: 'json', ...format }) as Row[]
  }
  const rows = tables[from.kind === 'table' ? from.sha256 : from.url]
  if (rows === undefined) throw new MagpieError('table-missing', 'The service has no such table')
  return rows
}

/** A service in this process: the wire as it is, the evaluation by Vega. */
export interface VegaService extends Transport {
  /** The body of an answer; `graph-unknown` once for each graph that it has not seen. */
  answer(body: Uint8Array): Promise<Uint8Array>
  /** Forgets all graphs, as a restart does. */
  restart(): void
  readonly requests: QueryRequest[]
}

export const vegaService = (tables: () => Tables): VegaService => {
  const graphs = new Map<string, TaskGraph>()
  const requests: QueryRequest[] = []
  const answer = async (body: Uint8Array): Promise<Uint8Array> => {
    const request = decodeQueryRequest(body)
    requests.push(request)
    const hash =
      request.graph.kind === 'hash'
        ? request.graph.hash
        : new TextEncoder().encode(String(numberOf(request.graph.graph)))
    const key = String(hash)
    if (request.graph.kind === 'graph') graphs.set(key, request.graph.graph)
    const graph = graphs.get(key)
    if (graph === undefined) return encodeQueryResponse({ kind: 'graph-unknown' })
    return encodeQueryResponse({ kind: 'results', graphHash: hash, results: await evaluate(graph, request, tables()) })
  }
  return {
    requests,
    answer,
    restart: () => graphs.clear(),
    send: async (_path, body, signal) => {
      const bytes = await answer(body)
      if (signal.aborted) throw new MagpieError('cancelled', 'given up')
      return bytes
    },
  }
}

const numberOf = (graph: TaskGraph): number =>
  [...JSON.stringify(graph)].reduce((hash, character) => (hash * 31 + (character.codePointAt(0) ?? 0)) % 1e9, 7)
