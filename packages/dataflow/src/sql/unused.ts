import type { Query, SqlExpr } from './ast.ts'
import { sqlChildren } from './bind.ts'

/**
 * The query without the columns that a `*` passes on and nobody reads: the engine would leave them out too, but has to read and
 * bind them first. Identifiers are unique within a statement, so that a column is read where its identifier is.
 */
export const withoutUnused = (query: Query): Query => {
  let current = query
  for (;;) {
    const read = new Set<string>()
    readIn(current, read)
    const next = pruned(current, read, true)
    if (next === current) return current
    current = next
  }
}

const readIn = (query: Query, read: Set<string>): void => {
  const expr = (node: SqlExpr): void => {
    if (node.kind === 'column') read.add(node.id)
    if (node.kind === 'scalar') readIn(node.query, read)
    if (node.kind === 'aggregate') node.over?.partitionBy.forEach(expr)
    if (node.kind === 'aggregate' && node.over?.frame !== undefined)
      for (const bound of [node.over.frame.start, node.over.frame.end])
        if (typeof bound === 'object') expr('preceding' in bound ? bound.preceding : bound.following)
    sqlChildren(node).forEach(expr)
  }
  switch (query.kind) {
    case 'table':
      return
    case 'values':
      return query.rows.forEach((row) => row.forEach(expr))
    case 'union':
      return query.inputs.forEach((input) => readIn(input, read))
    case 'with':
      readIn(query.query, read)
      return readIn(query.body, read)
    case 'join':
      readIn(query.left, read)
      readIn(query.right, read)
      if (query.on !== undefined) expr(query.on)
      return
    case 'select':
      if (query.from !== undefined) readIn(query.from, read)
      query.columns.forEach((column) => expr(column.expr))
      query.groupBy?.forEach(expr)
      query.orderBy?.forEach((item) => expr(item.expr))
      for (const test of [query.where, query.having, query.qualify]) if (test !== undefined) expr(test)
  }
}

const hasUnion = (query: Query): boolean => {
  switch (query.kind) {
    case 'table':
    case 'values':
      return false
    case 'union':
      return true
    case 'with':
      return hasUnion(query.query) || hasUnion(query.body)
    case 'join':
      return hasUnion(query.left) || hasUnion(query.right)
    case 'select':
      return query.from !== undefined && hasUnion(query.from)
  }
}

/** Is a row made for each item of a list? */
const makesRows = (expr: SqlExpr): boolean =>
  (expr.kind === 'call' && expr.name === 'unnest') || sqlChildren(expr).some(makesRows)

/** @param shown are all columns of the query seen from outside, whatever their identifiers are? */
const pruned = (query: Query, read: ReadonlySet<string>, shown: boolean): Query => {
  switch (query.kind) {
    case 'table':
    case 'values':
      return query
    case 'union': {
      // Columns of a union go by their place.
      const inputs = query.inputs.map((input) => pruned(input, read, true))
      return inputs.every((input, index) => input === query.inputs[index]) ? query : { ...query, inputs }
    }
    case 'with': {
      const body = pruned(query.body, read, shown)
      const inner = pruned(query.query, read, shown || hasUnion(query.body))
      return inner === query.query && body === query.body ? query : { ...query, query: inner, body }
    }
    case 'join': {
      const [left, right] = [pruned(query.left, read, shown), pruned(query.right, read, shown)]
      return left === query.left && right === query.right ? query : { ...query, left, right }
    }
    case 'select': {
      const star = query.star === true
      const from = query.from === undefined ? undefined : pruned(query.from, read, shown && star)
      const columns =
        star && !shown ? query.columns.filter(({ id, expr }) => read.has(id) || makesRows(expr)) : query.columns
      const same = columns.length === query.columns.length
      if (from === query.from && same) return query
      return from === undefined ? { ...query, columns } : { ...query, from, columns }
    }
  }
}
