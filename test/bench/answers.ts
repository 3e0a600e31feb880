import { difference, newTally } from '../exact/difference.ts'

/** Rows of an answer, by the name of the data set. */
export type Row = Readonly<Record<string, unknown>>

const plainCell = (cell: unknown): unknown =>
  cell instanceof Date ? cell.getTime() : typeof cell === 'bigint' ? Number(cell) : cell === undefined ? null : cell

const keyOf = (cells: readonly unknown[]): string =>
  JSON.stringify(
    cells.map((cell) =>
      typeof cell === 'number' && !Number.isInteger(cell) ? Number(cell.toPrecision(6)) : plainCell(cell),
    ),
  )

/** Rows with these columns only, in an order of their own: groups have none that all engines share. */
export const comparable = (rows: readonly Row[], columns: readonly string[]): readonly (readonly unknown[])[] =>
  rows
    .map((row) => columns.map((column) => plainCell(row[column])))
    .map((cells) => ({ cells, key: keyOf(cells) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ cells }) => cells)

/** The first difference between two answers; undefined when they are equal. Numbers may differ by 1e-9, as sums do. */
export const answersDiffer = (
  expected: readonly Row[],
  actual: readonly Row[],
  columns: readonly string[],
): string | undefined =>
  difference(comparable(expected, columns), comparable(actual, columns), columns.join(','), newTally())

/** Throws unless two answers are equal. */
export function mustEqual(
  what: string,
  expected: readonly Row[],
  actual: readonly Row[],
  columns: readonly string[],
): void {
  const found = answersDiffer(expected, actual, columns)
  if (found !== undefined) throw new Error(`${what}: the answers differ: ${found}`)
}
