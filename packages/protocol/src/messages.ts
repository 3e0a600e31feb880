import type { MagpieError } from './errors.ts'
import type { Scalar } from './scalar.ts'
import type { TaskGraph, TaskId, Wanted } from './task-graph.ts'
import type { Value } from './value.ts'

/** The graph itself, or the hash under which an earlier response named it. */
export type GraphReference =
  { readonly kind: 'graph'; readonly graph: TaskGraph } | { readonly kind: 'hash'; readonly hash: Uint8Array }

/** Asks for values of a task graph (POST /v1/query). */
export interface QueryRequest {
  readonly graph: GraphReference
  /** Values of the root tasks; the rows of a data set are a list of objects. */
  readonly roots: ReadonlyMap<TaskId, Scalar>
  readonly wanted: readonly Wanted[]
  /** IANA name of the viewer's time zone. */
  readonly timeZone: string
  readonly grants: readonly string[]
}

export type QueryResponse =
  /** The service does not know the hash; the same request must come again with the whole graph. */
  | { readonly kind: 'graph-unknown' }
  /** One result per wanted value, in the order asked; one that failed does not fail the others. */
  | { readonly kind: 'results'; readonly graphHash: Uint8Array; readonly results: readonly (Value | MagpieError)[] }

/** Asks which columns of which tables a spec needs (POST /v1/inspect). */
export interface InspectRequest {
  /** Vega-Lite or Vega, as JSON text. */
  readonly spec: string
}

export interface TableUse {
  /** The data URL as the spec writes it. */
  readonly url: string
  readonly columns: 'all' | readonly string[]
}

export interface InspectResponse {
  readonly tables: readonly TableUse[]
}

/** State of the service (GET /healthz). */
export interface Health {
  readonly protocolVersion: number
  /** Version of the service's package. */
  readonly version: string
  readonly status: 'ok' | 'stopping'
}
