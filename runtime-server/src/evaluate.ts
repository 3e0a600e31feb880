import type { MagpieError, Scalar, TaskGraph, TaskId, Value, Wanted } from '@magpie-vega/protocol'
import type { Access } from './grants.ts'

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
  close(): Promise<void>
}
