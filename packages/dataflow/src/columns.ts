import type { Alphabet } from './expr/alphabet.ts'
import type { Query, SqlExpr } from './sql/ast.ts'

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
  /** May it hold SQL NULL, which stands for JavaScript null (or, when `absent`, for undefined)? */
  readonly nulls: boolean
  /** NULL stands for undefined. */
  readonly absent?: boolean
  /** Of an `absent` column: rows do not have the property at all, as loaded ones. What a transform writes, every row has. */
  readonly missing?: boolean
  /** May a number be NaN, or a date invalid? Absent: it may. */
  readonly nans?: boolean
  /**
   * Strings: no value is `null` or `undefined` or contains `|`. Vega joins group keys with `|` and writes null as `null`, so
   * only such columns can be grouped by without looking at the joined text. Dates: every value is a whole second, which is
   * as fine as the text of a Date is. Absent: unknown.
   */
  readonly plain?: boolean
  /** Of strings. */
  readonly alphabet?: Alphabet
  /**
   * Numbers and dates: every value but null and NaN is an integer, of at most this magnitude; so sums of few enough of them
   * are the same in any order. Absent: unknown.
   */
  readonly whole?: number
}

/**
 * An integer column of a relation's query that stands for the values of other columns: equal numbers, equal values; NULL where all
 * of them are NULL. Whoever makes a new select that leaves the column out also leaves this out.
 */
export interface Code {
  readonly id: string
  /** Identifiers of the columns. */
  readonly columns: readonly string[]
  /** So many of the first columns have different values together wherever the numbers differ. */
  readonly telling: number
  /** The values of `columns` as SQL of the number, of the types that SQL holds them in. */
  readonly values: readonly ((number: SqlExpr) => SqlExpr)[]
  /** The values of the only column, by the number, where they are texts and few. */
  readonly texts?: readonly string[]
}

/**
 * What is known of the numbers or dates of a column. Whoever makes a new select that leaves the integer column out also leaves
 * this out.
 */
export interface Stored {
  /**
   * An integer column of the same query that has the finite values, and NULL for all else. Present only where the finite values
   * are integers.
   */
  readonly integer?: { readonly id: string; readonly type: IntegerType }
  /** Some of the zeros are -0, and 0 among the integers: these are compared, but not given for the values. */
  readonly negativeZeros?: boolean
  /** No finite value is less, or more. */
  readonly least: number
  readonly most: number
  /** Both of these are values of rows. Whoever leaves rows out also leaves this out. */
  readonly reached: boolean
  /** May a value be infinite? */
  readonly infinities: boolean
}

export type IntegerType = 'tinyint' | 'smallint' | 'integer' | 'bigint'

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
  /** A query whose rows `order` numbers from 0 without gaps: that of the relation, until a step makes another. */
  readonly counted?: Query
  /** What groups may go by instead of the values. */
  readonly codes?: readonly Code[]
  /** By identifier of a column of numbers or dates. */
  readonly stored?: Readonly<Record<string, Stored>>
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

/** A column that a transform writes, from the values of another. */
export const written = ({ missing: _missing, ...column }: Column): Column => column

/** Is it a text of a column that is `plain`? */
export const isPlainText = (text: string): boolean => text !== 'null' && text !== 'undefined' && !text.includes('|')
