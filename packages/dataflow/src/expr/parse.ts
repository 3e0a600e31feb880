import { parseExpression } from 'vega-expression'
import { reason, type Reason } from '../reason.ts'
import { recent } from '../recent.ts'
import type { BinaryOp, Expr, LogicalOp, Property, UnaryOp } from './ast.ts'

/** Expressions that are remembered, and how long each may be: a chart asks about its own again and again. */
const REMEMBERED = 1000
const LONGEST = 2000

const remembered = recent<Expr | Reason>(REMEMBERED)

/**
 * Parses a Vega expression. A syntax error, or a form that Vega itself refuses (a method call, an array hole), is a Reason.
 */
export const parse = (expression: string): Expr | Reason =>
  expression.length > LONGEST ? parsed(expression) : remembered(expression, () => parsed(expression))

const parsed = (expression: string): Expr | Reason => {
  try {
    return convert(parseExpression(expression))
  } catch (error) {
    return reason(`not a Vega expression: ${error instanceof Error ? error.message : String(error)}`, expression)
  }
}

/** An ESTree node as vega-expression makes it: every field is checked by what reads it. */
interface Raw {
  readonly type: string
  readonly [field: string]: unknown
}

const BINARY: ReadonlySet<string> = new Set<BinaryOp>([
  '+',
  '-',
  '*',
  '/',
  '%',
  '==',
  '!=',
  '===',
  '!==',
  '<',
  '>',
  '<=',
  '>=',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '>>>',
])
const LOGICAL: ReadonlySet<string> = new Set<LogicalOp>(['&&', '||'])
const UNARY: ReadonlySet<string> = new Set<UnaryOp>(['+', '-', '~', '!'])

const CONVERT: Readonly<Record<string, (node: Raw) => Expr>> = {
  Literal: (node) => ({ type: 'Literal', value: literal(node.value) }),
  Identifier: (node) => ({ type: 'Identifier', name: String(node.name) }),
  ArrayExpression: (node) => ({ type: 'ArrayExpression', elements: list(node.elements).map(convert) }),
  BinaryExpression: (node) => ({
    type: 'BinaryExpression',
    operator: operator(node.operator, BINARY) as BinaryOp,
    left: convert(node.left),
    right: convert(node.right),
  }),
  CallExpression: (node) => ({
    type: 'CallExpression',
    callee: functionName(node.callee),
    arguments: list(node.arguments).map(convert),
  }),
  ConditionalExpression: (node) => ({
    type: 'ConditionalExpression',
    test: convert(node.test),
    consequent: convert(node.consequent),
    alternate: convert(node.alternate),
  }),
  LogicalExpression: (node) => ({
    type: 'LogicalExpression',
    operator: operator(node.operator, LOGICAL) as LogicalOp,
    left: convert(node.left),
    right: convert(node.right),
  }),
  MemberExpression: (node) => ({
    type: 'MemberExpression',
    object: convert(node.object),
    property: node.computed === true ? convert(node.property) : { type: 'Literal', value: name(node.property) },
  }),
  ObjectExpression: (node) => ({ type: 'ObjectExpression', properties: list(node.properties).map(property) }),
  UnaryExpression: (node) => ({
    type: 'UnaryExpression',
    operator: operator(node.operator, UNARY) as UnaryOp,
    argument: convert(node.argument),
  }),
}

const convert = (node: unknown): Expr => {
  const raw = rawNode(node)
  const build = CONVERT[raw.type]
  if (build === undefined) throw new Error(`Unsupported type: ${raw.type}`)
  return Object.freeze(build(raw))
}

const rawNode = (node: unknown): Raw => {
  if (typeof node !== 'object' || node === null || !('type' in node))
    throw new Error('a part of the expression is missing')
  return node as Raw
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const name = (node: unknown): string => {
  const raw = rawNode(node)
  if (raw.type !== 'Identifier') throw new Error('a name is expected')
  return String(raw.name)
}

const functionName = (callee: unknown): string => {
  const raw = rawNode(callee)
  if (raw.type !== 'Identifier') throw new Error(`Illegal callee type: ${raw.type}`)
  return String(raw.name)
}

const property = (node: unknown): Property => {
  const raw = rawNode(node)
  const key = rawNode(raw.key)
  return Object.freeze({
    type: 'Property',
    key: key.type === 'Literal' ? String(key.value) : name(key),
    value: convert(raw.value),
  })
}

const operator = (value: unknown, known: ReadonlySet<string>): string => {
  if (typeof value !== 'string' || !known.has(value)) throw new Error(`Unsupported operator: ${String(value)}`)
  return value
}

const literal = (value: unknown): null | boolean | number | string | RegExp => {
  if (
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'number' ||
    typeof value === 'string' ||
    value instanceof RegExp
  ) {
    return value
  }
  throw new Error('Unsupported literal')
}
