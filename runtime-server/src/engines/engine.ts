import type { Column, Joint, Query, Relation } from '@magpie-vega/dataflow'
import type { Table } from '../arrow/table.ts'

/** Rows held by an engine. `drop` frees them; the relation must not be used afterwards. */
export interface LoadedTable {
  readonly relation: Relation
  readonly rows: number
  /** Size in the engine's memory, about. */
  readonly bytes: number
  /** The rows will soon lie where they are quicker to read: nothing that is to be read often is made of these. */
  readonly forNow?: boolean
  drop(): Promise<void>
}

/** A file of columns that an engine reads in place. `drop` lets go of it. */
export interface AttachedFile {
  readonly columns: readonly Pick<Column, 'name' | 'type'>[]
  /** Columns of the table that the file does not have. */
  readonly omitted: readonly string[]
  readonly rows: number
  /** As a viewer in the zone sees them; undefined where the file cannot tell. */
  relation(timeZone: string): Relation | undefined
  drop(): Promise<void>
}

/** What an engine can do, for those who choose one. */
export interface Capabilities {
  /** Keeps the order of rows that a query states, and window functions over it. */
  readonly ordered: boolean
  /** Rows of a table can be brought to it. */
  readonly load: boolean
}

/** The rows of a relation that somebody wants, in its order, with the columns named. */
export interface RelationRead {
  readonly relation: Relation
  readonly columns: 'all' | readonly string[]
}

/** What a query gave, as a table of its own. `drop` frees it. */
export interface MaterializedQuery {
  readonly query: Query
  readonly rows: number
  /** Size in the engine's memory, about. */
  readonly bytes: number
  drop(): Promise<void>
}

/** A dialect, a way to run a query, and its capabilities. Knows nothing of tasks. */
export interface Engine {
  readonly name: string
  readonly capabilities: Capabilities
  /** Brings rows into the engine. */
  load(table: Table, signal: AbortSignal): Promise<LoadedTable>
  /** Opens a file of columns, which is read in place. */
  attach(path: string, signal: AbortSignal): Promise<AttachedFile>
  /**
   * Keeps the rows of a relation, with these columns only, so that they need not be computed again. `groupings`: columns by
   * which rows are likely to be grouped together.
   */
  keep(
    relation: Relation,
    columns: readonly string[],
    groupings: readonly (readonly string[])[],
    signal: AbortSignal,
  ): Promise<LoadedTable>
  /** Keeps what a select with columns of its own gives. */
  materialize(query: Query, signal: AbortSignal): Promise<MaterializedQuery>
  /** The rows of a relation, in its order; `columns` are the field names wanted. */
  rows(relation: Relation, columns: 'all' | readonly string[], signal: AbortSignal): Promise<Table>
  /** The rows of relations that are built on groups of the same rows, which are read only once. */
  jointRows(reads: readonly RelationRead[], joint: Joint, signal: AbortSignal): Promise<readonly Table[]>
  /** How a query is written, for logs. */
  text(query: Query): string
  /** Ends what runs. Tables that were loaded go with it. */
  close(): Promise<void>
}
