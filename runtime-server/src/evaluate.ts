import type { MagpieError, Scalar, TaskGraph, TaskId, Value, Wanted } from '@magpie-vega/protocol'
import type { Cache } from './cache.ts'
import type { ColumnTables } from './columns/column-tables.ts'
import type { Config } from './config.ts'
import type { Access } from './grants.ts'
import type { Log } from './log.ts'
import type { TableStore } from './table-store.ts'

export type { Value } from '@magpie-vega/protocol'

export interface EvaluateRequest {
  readonly graph: TaskGraph
  /** Values of the root tasks; rows of a data set are a list of objects. */
  readonly roots: ReadonlyMap<TaskId, Scalar>
  readonly wanted: readonly Wanted[]
  /** IANA name of the viewer's time zone. */
  readonly timeZone: string
  readonly access: Access
  readonly signal: AbortSignal
}

/** Computes the values asked for; one that fails does not fail the others. */
export interface Evaluator {
  evaluate(request: EvaluateRequest): Promise<readonly (Value | MagpieError)[]>
  /** Opens the files of uploaded tables, so that who asks for their rows need not wait for that. */
  open(tables: readonly string[], signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** What an evaluator may use of the service that it works for. */
export interface EvaluatorOptions {
  readonly cache: Cache
  readonly tables: TableStore
  readonly columns: ColumnTables
  readonly config: Config
  /** An existing directory for data that does not fit into memory. */
  readonly spillDirectory: string
  /** Version of the service; enters the fingerprints. */
  readonly version: string
  /** Counts a task value that was computed, by the engine that did. */
  readonly onEvaluation: (engine: string) => void
  readonly log: Log
}
