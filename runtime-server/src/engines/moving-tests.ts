import type { RowTest } from '@magpie-vega/dataflow'

/** Tests that stay while those of some columns change, as when a brush is dragged. */
export interface Movement {
  readonly fixed: readonly RowTest[]
  /** Identifiers, sorted. */
  readonly columns: readonly string[]
}

/** More of them have too many combinations of values. */
const MAX_COLUMNS = 2

const has = (tests: readonly RowTest[], { text }: RowTest): boolean => tests.some((test) => test.text === text)

const between = (before: readonly RowTest[], now: readonly RowTest[]): Movement | undefined => {
  const moved = now.filter((test) => !has(before, test))
  const columns = [...new Set(moved.flatMap((test) => test.columns))].sort()
  if (columns.length === 0 || columns.length > MAX_COLUMNS) return undefined
  return { fixed: now.filter((test) => !test.columns.every((id) => columns.includes(id))), columns }
}

/** What moves, by the queries of the same shape that came before, the newest first: the change of the fewest columns. */
export const movement = (earlier: readonly (readonly RowTest[])[], now: readonly RowTest[]): Movement | undefined =>
  earlier
    .flatMap((before) => between(before, now) ?? [])
    .reduce<Movement | undefined>(
      (best, one) => (best === undefined || one.columns.length < best.columns.length ? one : best),
      undefined,
    )

/** The tests that are still to be made of rows of which only those that pass the fixed ones are left. */
export const remaining = (fixed: readonly RowTest[], tests: readonly RowTest[]): readonly RowTest[] =>
  tests.filter((test) => !has(fixed, test))

/** Do rows that passed the fixed tests, known by the columns, tell which of them pass these? */
export const isWithin = ({ fixed, columns }: Movement, tests: readonly RowTest[]): boolean =>
  fixed.every((test) => has(tests, test)) &&
  remaining(fixed, tests).every((test) => test.columns.every((id) => columns.includes(id)))
