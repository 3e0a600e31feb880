import type { Plan } from '@magpie-vega/planner'
import { decodeError, decodeQueryResponse, encodeQueryRequest } from '@magpie-vega/protocol'
import type { QueryResponse, Scalar, TaskId } from '@magpie-vega/protocol'
import type { Transport } from './transport.ts'

/** The service's path for queries. */
export const QUERY_PATH = '/v1/query'

/** One request, by indices into the plan. */
export interface Question {
  readonly plan: Plan
  /** Values asked for, by index in `plan.toClient`. */
  readonly wanted: readonly number[]
  /** All root values, by index in `plan.toServer`; those that nothing asked for depends on are not sent. */
  readonly roots: readonly Scalar[]
  /** Names the graph to a service that has seen it; absent: the whole graph is sent. */
  readonly hash: Uint8Array | undefined
  readonly timeZone: string
  readonly grants: readonly string[]
}

const encode = ({ plan, wanted, roots, hash, timeZone, grants }: Question): Uint8Array => {
  const values = wanted.flatMap((index) => plan.toClient[index] ?? [])
  const needed = new Set(values.flatMap(({ dependsOn }) => dependsOn))
  return encodeQueryRequest({
    graph: hash === undefined ? { kind: 'graph', graph: plan.graph } : { kind: 'hash', hash },
    roots: new Map(
      plan.toServer.flatMap(({ task }, index): [TaskId, Scalar][] => (needed.has(index) ? [[task, roots[index]]] : [])),
    ),
    wanted: values.map((value) => value.wanted),
    timeZone,
    grants,
  })
}

// what decodeError says of bytes that are no encoded error
const NO_ERROR = decodeError(new Uint8Array()).message

/** A channel that has no status hands over the body of a failed request, an encoded error, like any answer. */
const decode = (bytes: Uint8Array): QueryResponse => {
  try {
    return decodeQueryResponse(bytes)
  } catch (error) {
    const told = decodeError(bytes)
    throw told.message === NO_ERROR ? error : told
  }
}

/** Asks the service. Rejects with the error that it answered, or with the transport's. */
export const askService = async (
  question: Question,
  transport: Transport,
  signal: AbortSignal,
): Promise<QueryResponse> => decode(await transport.send(QUERY_PATH, encode(question), signal))
