import type { Scalar } from '@magpie-vega/protocol'
import type { ErrorCode } from '@magpie-vega/protocol'
import type { Table } from '../arrow/table.ts'

/** Text to be read as Vega's loader reads it. `json`: the text is a JSON value, as inline `values` are. */
export interface JobText {
  readonly text: string
  readonly json: boolean
  readonly format: Readonly<Record<string, unknown>> | undefined
}

/** A data set of a job: rows, or text, or other data sets; then Vega transforms. */
export interface JobData {
  readonly name: string
  readonly rows?: Table
  /** Parses fields of `rows`, as `format.parse` does. Default: they are left as they are. */
  readonly parse?: 'auto' | Readonly<Record<string, unknown>>
  readonly text?: JobText
  readonly source?: readonly string[]
  readonly transform?: readonly Readonly<Record<string, unknown>>[]
}

/** What a job answers with. */
export type JobOutput =
  | { readonly kind: 'rows'; readonly data: string; readonly columns: 'all' | readonly string[] }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'expression'; readonly expression: string }

/** Work for Vega's dataflow: a data-only Vega spec, with its inputs. */
export interface Job {
  readonly signals: Readonly<Record<string, Scalar>>
  /** Projections that transforms and expressions name; their signals are among `signals`. */
  readonly projections?: readonly Readonly<Record<string, unknown>>[]
  /** Scales that expressions name; their signals and data sets are among the others. */
  readonly scales?: readonly Readonly<Record<string, unknown>>[]
  readonly data: readonly JobData[]
  readonly outputs: readonly JobOutput[]
}

export type JobAnswer =
  { readonly kind: 'rows'; readonly table: Table } | { readonly kind: 'scalar'; readonly value: Scalar }

/** What the process sends back. */
export type JobReply =
  | { readonly kind: 'answers'; readonly answers: readonly JobAnswer[] }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly message: string; readonly remedy: string }
