import type { Columns } from './columns.ts'
import type { Json } from '../../exact/json.ts'
import type { Names } from './predicate.ts'

/** What the transforms of a view may read. */
export interface Reach {
  readonly columns: Columns
  readonly names: Names
  /** Rows so many that what multiplies them is left out. */
  readonly many: boolean
  /** A name that nothing has yet. */
  fresh(): string
}

/** One transform, and the fields after it. */
export interface Made {
  readonly transform: Json
  readonly columns: Columns
}
