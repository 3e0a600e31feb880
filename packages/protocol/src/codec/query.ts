import { MagpieError } from '../errors.ts'
import { magpie } from '../gen/magpie.js'
import type { GraphReference, QueryRequest, QueryResponse } from '../messages.ts'
import type { Scalar } from '../scalar.ts'
import type { TaskId, Wanted } from '../task-graph.ts'
import type { Value } from '../value.ts'
import { PROTOCOL_VERSION } from '../version.ts'
import { checkVersion, decoding, errorFromWire, errorToWire } from './error.ts'
import { graphFromWire, graphToWire } from './graph.ts'
import { withinLimit } from './limits.ts'
import { scalarFromWire, scalarToWire } from './scalar.ts'
import type { ScalarBudget } from './scalar.ts'

/** Bytes of a request; throws `unsupported` when a root value cannot be sent. */
export function encodeQueryRequest(request: QueryRequest): Uint8Array {
  const roots = Array.from(request.roots, ([task, value]) => ({ task, value: scalarToWire(value, `/roots/${task}`) }))
  return magpie.v1.QueryRequest.encode({
    protocolVersion: PROTOCOL_VERSION,
    ...(request.graph.kind === 'graph'
      ? { graph: graphToWire(request.graph.graph) }
      : { graphHash: request.graph.hash }),
    roots,
    wanted: request.wanted.map(wantedToWire),
    timeZone: request.timeZone,
    grants: [...request.grants],
  }).finish()
}

const wantedToWire = ({ task, columns }: Wanted): magpie.v1.Wanted.$Properties =>
  columns === 'all' ? { task, allColumns: true } : { task, columns: [...columns] }

/**
 * Reads and checks a request; throws `bad-request` or `version-mismatch`. When the graph comes as a hash, the tasks that
 * `roots` and `wanted` name can only be checked once the graph is known.
 */
export function decodeQueryRequest(bytes: Uint8Array): QueryRequest {
  return decoding('query request', () => {
    const wire = magpie.v1.QueryRequest.decode(bytes)
    checkVersion(wire.protocolVersion)
    const { roots = [], wanted = [], grants = [], timeZone = '' } = wire
    withinLimit(wanted.length, 'wanted', '/wanted')
    withinLimit(grants.length, 'grants', '/grants')
    return {
      graph: graphReference(wire),
      roots: rootsFromWire(roots),
      wanted: wanted.map(wantedFromWire),
      timeZone,
      grants: [...grants],
    }
  })
}

function graphReference(wire: magpie.v1.QueryRequest): GraphReference {
  if (wire.graphBy === 'graph' && wire.graph) return { kind: 'graph', graph: graphFromWire(wire.graph) }
  if (wire.graphBy === 'graphHash' && wire.graphHash) return { kind: 'hash', hash: wire.graphHash }
  throw new MagpieError('bad-request', 'The request names no graph', { place: '/graph' })
}

function rootsFromWire(roots: readonly magpie.v1.RootValue.$Properties[]): ReadonlyMap<TaskId, Scalar> {
  withinLimit(roots.length, 'tasks', '/roots')
  const budget: ScalarBudget = { spent: 0 }
  return new Map(
    roots.map(({ task, value }) => [(task ?? 0) as TaskId, scalarFromWire(value, `/roots/${task ?? 0}`, budget)]),
  )
}

function wantedFromWire(wire: magpie.v1.Wanted.$Properties, index: number): Wanted {
  const task = (wire.task ?? 0) as TaskId
  if (wire.allColumns === true) return { task, columns: 'all' }
  const columns = wire.columns ?? []
  withinLimit(columns.length, 'columns', `/wanted/${index}`)
  return { task, columns: [...columns] }
}

export function encodeQueryResponse(response: QueryResponse): Uint8Array {
  return magpie.v1.QueryResponse.encode({
    protocolVersion: PROTOCOL_VERSION,
    ...(response.kind === 'graph-unknown'
      ? { graphUnknown: true }
      : { graphHash: response.graphHash, results: response.results.map(resultToWire) }),
  }).finish()
}

function resultToWire(result: Value | MagpieError): magpie.v1.Result.$Properties {
  if (result instanceof MagpieError) return { error: errorToWire(result) }
  return result.kind === 'table' ? { table: result.bytes } : { scalar: scalarToWire(result.value, 'result') }
}

/** Reads a response; throws the error of a request that could not be answered as a whole, and `version-mismatch`. */
export function decodeQueryResponse(bytes: Uint8Array): QueryResponse {
  return decoding('query response', () => {
    const wire = magpie.v1.QueryResponse.decode(bytes)
    checkVersion(wire.protocolVersion)
    if (wire.error) throw errorFromWire(wire.error)
    if (wire.graphUnknown === true) return { kind: 'graph-unknown' }
    const results = (wire.results ?? []).map(resultFromWire)
    return { kind: 'results', graphHash: wire.graphHash ?? new Uint8Array(), results }
  })
}

function resultFromWire(wire: magpie.v1.Result.$Properties, index: number): Value | MagpieError {
  switch (wire.kind) {
    case 'scalar':
      return { kind: 'scalar', value: scalarFromWire(wire.scalar, `/results/${index}`) }
    case 'table':
      return { kind: 'table', bytes: wire.table ?? new Uint8Array() }
    case 'error':
      return errorFromWire(wire.error ?? {})
    default:
      throw new MagpieError('bad-request', 'A result has no value', { place: `/results/${index}` })
  }
}
