import type { Identity, ToClient } from '@magpie-vega/planner'
import { MagpieError } from '@magpie-vega/protocol'
import type { Scalar, Value } from '@magpie-vega/protocol'
import { readColumns } from './arrow-columns.ts'
import type { TupleColumns } from './arrow-columns.ts'
import { rowKeys } from './row-keys.ts'
import type { RowKey } from './row-keys.ts'
import { tuplesOf } from './tuples.ts'
import type { Tuple } from './tuples.ts'

/** A value for the client spec or View; the name is a top-level one. The tuples are fresh: the receiver owns them. */
export type Update =
  | { readonly kind: 'signal'; readonly name: string; readonly value: Scalar }
  | {
      readonly kind: 'data'
      readonly name: string
      readonly tuples: Tuple[]
      /** Absent: nothing tells whether a row was there before. */
      readonly known?: KnownRows
    }

/**
 * What becomes of the rows that were there before: none is one of the `first` rows; those that come again are `kept`; or all are
 * `renewed`, made anew, though what is drawn of them stays.
 */
export type Change = 'first' | 'kept' | 'renewed'

/** How rows are the rows that were there before. */
export interface KnownRows {
  /** One per tuple. */
  readonly keys: readonly RowKey[]
  /** What tuples may hold. */
  readonly columns: readonly string[]
  readonly change: Change
}

const mismatch = (name: string): MagpieError =>
  new MagpieError('internal', 'The service answered with another kind of value than was asked for', {
    place: name,
    remedy: 'Reload the page; if it stays, page and service do not fit together.',
  })

const isRow = (value: Scalar): value is Tuple => typeof value === 'object' && value !== null && !Array.isArray(value)

const rowsOf = (
  table: TupleColumns,
  identity: Identity | undefined,
  change: Change,
): { readonly tuples: Tuple[]; readonly known?: KnownRows } => {
  if (identity === undefined) return { tuples: tuplesOf(table) }
  const keys = rowKeys(table, identity.columns)
  const columns = table.columns.filter(({ name }) => !identity.hidden.includes(name))
  const tuples = tuplesOf({ ...table, columns })
  return keys === undefined ? { tuples } : { tuples, known: { keys, columns: columns.map(({ name }) => name), change } }
}

/** What one answered value means for the View, or why it has none. */
export const updateFrom = (
  { kind, name, identity }: ToClient,
  answer: Value | MagpieError | undefined,
  change: Change,
): Update | MagpieError => {
  if (answer instanceof MagpieError) return answer
  if (answer === undefined) return mismatch(name)
  if (kind === 'signal') return answer.kind === 'scalar' ? { kind, name, value: answer.value } : mismatch(name)
  if (answer.kind === 'scalar') {
    const rows: unknown = answer.value
    return Array.isArray(rows) && rows.every(isRow)
      ? { kind, name, tuples: rows.map((row) => ({ ...row })) }
      : mismatch(name)
  }
  try {
    return { kind, name, ...rowsOf(readColumns(answer.bytes), identity, change) }
  } catch (error) {
    if (error instanceof MagpieError) return error
    throw error
  }
}
