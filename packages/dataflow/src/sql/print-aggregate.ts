import type { Frame, FrameBound, OrderBy, Over, SqlExpr } from './ast.ts'

export type PrintExpr = (node: SqlExpr) => string

/** An aggregate or window function with its clauses. */
export const aggregateText = (node: Extract<SqlExpr, { kind: 'aggregate' }>, expr: PrintExpr): string => {
  if (!/^[a-z_][a-z0-9_]*$/.test(node.name)) throw new Error(`${node.name} is not the name of an aggregate`)
  const inner =
    (node.distinct === true ? 'distinct ' : '') +
    (node.args.length === 0 && node.name === 'count' ? '*' : node.args.map(expr).join(', ')) +
    clause(
      ' order by ',
      node.orderBy?.map((item) => orderText(item, expr)),
    ) +
    (node.ignoreNulls === true ? ' ignore nulls' : '')
  const filter = node.filter === undefined ? '' : ` filter (where ${expr(node.filter)})`
  const over = node.over === undefined ? '' : ` over (${overText(node.over, expr)})`
  return `${node.name}(${inner})${filter}${over}`
}

export const orderText = (item: OrderBy, expr: PrintExpr): string =>
  `${expr(item.expr)} ${item.direction}${item.nulls === undefined ? '' : ` nulls ${item.nulls}`}`

const overText = (over: Over, expr: PrintExpr): string =>
  [
    clause('partition by ', over.partitionBy.map(expr)),
    clause(
      'order by ',
      over.orderBy.map((item) => orderText(item, expr)),
    ),
    over.frame === undefined ? '' : frameText(over.frame, expr),
  ]
    .filter((text) => text !== '')
    .join(' ')

const frameText = (frame: Frame, expr: PrintExpr): string =>
  `${frame.unit} between ${bound(frame.start, 'preceding', expr)} and ${bound(frame.end, 'following', expr)}`

const bound = (offset: FrameBound, side: 'preceding' | 'following', expr: PrintExpr): string => {
  if (offset === 'unbounded') return `unbounded ${side}`
  if (typeof offset === 'object') {
    return 'preceding' in offset ? `${expr(offset.preceding)} preceding` : `${expr(offset.following)} following`
  }
  if (offset === 0) return 'current row'
  return offset < 0 ? `${String(-offset)} preceding` : `${String(offset)} following`
}

const clause = (keyword: string, items: readonly string[] | undefined): string =>
  items === undefined || items.length === 0 ? '' : `${keyword}${items.join(', ')}`
