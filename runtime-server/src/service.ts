import { decodeQueryRequest, encodeQueryResponse, MagpieError } from '@magpie-vega/protocol'
import type { QueryRequest, QueryResponse, Value } from '@magpie-vega/protocol'
import type { Admission } from './admission.ts'
import { reasonOf, waitFor } from './cancellation.ts'
import type { Client } from './client.ts'
import type { Evaluator } from './evaluate.ts'
import type { Access } from './grants.ts'
import type { GraphStore, KnownGraph } from './graph-store.ts'
import type { Recall } from './recall.ts'
import { recent } from '@magpie-vega/dataflow'

/** All behaviour of a query; HTTP only carries its bytes. */
export interface Service {
  /** Rejects with a MagpieError when the request as a whole cannot be answered. */
  query(request: Uint8Array, client: Client): Promise<Uint8Array>
}

type Results = Extract<QueryResponse, { readonly kind: 'results' }>

export interface ServiceParts {
  readonly admission: Admission
  readonly evaluator: Evaluator
  readonly graphs: GraphStore
  readonly recall: Recall
  /** Checks grants, as of now; throws `not-granted` when one of them is not valid. */
  readonly access: (grants: readonly string[]) => Access
  readonly queryTimeoutMs: number
  /** Hears of every value that could not be computed. */
  readonly onFailure: (error: MagpieError) => void
}

export function createService(parts: ServiceParts): Service {
  const evaluate = async (
    request: QueryRequest,
    { graph, hash }: KnownGraph,
    signal: AbortSignal,
  ): Promise<Results> => {
    checkAgainstGraph(request, graph.tasks.length)
    const access = parts.access(request.grants)
    const { roots, wanted, timeZone } = request
    const work = () => waitFor(parts.evaluator.evaluate({ graph, roots, wanted, timeZone, access, signal }), signal)
    const results = await parts.admission.run(work, signal)
    results.forEach((result) => result instanceof MagpieError && parts.onFailure(result))
    if (signal.aborted) throw reasonOf(signal)
    return { kind: 'results', graphHash: hash, results }
  }
  return {
    query: async (bytes, client) => {
      const recalled = parts.recall.find(bytes)
      if (recalled !== undefined) return recalled
      const request = decodeQueryRequest(bytes)
      checkTimeZone(request.timeZone)
      const known =
        request.graph.kind === 'graph' ? parts.graphs.add(request.graph.graph) : parts.graphs.find(request.graph.hash)
      if (known === undefined) return encodeQueryResponse({ kind: 'graph-unknown' })
      const work = (signal: AbortSignal): Promise<Results> => evaluate(request, known, signal)
      const response = await withTimeout(parts.queryTimeoutMs, client.signal, work)
      const answer = encode(response)
      if (!response.results.some((result) => result instanceof MagpieError))
        parts.recall.remember(bytes, known, request.wanted, answer)
      return answer
    },
  }
}

/** A value that the wire cannot carry becomes its own error and leaves the others standing. */
function encode(response: QueryResponse): Uint8Array {
  try {
    return encodeQueryResponse(response)
  } catch (error) {
    if (response.kind !== 'results') throw error
    return encodeQueryResponse({ ...response, results: response.results.map(encodable) })
  }
}

function encodable(result: Value | MagpieError): Value | MagpieError {
  try {
    encodeQueryResponse({ kind: 'results', graphHash: new Uint8Array(), results: [result] })
    return result
  } catch (cause) {
    if (cause instanceof MagpieError) return cause
    return new MagpieError('unsupported', 'A value cannot be sent', { cause })
  }
}

async function withTimeout<T>(ms: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const timeout = new MagpieError('timeout', `The query took longer than ${ms} ms`, {
    place: 'queryTimeoutMs',
    remedy: 'Aggregate or filter the data earlier, or raise queryTimeoutMs of the service.',
  })
  const timer = setTimeout(() => controller.abort(timeout), ms)
  const onAbort = (): void => controller.abort(reasonOf(signal))
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await work(controller.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

function checkAgainstGraph(request: QueryRequest, tasks: number): void {
  const named = [...request.roots.keys(), ...request.wanted.map(({ task }) => task)]
  const beyond = named.find((task) => task >= tasks)
  if (beyond !== undefined)
    throw new MagpieError('bad-request', `The graph has ${tasks} tasks, none is number ${beyond}`, { place: '/wanted' })
}

/** More than there are names of zones; other spellings of them are not worth a place. */
const checkedZones = recent<boolean>(1000)

/** The first time zone takes the platform over ten milliseconds, which no question can do without. */
export const loadTimeZones = (): void => checkTimeZone('UTC')

function checkTimeZone(timeZone: string): void {
  try {
    checkedZones(timeZone, () => Boolean(new Intl.DateTimeFormat('en', { timeZone })))
  } catch (cause) {
    throw new MagpieError('bad-request', `${JSON.stringify(timeZone)} is not the name of a time zone`, {
      place: '/timeZone',
      cause,
    })
  }
}
