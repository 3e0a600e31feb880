import { columnNamed, memberNamed, type Column } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { and, coalesce, column as columnSql, not, or, TRUE, FALSE } from '../sql/build.ts'
import { arithmetic, isArithmetic, unaryNumber } from './arithmetic.ts'
import { children, literalString, memberPath, type CallExpression, type Expr, type Node, type NodeOf } from './ast.ts'
import { truthy } from './coerce.ts'
import { looseEqual, relational, strictEqual } from './compare.ts'
import { compilePart, compileSpecial } from './compile-special.ts'
import { evaluateNode } from './evaluate.ts'
import { FUNCTIONS } from './functions.ts'
import { conjuncts, finiteBy, knownBy, withinBounds, type Known } from './known-by.ts'
import { parse } from './parse.ts'
import { refused } from './refused.ts'
import { choose } from './choose.ts'
import type { CompileScope, ExprScope, TypedSql } from './typed.ts'
import { booleanSql, constant, isConstant, toTyped, withAll, type Value } from './value.ts'

export type { ExprScope, ExprType, TypedSql } from './typed.ts'

/**
 * Compiles a Vega expression to SQL with JavaScript's semantics, or says why it cannot be exact.
 * Source: https://vega.github.io/vega/docs/expressions/
 */
export const compileExpression = (expression: string, scope: ExprScope): TypedSql | Reason =>
  attributed(
    expression,
    withAll<[Expr], TypedSql>([parsed(expression)], (ast) =>
      withAll<[Value], TypedSql>([compile(ast, { ...scope, intersected: intersected(ast) })], (value) =>
        toTyped(value),
      ),
    ),
  )

/** The expression, unless Vega refuses it. */
const parsed = (expression: string): Expr | Reason => {
  const ast = parse(expression)
  return isReason(ast) ? ast : (refused(ast) ?? ast)
}

/** Compiles the truth of an expression: BOOLEAN, never NULL. */
export const compilePredicate = (expression: string, scope: ExprScope): SqlExpr | Reason => {
  const compiled = compileFilter(expression, scope)
  return isReason(compiled) ? compiled : compiled.test
}

/** The truth of an expression as a filter asks for it, and what is known of the rows for which it holds. */
export const compileFilter = (
  expression: string,
  scope: ExprScope,
): { readonly test: SqlExpr; readonly known: Known } | Reason =>
  attributed(
    expression,
    withAll<[Expr], { readonly test: SqlExpr; readonly known: Known }>([parsed(expression)], (ast) =>
      withAll<[SqlExpr], { readonly test: SqlExpr; readonly known: Known }>(
        [compileTest(ast, { ...scope, intersected: intersected(ast) })],
        (test) => ({ test, known: knownBy(ast, scope) }),
      ),
    ),
  )

const intersected = (node: Node): ReadonlySet<string> => {
  const inner = children(node).flatMap((child) => [...intersected(child)])
  const test = node.type === 'CallExpression' && node.callee.startsWith('vlSelection') ? node.arguments : []
  const store = literalString(test.at(-1)) === 'intersect' ? literalString(test[0]) : undefined
  return new Set(store === undefined ? inner : [store, ...inner])
}

const attributed = <T>(expression: string, compiled: T | Reason): T | Reason =>
  isReason(compiled) ? reason(compiled.reason, compiled.about ?? expression) : compiled

/** A part of an expression as a value. */
export const compile = (node: Expr, scope: CompileScope): Value | Reason =>
  isFree(node) ? known(node, scope) : COMPILE[node.type](node as never, scope)

/** The value, or where that is not evaluated here the SQL of it. */
const known = (node: Expr, scope: CompileScope): Value | Reason => {
  const value = evaluateNode(node, scope)
  if (!isReason(value) || node.type !== 'CallExpression') return value
  const compiled = COMPILE.CallExpression(node, scope)
  return isReason(compiled) ? value : compiled
}

/** A part of an expression as the truth of it. */
export const compileTest = (node: Expr, scope: CompileScope): SqlExpr | Reason => {
  if (node.type === 'LogicalExpression' && node.operator === '&&') return compileAll(node, scope)
  if (node.type === 'LogicalExpression') {
    return withAll<[SqlExpr, SqlExpr], SqlExpr>([compileTest(node.left, scope), compileTest(node.right, scope)], or)
  }
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    return withAll<[SqlExpr], SqlExpr>([compileTest(node.argument, scope)], not)
  }
  return withAll<[Value], SqlExpr>([compile(node, scope)], valueTest)
}

/** Tests of which all have to hold: each is asked only where those before it hold. */
const compileAll = (node: Expr, scope: CompileScope): SqlExpr | Reason => {
  const finite = finiteBy(node, scope)
  let known = scope
  const tests = conjuncts(node).map((part) => {
    const test = compileTest(part, withinBounds(finite, known))
    known = knownBy(part, known)
    return test
  })
  return withAll<SqlExpr[], SqlExpr>(tests, (...all) => (finite.size > 0 ? coalesce(and(...all), FALSE) : and(...all)))
}

const valueTest = (value: Value): SqlExpr | Reason =>
  isConstant(value) ? (value.constant ? TRUE : FALSE) : truthy(value)

/** Does the node not refer to the row? */
const isFree = (node: Node): boolean =>
  !(node.type === 'Identifier' && node.name === 'datum') && children(node).every(isFree)

type Compile<T extends Expr['type']> = (node: NodeOf<T>, scope: CompileScope) => Value | Reason

const both = (
  left: Expr,
  right: Expr,
  scope: CompileScope,
  then: (a: TypedSql, b: TypedSql) => TypedSql | Reason,
): TypedSql | Reason =>
  withAll<[Value, Value], TypedSql>([compile(left, scope), compile(right, scope)], (a, b) =>
    withAll<[TypedSql, TypedSql], TypedSql>([toTyped(a), toTyped(b)], then),
  )

const asBoolean = (sql: SqlExpr | Reason): TypedSql | Reason => (isReason(sql) ? sql : booleanSql(sql))
const negated = (sql: SqlExpr | Reason): SqlExpr | Reason => (isReason(sql) ? sql : not(sql))

const COMPILE: { readonly [T in Expr['type']]: Compile<T> } = {
  Literal: ({ value }) => constant(value),
  Identifier: () => reason('the row as a whole has no SQL'),
  ArrayExpression: () => reason('an array of values of the row has no SQL'),
  ObjectExpression: () => reason('an object of values of the row has no SQL'),
  MemberExpression: (node, scope) => {
    const path = memberPath(node, 'datum')
    const [name, ...nested] = path ?? []
    if (name === undefined) return partOfCall(node, scope)
    return nested.length === 0 ? readColumn(name, scope) : readMember(name, nested, scope)
  },
  UnaryExpression: (node, scope) => {
    const { operator, argument } = node
    if (operator === '!') return asBoolean(compileTest(node, scope))
    return withAll<[Value], TypedSql>([compile(argument, scope)], (value) =>
      withAll<[TypedSql], TypedSql>([toTyped(value)], (typed) => unaryNumber(operator, typed)),
    )
  },
  BinaryExpression: ({ operator, left, right }, scope) =>
    both(left, right, scope, (a, b) => {
      if (isArithmetic(operator)) return arithmetic(operator, a, b)
      switch (operator) {
        case '==':
          return asBoolean(looseEqual(a, b))
        case '!=':
          return asBoolean(negated(looseEqual(a, b)))
        case '===':
          return asBoolean(strictEqual(a, b))
        case '!==':
          return asBoolean(negated(strictEqual(a, b)))
        default:
          return asBoolean(relational(operator, a, b))
      }
    }),
  LogicalExpression: ({ operator, left, right }, scope) =>
    withAll<[Value], Value>([compile(left, scope)], (first) => {
      const second = (): Value | Reason => compile(right, scope)
      if (isConstant(first)) return (operator === '&&') === Boolean(first.constant) ? second() : first
      return withAll<[SqlExpr, Value], Value>([truthy(first), second()], (test, other) =>
        first.type === 'boolean' && !first.nulls && !isConstant(other) && other.type === 'boolean' && !other.nulls
          ? booleanSql(operator === '&&' ? and(test, other.sql) : or(test, other.sql))
          : operator === '&&'
            ? choose(test, other, first)
            : choose(test, first, other),
      )
    }),
  ConditionalExpression: ({ test, consequent, alternate }, scope) => conditional(test, consequent, alternate, scope),
  CallExpression: (node, scope) => call(node, scope),
}

const conditional = (test: Expr, consequent: Expr, alternate: Expr, scope: CompileScope): Value | Reason =>
  withAll<[SqlExpr], Value>([compileTest(test, scope)], (truth) => {
    if (truth === TRUE) return compile(consequent, scope)
    if (truth === FALSE) return compile(alternate, scope)
    return withAll<[Value, Value], Value>(
      [compile(consequent, knownBy(test, scope)), compile(alternate, scope)],
      (a, b) => choose(truth, a, b),
    )
  })

const call = (node: CallExpression, scope: CompileScope): Value | Reason => {
  const { callee, arguments: args } = node
  const [first, second, third] = args
  if (callee === 'if') {
    return first !== undefined && second !== undefined && third !== undefined && args.length === 3
      ? conditional(first, second, third, scope)
      : reason('if takes three arguments')
  }
  const special = compileSpecial(
    node,
    scope,
    (argument) => compile(argument, scope),
    (name) => readColumn(name, scope),
  )
  if (special !== undefined) return special
  const build = Object.hasOwn(FUNCTIONS, callee) ? FUNCTIONS[callee] : undefined
  if (build === undefined) return reason(`${callee} has no SQL`)
  return withAll<Value[], TypedSql>(
    args.map((argument) => compile(argument, scope)),
    (...values) => withAll<TypedSql[], TypedSql>(values.map(toTyped), (...typed) => build(typed, scope)),
  )
}

/** A field of the row: of a column that there is not, undefined. */
const readColumn = (name: string, scope: CompileScope): Value | Reason => {
  const column = columnNamed(scope.columns, name)
  if (column === undefined) {
    return name in Object.prototype ? reason('a member of every object has no SQL', name) : constant(undefined)
  }
  const { stored = {} } = scope
  const known = Object.hasOwn(stored, column.id) ? stored[column.id] : undefined
  return { ...valueOf(column), ...(known === undefined ? {} : { stored: known }) }
}

/** A member of what a function returns. */
const partOfCall = ({ object, property }: NodeOf<'MemberExpression'>, scope: CompileScope): Value | Reason =>
  object.type === 'CallExpression' && object.callee === 'split' && property.type === 'Literal'
    ? compilePart(object, property.value, (argument) => compile(argument, scope))
    : reason('a member that depends on the row has no SQL')

/** A field of an object in a field. */
const readMember = (name: string, path: readonly string[], { columns, members }: CompileScope): Value | Reason => {
  const found = path.reduce<Column | undefined>(
    (at, key) => at && memberNamed(members, at, key),
    columnNamed(columns, name),
  )
  return found === undefined ? reason('a nested member has no SQL') : valueOf(found)
}

const valueOf = (column: Column): TypedSql => ({
  sql: columnSql(column.id),
  type: column.type,
  nulls: column.nulls,
  ...(column.absent === true ? { undefinedNull: true } : {}),
  nans: (column.type === 'number' || column.type === 'date') && column.nans !== false,
  ...(column.type === 'string' && column.alphabet !== undefined ? { alphabet: column.alphabet } : {}),
})
