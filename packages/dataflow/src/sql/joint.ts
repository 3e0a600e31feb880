import type { Query } from './ast.ts'
import { select, table } from './build.ts'
import { type Grouping, numbered, regrouped } from './grouping.ts'
import { isSameQuery } from './same-query.ts'

/** Several groupings of the same rows, found in one pass over these. */
export interface Joint {
  /** The rows grouped by the keys of all queries together. */
  readonly query: Query
  /** The queries, in the order given: they read `query` as the table `name`. */
  readonly parts: readonly Query[]
  readonly name: string
}

/**
 * One grouping instead of several, of the same rows: by all of their keys together, from which each is found again. Worth it where
 * there are few combinations of keys. Undefined where they group different rows.
 *
 * @param name no table of the queries is called that
 */
export const jointGrouping = (groupings: readonly Grouping[], name: string): Joint | undefined => {
  const [first] = groupings
  if (first === undefined || groupings.some(({ rows }) => !isSameQuery(rows, first.rows))) return undefined
  const keys = numbered(`${name}_k`)
  const parts = numbered(`${name}_a`)
  const found = groupings.flatMap(({ group, over }) => {
    const groups = regrouped(group, keys, parts, table(name))
    return groups === undefined ? [] : [over(groups)]
  })
  if (found.length < groupings.length) return undefined
  const query = select({
    from: first.rows,
    columns: [...keys.all(), ...parts.all()],
    groupBy: keys.all().map(({ expr }) => expr),
  })
  return { query, parts: found, name }
}
