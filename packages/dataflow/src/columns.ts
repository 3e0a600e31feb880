import type { Query } from './sql/ast.ts'

/**
 * The JavaScript type of a column's values. A `date` is held in SQL as a DOUBLE, milliseconds since the epoch (NaN: an
 * invalid Date). `json` is opaque text: it may be passed on, not computed with.
 */
export type ColumnType = 'number' | 'string' | 'boolean' | 'date' | 'json'

/** A column of a relation: Vega's field name, and the SQL identifier that holds it. */
export interface Column {
  /** The field name as Vega sees it. Any string. */
  readonly name: string
  /** The SQL identifier: lower-case, safe without quotes, unique within its relation. */
  readonly id: string
  readonly type: ColumnType
  /** May it hold SQL NULL, which stands for JavaScript null (or, when `absent`, for a missing property)? */
  readonly nulls: boolean
  /** NULL stands for a property that the row does not have. */
  readonly absent?: boolean
  /** May a number be NaN, or a date invalid? Absent: it may. */
  readonly nans?: boolean
  /**
   * Strings: no value is `null` or `undefined` or contains `|`. Vega joins group keys with `|` and writes null as `null`, so
   * only such columns can be grouped by without looking at the joined text. Dates: every value is a whole second, which is
   * as fine as the text of a Date is. Absent: unknown.
   */
  readonly plain?: boolean
  /**
   * Numbers and dates: every value but null and NaN is an integer, of at most this magnitude; so sums of few enough of them
   * are the same in any order. Absent: unknown.
   */
  readonly whole?: number
}

/**
 * An integer column of a relation's query that numbers the combinations of values that some columns have together, from 0: equal
 * numbers, equal values. Whoever makes a new select that leaves the column out also leaves this out.
 */
export interface Code {
  readonly id: string
  /** Identifiers of the columns. */
  readonly columns: readonly string[]
  /** By number: the values as SQL holds them, in the order of `columns`. */
  readonly combinations: readonly (readonly (null | boolean | number | string)[])[]
}

/**
 * A field of the objects that a column holds, as a column of its own. Whoever gives the column another identifier, or makes a
 * new select that leaves the field out, also leaves this out.
 */
export interface Member {
  /** Identifier of the column, or of a field of it, that holds the objects. */
  readonly of: string
  readonly column: Column
}

/** Rows of a data set as a query, with Vega's field names and row order. Immutable. */
export interface Relation {
  readonly columns: readonly Column[]
  readonly query: Query
  /** Identifier of the column that gives the row order: numeric, never null, without ties. */
  readonly order: string
  /**
   * Identifier of the column by which Vega breaks the ties of a sort: the order in which its tuples were made. Absent: it is
   * `order`. They differ after `collect`, until a step makes new tuples.
   */
  readonly ids?: string
  /** It has at most so many rows. Absent: unknown. */
  readonly rows?: number
  /** What groups may go by instead of the values. */
  readonly codes?: readonly Code[]
  /** Fields of objects that are at hand. */
  readonly members?: readonly Member[]
}

/** A field of the objects in `column`, where these are known to be objects in every row. */
export const memberNamed = (
  members: readonly Member[] | undefined,
  column: Column,
  name: string,
): Column | undefined =>
  column.nulls ? undefined : members?.find((member) => member.of === column.id && member.column.name === name)?.column

export const columnNamed = (columns: readonly Column[], name: string): Column | undefined =>
  columns.find((column) => column.name === name)
