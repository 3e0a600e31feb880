import type { Grouping } from '@magpie-vega/dataflow'
import type { RelationRead } from './engine.ts'

/** The rows of a relation that is built on groups of other rows. */
export interface GroupedRead extends RelationRead {
  readonly grouping: Grouping
  readonly signal: AbortSignal
}
