import type { NullMeaning } from '@magpie-vega/protocol'

/** Numbers, as they came: integers need not be doubles first. */
export type Numbers = Float64Array | Int32Array | Int16Array | Int8Array

/** The values of a column, one per row. What an invalid slot holds has no meaning. */
export type Cells =
  | { readonly type: 'number'; readonly values: Numbers }
  /** In milliseconds since the epoch; NaN is an invalid Date. */
  | { readonly type: 'date'; readonly values: Float64Array }
  /** 0 or 1. */
  | { readonly type: 'boolean'; readonly values: Uint8Array }
  | { readonly type: 'string'; readonly codes: Int32Array; readonly dictionary: readonly string[] }
  /** Tagged JSON (protocol/json-cell.ts), one text per row. */
  | { readonly type: 'json'; readonly values: readonly string[] }

/** A named column. */
export interface Vector {
  readonly name: string
  readonly cells: Cells
  /** Which slots hold a value; undefined when all do. */
  readonly valid: Uint8Array | undefined
  /** What an invalid slot stands for. */
  readonly nulls: NullMeaning
}

/** The rows of a data set, by column, in memory. Immutable, and free of row objects. */
export interface Table {
  readonly rows: number
  readonly columns: readonly Vector[]
}

/** The columns that are asked for and exist, in the table's order. */
export const projectTable = (table: Table, wanted: 'all' | readonly string[]): Table => {
  if (wanted === 'all') return table
  const names = new Set(wanted)
  return { rows: table.rows, columns: table.columns.filter((column) => names.has(column.name)) }
}

const textBytes = (texts: readonly string[]): number => {
  let units = 0
  for (const text of texts) units += text.length
  return units * 2 + texts.length * 16
}

const cellBytes = (cells: Cells): number => {
  if (cells.type === 'json') return textBytes(cells.values)
  if (cells.type === 'string') return cells.codes.byteLength + textBytes(cells.dictionary)
  return cells.values.byteLength
}

/** Its size in memory, about. */
export const tableBytes = (table: Table): number =>
  table.columns.reduce((sum, { cells, valid }) => sum + cellBytes(cells) + (valid?.byteLength ?? 0), 256)
