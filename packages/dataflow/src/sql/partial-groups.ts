import type { BinaryOperator, Query, SqlExpr, SqlType } from './ast.ts'
import { sqlChildren } from './bind.ts'
import { and, column, select, where } from './build.ts'
import { type Grouping, numbered, regrouped } from './grouping.ts'
import { rewrite } from './rewrite.ts'
import { queryText, textOf } from './texts.ts'

/** A test that lets rows pass or not, and the same ones of all that have equal values in its columns. */
export interface RowTest {
  readonly expr: SqlExpr
  /** The same for the same test. */
  readonly text: string
  /** Identifiers of the columns that it reads. */
  readonly columns: readonly string[]
}

/** A grouping, with the tests of its rows taken out from under it. */
export interface TestedGrouping {
  readonly grouping: Grouping
  /** The rows before any of the tests. */
  readonly rows: Query
  readonly tests: readonly RowTest[]
  /** The same for groupings that differ in nothing but their tests. */
  readonly shape: string
}

/** Rows grouped by more keys than a query asks for, so that tests of these keys can be made afterwards. */
export interface PartialGroups {
  /** The groups, to be kept. */
  readonly query: Query
  /** The rows that are grouped, and by what. */
  readonly rows: Query
  readonly keys: readonly SqlExpr[]
  /** The query that was taken apart, from the kept groups; undefined where they do not tell what one of the tests asks. */
  over(groups: Query, tests: readonly RowTest[]): Query | undefined
}

const OPERATORS: ReadonlySet<BinaryOperator> = new Set([
  ...(['=', '<>', '<', '<=', '>', '>=', 'is distinct from', 'is not distinct from'] as const),
  ...(['and', 'or', '+', '-', '*'] as const),
])
const CALLS: ReadonlySet<string> = new Set(['isnan', 'isfinite', 'isinf', 'coalesce'])
/** A text tells -0 from 0. */
const TYPES: ReadonlySet<SqlType> = new Set(['double', 'boolean', 'tinyint', 'smallint', 'integer', 'bigint'])

/** Is its value the same for values that count as one in a grouping, such as 0 and -0? */
const isOfValues = (expr: SqlExpr): boolean => {
  switch (expr.kind) {
    case 'column':
    case 'literal':
    case 'integer':
      return true
    case 'binary':
      return OPERATORS.has(expr.op) && sqlChildren(expr).every(isOfValues)
    case 'call':
      return CALLS.has(expr.name) && sqlChildren(expr).every(isOfValues)
    case 'cast':
      return TYPES.has(expr.type) && isOfValues(expr.operand)
    case 'unary':
    case 'in':
    case 'case':
      return sqlChildren(expr).every(isOfValues)
    case 'lambda':
    case 'scalar':
    case 'aggregate':
      return false
  }
}

const columnsOf = (expr: SqlExpr): readonly string[] =>
  expr.kind === 'column' ? [expr.id] : [...new Set(sqlChildren(expr).flatMap(columnsOf))]

const conjuncts = (expr: SqlExpr): readonly SqlExpr[] =>
  expr.kind === 'binary' && expr.op === 'and' ? [...conjuncts(expr.left), ...conjuncts(expr.right)] : [expr]

/** Does it look at other rows, or make several of one? */
const leavesRow = (expr: SqlExpr): boolean =>
  expr.kind === 'aggregate' ||
  expr.kind === 'scalar' ||
  (expr.kind === 'call' && expr.name === 'unnest') ||
  sqlChildren(expr).some(leavesRow)

const takenApart = (query: Query): { readonly rows: Query; readonly tests: readonly SqlExpr[] } => {
  if (query.kind !== 'select' || query.star !== true || query.from === undefined) return { rows: query, tests: [] }
  const { groupBy, having, qualify, orderBy, limit } = query
  if ([groupBy, having, qualify, orderBy, limit].some((clause) => clause !== undefined))
    return { rows: query, tests: [] }
  if (query.columns.some(({ expr }) => leavesRow(expr))) return { rows: query, tests: [] }
  const inner = takenApart(query.from)
  const all = query.where === undefined ? [] : conjuncts(query.where)
  const stay = all.filter((test) => !isOfValues(test))
  if (stay.length === all.length && inner.rows === query.from) return { rows: query, tests: inner.tests }
  const rows = select({
    from: inner.rows,
    star: true,
    columns: query.columns,
    ...(stay.length === 0 ? {} : { where: and(...stay) }),
  })
  return { rows, tests: [...inner.tests, ...all.filter(isOfValues)] }
}

/** A grouping and the tests of its rows; undefined where nothing tests them. */
export const testedGrouping = (grouping: Grouping): TestedGrouping | undefined => {
  const { from: _rows, ...group } = grouping.group
  const { rows, tests } = takenApart(grouping.rows)
  if (tests.length === 0) return undefined
  const shape = queryText({ ...group, from: rows })
  return {
    grouping,
    rows,
    shape,
    tests: tests.map((expr) => ({ expr, text: textOf(expr), columns: columnsOf(expr) })),
  }
}

/**
 * The groups that a query asks for, by `columns`, too, of the rows that pass the tests that stay: whatever tests of these columns
 * come then, the query follows from the groups.
 *
 * @param prefix no identifier of the query begins like that
 */
export const partialGroups = (
  { grouping, rows }: TestedGrouping,
  fixed: readonly RowTest[],
  columns: readonly string[],
  prefix: string,
): PartialGroups | undefined => {
  const keys = numbered(`${prefix}_k`)
  const parts = numbered(`${prefix}_a`)
  const tested = new Map(columns.map((id) => [id, keys.add(column(id))]))
  if (regrouped(grouping.group, keys, parts, rows) === undefined) return undefined
  const from = fixed.length === 0 ? rows : where(rows, and(...fixed.map(({ expr }) => expr)))
  const by = keys.all().map(({ expr }) => expr)
  return {
    query: select({ from, columns: [...keys.all(), ...parts.all()], groupBy: by }),
    rows: from,
    keys: by,
    over: (groups, tests) => {
      const here = tests.map(({ expr }) =>
        rewrite(expr, (node) => (node.kind === 'column' ? tested.get(node.id) : 'into')),
      )
      const kept = here.flatMap((expr) => expr ?? [])
      if (kept.length < here.length) return undefined
      const left = kept.length === 0 ? groups : where(groups, and(...kept))
      const again = regrouped(grouping.group, keys, parts, left)
      return again && grouping.over(again)
    },
  }
}
