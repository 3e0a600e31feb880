import type { SqlExpr } from './ast.ts'

/** What becomes of an expression: another one, `'into'` to look at its parts, or undefined where it cannot be had. */
export type Replacement = SqlExpr | 'into' | undefined

/** An expression with parts of it replaced, from the outside in; undefined as soon as one of them cannot be had. */
export const rewrite = (expr: SqlExpr, replace: (expr: SqlExpr) => Replacement): SqlExpr | undefined => {
  const found = replace(expr)
  if (found !== 'into') return found
  return PARTS[expr.kind](expr as never, (part) => rewrite(part, replace))
}

type Rewrite = (expr: SqlExpr) => SqlExpr | undefined
type ExprOf<K extends SqlExpr['kind']> = Extract<SqlExpr, { kind: K }>

const all = (exprs: readonly SqlExpr[], each: Rewrite): readonly SqlExpr[] | undefined => {
  const found = exprs.flatMap((expr) => each(expr) ?? [])
  return found.length === exprs.length ? found : undefined
}

const PARTS: { readonly [K in SqlExpr['kind']]: (node: ExprOf<K>, each: Rewrite) => SqlExpr | undefined } = {
  column: (node) => node,
  literal: (node) => node,
  integer: (node) => node,
  unary: (node, each) => {
    const operand = each(node.operand)
    return operand && { ...node, operand }
  },
  binary: (node, each) => {
    const [left, right] = [each(node.left), each(node.right)]
    return left && right && { ...node, left, right }
  },
  call: (node, each) => {
    const args = all(node.args, each)
    return args && { ...node, args }
  },
  case: (node, each) => {
    const tests = all(
      node.branches.map((branch) => branch.when),
      each,
    )
    const values = all(
      node.branches.map((branch) => branch.then),
      each,
    )
    const otherwise = node.otherwise === undefined ? undefined : each(node.otherwise)
    if (tests === undefined || values === undefined || (node.otherwise !== undefined && otherwise === undefined))
      return undefined
    const branches = node.branches.map((branch, index) => ({
      when: tests[index] ?? branch.when,
      then: values[index] ?? branch.then,
    }))
    return { kind: 'case', branches, ...(otherwise && { otherwise }) }
  },
  cast: (node, each) => {
    const operand = each(node.operand)
    return operand && { ...node, operand }
  },
  in: (node, each) => {
    const operand = each(node.operand)
    const values = all(node.values, each)
    return operand && values && { ...node, operand, values }
  },
  lambda: (node, each) => {
    const body = each(node.body)
    return body && { ...node, body }
  },
  // What stands in a query of its own, and in an aggregate, has other columns around it.
  scalar: () => undefined,
  aggregate: () => undefined,
}
