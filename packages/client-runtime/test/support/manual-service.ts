import { decodeQueryRequest, encodeQueryResponse } from '@magpie-vega/protocol'
import type { MagpieError, QueryRequest, Value } from '@magpie-vega/protocol'
import type { Transport } from '../../src/transport.ts'

type Results = readonly (Value | MagpieError)[]

/** A request that has arrived and waits for the test to answer it. */
export interface Arrived {
  readonly request: QueryRequest
  readonly aborted: () => boolean
  readonly answer: (results?: Results) => Promise<void>
  readonly graphUnknown: () => Promise<void>
  readonly fail: (error: Error) => Promise<void>
}

/** The wire of the service, answered by hand: real requests and responses, no evaluation beyond `evaluate`. */
export interface ManualService {
  readonly transport: Transport
  readonly requests: readonly Arrived[]
  /** The newest request. */
  last(): Arrived
  /** How many requests are neither answered nor aborted. */
  open(): number
}

/** Lets everything that is due happen. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

export const manualService = (evaluate: (request: QueryRequest) => Results): ManualService => {
  const requests: Arrived[] = []
  const open = new Set<AbortSignal>()
  const transport: Transport = {
    send: (_path, body, signal) =>
      new Promise((resolve, reject) => {
        const request = decodeQueryRequest(body)
        open.add(signal)
        const close = (): Promise<void> => (open.delete(signal), turn())
        requests.push({
          request,
          aborted: () => signal.aborted,
          answer: (results = evaluate(request)) => {
            resolve(encodeQueryResponse({ kind: 'results', graphHash: new Uint8Array([7]), results }))
            return close()
          },
          graphUnknown: () => {
            resolve(encodeQueryResponse({ kind: 'graph-unknown' }))
            return close()
          },
          fail: (error) => {
            reject(error)
            return close()
          },
        })
      }),
  }
  const last = (): Arrived => {
    const request = requests.at(-1)
    if (request === undefined) throw new Error('no request has arrived')
    return request
  }
  return { transport, requests, last, open: () => [...open].filter(({ aborted }) => !aborted).length }
}
