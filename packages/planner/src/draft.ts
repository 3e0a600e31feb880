import type { Scalar } from '@magpie-vega/protocol'
import type { Path } from './json.ts'
import type { FacetLift } from './lift-facets.ts'
import type { DataId, Model, SignalId } from './model.ts'
import type { PlanOptions, VegaSpec } from './plan.ts'

/** Where a data set runs. */
export interface DataSide {
  /** Its rows start on the server. */
  readonly placed: boolean
  /** How many of its transforms the server runs, from the first one on. */
  readonly steps: number
  /** How many it could run. */
  readonly reach: number
  /** The server could compute it to the end: another server pipeline may read it, placed or not. */
  readonly full: boolean
  /** A selection store, or another set that only the browser changes: server expressions read it as a root. */
  readonly store: boolean
  /** Why it, or its next transform, is not on the server; or why it is. */
  readonly reason: string
}

/** How the server comes by the value of a signal. */
export type SignalSide =
  | { readonly kind: 'root'; readonly initial?: { readonly value: Scalar }; readonly reason: string }
  | { readonly kind: 'expression'; readonly expression: string }
  | { readonly kind: 'output'; readonly data: DataId; readonly step: number }
  /** It does not. */
  | { readonly kind: 'browser'; readonly reason: string }

/** The order of the values of a lifted discrete domain. */
export interface DomainSort {
  readonly op?: string
  readonly field?: string
  readonly order?: unknown
}

/** A value that the server computes. */
export type ServerValue =
  | { readonly kind: 'rows'; readonly data: DataId; readonly steps: number }
  | { readonly kind: 'signal'; readonly signal: SignalId }
  /** `[min, max]` of a field, as Vega's `extent` gives it. */
  | { readonly kind: 'extent'; readonly data: DataId; readonly field: string }
  /** The same as two rows. */
  | { readonly kind: 'extent-rows'; readonly data: DataId; readonly field: string; readonly column: string }
  | DistinctValues
  /** The same as a list. */
  | { readonly kind: 'list'; readonly of: DistinctValues }

/** One row per distinct value of a field. */
export interface DistinctValues {
  readonly kind: 'distinct'
  readonly data: DataId
  readonly field: string
  readonly column: string
  readonly sort?: DomainSort
}

/** A top-level name of the client spec that the server fills. */
export interface Fed {
  readonly kind: 'signal' | 'data'
  readonly name: string
  readonly value: ServerValue
  readonly columns: 'all' | readonly string[]
}

/** A scale's domain that the server computes, so that the data set need not travel. */
export interface Lifted {
  readonly data: DataId
  /** Path of the `{data, field}` object in the original spec. */
  readonly path: Path
  readonly scale: string
  readonly multiple: boolean
  readonly value: ServerValue
}

/** How many transforms of a data set the server runs at most, and why not more. */
export interface Limit {
  readonly steps: number
  readonly reason: string
}

export type Limits = ReadonlyMap<DataId, Limit>

/** A plan in the making; each pass fills in one part. */
export interface Draft {
  readonly options: PlanOptions
  /** The spec as it was given. */
  readonly original: Model
  /** The same with lifted facets; the passes work on this one. */
  readonly model: Model
  readonly facets: readonly FacetLift[]
  readonly limits: Limits
  /** Several `identifier` transforms go on counting from each other on the server. */
  readonly counted: boolean
  readonly data: readonly DataSide[]
  readonly signals: readonly SignalSide[]
  /** Data sets that the server computes to the end and the browser reads. */
  readonly crossing: ReadonlySet<DataId>
  /** Signals whose definitions leave the client spec, and whose values the server sends. */
  readonly fedSignals: ReadonlySet<SignalId>
  /** Signals of `bin` transforms on the server that the browser makes, too, from the transforms' parameters. */
  readonly retold: ReadonlySet<SignalId>
  readonly lifted: readonly Lifted[]
  /** Why a data set travels that is read by scale domains alone. */
  readonly unlifted: ReadonlyMap<DataId, string>
  readonly client: VegaSpec
  readonly fed: readonly Fed[]
}

export type Pass = (draft: Draft) => Draft
