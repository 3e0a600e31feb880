import { createHash } from 'node:crypto'
import { columnUse } from '@magpie-vega/planner'
import { decodeError, encodeQueryRequest } from '@magpie-vega/protocol'
import type { MagpieError, QueryRequest, Scalar, Task, TaskGraph, TaskId } from '@magpie-vega/protocol'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import { onTestFinished } from 'vitest'
import { readConfig } from '../src/config.ts'
import type { Config } from '../src/config.ts'
import type { Evaluator, EvaluatorOptions } from '../src/evaluate.ts'
import { createEvaluator } from '../src/evaluator.ts'
import { mintGrant } from '../src/grants.ts'
import type { GrantPayload } from '../src/grants.ts'
import { createInspect } from '../src/inspect.ts'
import { startRuntime } from '../src/runtime.ts'

export const SECRET = 'the secret of these tests'
export const grant = (payload: Omit<GrantPayload, 'v'>): string => mintGrant(SECRET, { v: 1, ...payload })

/** A real service on a free port of the loopback, ended with the test. */
export async function startService(
  options: Partial<Config> = {},
  create: (options: EvaluatorOptions) => Evaluator = createEvaluator,
) {
  const command = readConfig({ argv: [], env: { MAGPIE_SECRET: SECRET }, readFile: () => '{}' })
  if (command.kind !== 'serve') throw new Error('expected a configuration')
  const config = { ...command.config, memoryLimit: 500_000_000, threads: 1, vegaProcesses: 1, ...options }
  const log: string[] = []
  const runtime = await startRuntime(config, {
    createEvaluator: create,
    inspect: createInspect(columnUse),
    version: 'test',
    log: (level, event, fields) => log.push(JSON.stringify({ level, event, ...fields })),
  })
  onTestFinished(() => runtime.close(100))
  return { ...runtime, log }
}

export const id = (index: number): TaskId => index as TaskId

/** One root signal, asked for: the smallest query. */
export const echo = (value: Scalar, more: Partial<QueryRequest> = {}): QueryRequest => ({
  graph: { kind: 'graph', graph: { tasks: [{ kind: 'root', name: 'x', type: 'signal' }] } },
  roots: new Map([[id(0), value]]),
  wanted: [{ task: id(0), columns: 'all' }],
  timeZone: 'UTC',
  grants: [],
  ...more,
})

/** A query for the last task of a graph. */
export const askFor = (tasks: readonly Task[], more: Partial<QueryRequest> = {}): QueryRequest => {
  const graph: TaskGraph = { tasks }
  const wanted = [{ task: id(tasks.length - 1), columns: 'all' }] as const
  return { graph: { kind: 'graph', graph }, roots: new Map(), wanted, timeZone: 'UTC', grants: [], ...more }
}

export const PROTOBUF = { 'content-type': 'application/x-protobuf' }

export const post = (url: string, body: Uint8Array, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { method: 'POST', body: Buffer.from(body), headers: PROTOBUF, ...init })

export const query = (url: string, request: QueryRequest, init: RequestInit = {}): Promise<Response> =>
  post(`${url}/v1/query`, encodeQueryRequest(request), init)

export const bytesOf = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer())
export const errorOf = async (response: Response): Promise<MagpieError> => decodeError(await bytesOf(response))

/** A small table as an Arrow IPC stream, and its name. */
export function smallTable(rows = 3): { readonly bytes: Uint8Array; readonly sha256: string } {
  const x = Float64Array.from({ length: rows }, (_, index) => index)
  const bytes = tableToIPC(tableFromArrays({ x, name: Array.from(x, (value) => `row ${value}`) }), 'stream')
  return { bytes, sha256: sha256Of(bytes) }
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
