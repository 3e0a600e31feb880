import type { SqlExpr } from './ast.ts'
import { call, column, integer, lambda } from './build.ts'

/** Expressions up to this many nodes are repeated rather than bound: that is the faster of the two. */
const SMALL = 6

/**
 * `use(value)`, for a `use` that needs its argument several times: a large argument is computed once. `use` may refer to
 * no other bound value than its argument.
 */
export const bind = (value: SqlExpr, use: (value: SqlExpr) => SqlExpr): SqlExpr =>
  bindAll([value], ([bound = value]) => use(bound))

/** `bind` of several values. */
export const bindAll = (values: readonly SqlExpr[], use: (values: readonly SqlExpr[]) => SqlExpr): SqlExpr => {
  const first = Math.max(0, ...values.map(depth)) + 1
  const names = values.map((value, i) => (weight(value) <= SMALL ? undefined : `bound_${String(first + i)}`))
  const body = use(values.map((value, i) => (names[i] === undefined ? value : column(names[i]))))
  return values.reduceRight((inner, value, i) => {
    const name = names[i]
    if (name === undefined) return inner
    return call('list_extract', call('list_transform', call('list_value', value), lambda([name], inner)), integer(1))
  }, body)
}

/** How many nodes an expression has. */
export const weight = (expr: SqlExpr): number => sqlChildren(expr).reduce((sum, child) => sum + weight(child), 1)

/** The greatest number of a bound name within an expression. */
const depth = (expr: SqlExpr): number => {
  const names = expr.kind === 'lambda' ? expr.parameters : expr.kind === 'column' ? [expr.id] : []
  const own = names.map((name) => Number(/^bound_([0-9]+)$/.exec(name)?.[1] ?? 0))
  return Math.max(0, ...own, ...sqlChildren(expr).map(depth))
}

type ExprOf<K extends SqlExpr['kind']> = Extract<SqlExpr, { kind: K }>

const CHILDREN: { readonly [K in SqlExpr['kind']]: (node: ExprOf<K>) => readonly SqlExpr[] } = {
  column: () => [],
  literal: () => [],
  integer: () => [],
  unary: (node) => [node.operand],
  binary: (node) => [node.left, node.right],
  call: (node) => node.args,
  case: (node) => [
    ...node.branches.flatMap((branch) => [branch.when, branch.then]),
    ...(node.otherwise === undefined ? [] : [node.otherwise]),
  ],
  cast: (node) => [node.operand],
  in: (node) => [node.operand, ...node.values],
  lambda: (node) => [node.body],
  scalar: () => [],
  aggregate: (node) => [
    ...node.args,
    ...(node.filter === undefined ? [] : [node.filter]),
    ...(node.orderBy ?? []).map((item) => item.expr),
    ...(node.over === undefined ? [] : [...node.over.partitionBy, ...node.over.orderBy.map((item) => item.expr)]),
  ],
}

/** The expressions directly within an expression; queries are not entered. */
export const sqlChildren = (node: SqlExpr): readonly SqlExpr[] => CHILDREN[node.kind](node as never)
