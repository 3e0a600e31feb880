import type { Scalar, TaskGraph, TaskId, Wanted } from '@magpie-vega/protocol'

/** A Vega spec (already compiled from Vega-Lite). Treated as immutable. */
export type VegaSpec = Readonly<Record<string, unknown>>

/** What the planner may assume about the world outside the spec. */
export interface PlanOptions {
  /**
   * `capability`: whatever can run on the server does, whatever its size (used by the checks).
   * `cost` (default): only pipelines that start at server-held data (a table, or one of `serverUrls`) do, and only where that
   * saves the page something; the rest stays, with a reason.
   */
  readonly placement?: 'capability' | 'cost'
  /** URLs that the author granted to the service; tables (`magpie+table://`) need no mention here. */
  readonly serverUrls?: readonly string[]
}

/** Where a data set, signal or transform runs, and why. */
export interface Verdict {
  readonly kind: 'data' | 'signal' | 'transform'
  /** Name in the original spec; a transform is named after its data set and position. */
  readonly name: string
  /** JSON pointer into the original spec. */
  readonly pointer: string
  /** `both`: computed on the server and again, unchanged, in the browser. */
  readonly side: 'server' | 'browser' | 'both'
  readonly reason: string
}

/** A root value: what the browser sends. */
export interface ToServer {
  readonly task: TaskId
  readonly kind: 'signal' | 'data'
  /** Name in the client spec, at top level. */
  readonly name: string
  /** The value before any View exists, when the spec states it; absent when only a running View knows it. */
  readonly initial?: { readonly value: Scalar }
}

/** A value that the server sends, and where it goes in the client spec (always a top-level name). */
export interface ToClient {
  readonly wanted: Wanted
  readonly kind: 'signal' | 'data'
  readonly name: string
  /** Indices into `toServer` of the root values that this value depends on. */
  readonly dependsOn: readonly number[]
  /** How a row that comes again is known to be the one that was there; absent: all rows are new each time. */
  readonly identity?: Identity
}

/** What tells the rows of a value from each other, over all its answers. */
export interface Identity {
  /** No two rows are alike in these columns. */
  readonly columns: readonly string[]
  /** Those among them that are sent for this alone: no column of the client spec. */
  readonly hidden: readonly string[]
  /** Indices into `toServer` of the root values at whose change Vega makes all rows anew, in their order. */
  readonly renewedBy: readonly number[]
}

/** What runs where. `client` is a complete Vega spec whose server-fed data sets are empty until values arrive. */
export interface Plan {
  readonly client: VegaSpec
  readonly graph: TaskGraph
  readonly toServer: readonly ToServer[]
  readonly toClient: readonly ToClient[]
  readonly verdicts: readonly Verdict[]
  /** Pipelines and steps, as counted by the checks: a pipeline is a data set with a source or transforms, in any scope. */
  readonly counts: {
    readonly pipelines: number
    readonly full: number
    readonly steps: number
    readonly stepsTotal: number
  }
}

/** The scheme of a data URL that names an uploaded table: `magpie+table://<sha256>`. */
export const TABLE_SCHEME = 'magpie+table://'
