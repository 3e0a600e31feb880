import type { Column, Relation } from '../columns.ts'

/**
 * Up to so many rows, what Vega adds up row by row is added up row by row, to the last bit. Beyond, the engine adds in an
 * order of its own, and may differ by 1e-9 of the value.
 */
export const FEW_ROWS = 65_536

/** Are there so few rows that results have to be Vega's to the last bit? */
export const hasFewRows = ({ rows }: Relation): boolean => rows !== undefined && rows <= FEW_ROWS

/** The greatest magnitude of the column's numbers, if all of them are integers. */
export const magnitude = ({ type, whole }: Column): number => whole ?? (type === 'boolean' ? 1 : Infinity)

/** Is a sum of the column's values, all or some, the same in any order? So it is while every step is a safe integer. */
export const addsInAnyOrder = (column: Column, { rows }: Relation): boolean =>
  rows !== undefined && rows * magnitude(column) <= Number.MAX_SAFE_INTEGER / 2

/** The fact that numbers are integers from 0 to the number of rows. */
export const countsRows = ({ rows }: Relation): Pick<Column, 'whole'> => (rows === undefined ? {} : { whole: rows })
