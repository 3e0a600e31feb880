import type { Projection, Query, SqlExpr } from './ast.ts'
import { cast, coalesce, column, integer, select, type Select } from './build.ts'
import { untestedHash } from './query-hash.ts'
import { rewrite } from './rewrite.ts'
import { textOf } from './texts.ts'

/** A query that groups rows, taken apart. */
export interface Grouping {
  readonly group: Select
  /** The rows that are grouped. */
  readonly rows: Query
  /** The query, with its groups taken from elsewhere. */
  readonly over: (groups: Query) => Query
}

/** How the aggregate of a whole follows from those of its parts. Sums are those that may be added up in any order. */
const AGAIN: Readonly<Record<string, (parts: SqlExpr) => SqlExpr>> = {
  count: (parts) => total(parts),
  count_if: (parts) => total(parts),
  min: (parts) => aggregate('min', parts),
  max: (parts) => aggregate('max', parts),
  sum: (parts) => aggregate('sum', parts),
}

const aggregate = (name: string, argument: SqlExpr): SqlExpr => ({ kind: 'aggregate', name, args: [argument] })
const total = (parts: SqlExpr): SqlExpr => cast(coalesce(aggregate('sum', parts), integer(0)), 'bigint')

const isAdditive = (expr: Extract<SqlExpr, { kind: 'aggregate' }>): boolean =>
  Object.hasOwn(AGAIN, expr.name) &&
  (expr.oneZero === true || (expr.name !== 'min' && expr.name !== 'max')) &&
  expr.distinct !== true &&
  expr.orderBy === undefined &&
  expr.ignoreNulls === undefined &&
  expr.over === undefined

/** Expressions, each once, under identifiers of their own. */
export const numbered = (prefix: string) => {
  const found = new Map<string, Projection>()
  return {
    add: (expr: SqlExpr): SqlExpr => {
      const key = textOf(expr)
      const known = found.get(key) ?? { id: `${prefix}${found.size}`, expr }
      found.set(key, known)
      return column(known.id)
    },
    all: (): readonly Projection[] => [...found.values()],
  }
}

export type Numbered = ReturnType<typeof numbered>

/** A select over groups by more keys, whose aggregates it takes together; undefined where the whole does not follow from the parts. */
export const regrouped = (group: Select, keys: Numbered, parts: Numbered, from: Query): Query | undefined => {
  const { columns, groupBy = [], having, where, qualify, orderBy, limit, star } = group
  if (star === true || [where, qualify, orderBy, limit].some((clause) => clause !== undefined)) return undefined
  const own = groupBy.map(keys.add)
  const kinds = new Set(groupBy.map(({ kind }) => kind))
  const texts = new Set(groupBy.map(textOf))
  const again = (expr: SqlExpr): SqlExpr | undefined =>
    rewrite(expr, (node) => {
      if (kinds.has(node.kind) && texts.has(textOf(node))) return keys.add(node)
      if (node.kind === 'column') return undefined
      if (node.kind !== 'aggregate') return 'into'
      return isAdditive(node) ? AGAIN[node.name]?.(parts.add(node)) : undefined
    })
  const selected = columns.flatMap(({ id, expr }) => {
    const now = again(expr)
    return now === undefined ? [] : [{ id, expr: now }]
  })
  const kept = having === undefined ? undefined : again(having)
  if (selected.length < columns.length || (having !== undefined && kept === undefined)) return undefined
  return select({ from, columns: selected, groupBy: own, ...(kept === undefined ? {} : { having: kept }) })
}

/**
 * The grouping that a query is built on. Undefined where it has none, where more is done with it than to select from it, and where
 * it does not follow from groups by more keys.
 */
export const groupingOf = (query: Query): Grouping | undefined => {
  if (query.kind !== 'select') return undefined
  const { from, groupBy, having } = query
  if (from === undefined) return undefined
  if (groupBy === undefined && having === undefined) {
    const inner = groupingOf(from)
    return inner && { ...inner, over: (groups) => ({ ...query, from: inner.over(groups) }) }
  }
  if (regrouped(query, numbered('k'), numbered('a'), from) === undefined) return undefined
  return { rows: from, group: query, over: (groups) => groups }
}

/** The same for groupings of the same rows by the same keys, whichever rows are left out before, and hardly ever for others. */
export const shapeOf = ({ rows, group }: Grouping): number =>
  untestedHash({ kind: 'select', from: rows, columns: [], groupBy: group.groupBy ?? [] })
