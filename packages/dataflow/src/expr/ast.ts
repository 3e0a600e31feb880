/** Vega's expression syntax tree, typed: https://vega.github.io/vega/docs/expressions/. Frozen by the parser. */

export type BinaryOp =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '=='
  | '!='
  | '==='
  | '!=='
  | '<'
  | '>'
  | '<='
  | '>='
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '>>>'
export type UnaryOp = '+' | '-' | '~' | '!'
export type LogicalOp = '&&' | '||'

export interface Literal {
  readonly type: 'Literal'
  readonly value: null | boolean | number | string | RegExp
}
export interface Identifier {
  readonly type: 'Identifier'
  readonly name: string
}
export interface ArrayExpression {
  readonly type: 'ArrayExpression'
  readonly elements: readonly Expr[]
}
export interface BinaryExpression {
  readonly type: 'BinaryExpression'
  readonly operator: BinaryOp
  readonly left: Expr
  readonly right: Expr
}
/** A call of one of Vega's functions; Vega has no method calls. */
export interface CallExpression {
  readonly type: 'CallExpression'
  readonly callee: string
  readonly arguments: readonly Expr[]
}
export interface ConditionalExpression {
  readonly type: 'ConditionalExpression'
  readonly test: Expr
  readonly consequent: Expr
  readonly alternate: Expr
}
export interface LogicalExpression {
  readonly type: 'LogicalExpression'
  readonly operator: LogicalOp
  readonly left: Expr
  readonly right: Expr
}
/** `object.name` and `object['name']` are one: a property that is a string literal. */
export interface MemberExpression {
  readonly type: 'MemberExpression'
  readonly object: Expr
  readonly property: Expr
}
export interface ObjectExpression {
  readonly type: 'ObjectExpression'
  readonly properties: readonly Property[]
}
export interface Property {
  readonly type: 'Property'
  readonly key: string
  readonly value: Expr
}
export interface UnaryExpression {
  readonly type: 'UnaryExpression'
  readonly operator: UnaryOp
  readonly argument: Expr
}

export type Expr =
  | Literal
  | Identifier
  | ArrayExpression
  | BinaryExpression
  | CallExpression
  | ConditionalExpression
  | LogicalExpression
  | MemberExpression
  | ObjectExpression
  | UnaryExpression

export type Node = Expr | Property
export type NodeType = Node['type']
export type NodeOf<T extends NodeType> = Extract<Node, { type: T }>

/** The children of each kind of node, in source order. The only place that knows them. */
export const CHILDREN: { readonly [T in NodeType]: (node: NodeOf<T>) => readonly Node[] } = {
  Literal: () => [],
  Identifier: () => [],
  ArrayExpression: (node) => node.elements,
  BinaryExpression: (node) => [node.left, node.right],
  CallExpression: (node) => node.arguments,
  ConditionalExpression: (node) => [node.test, node.consequent, node.alternate],
  LogicalExpression: (node) => [node.left, node.right],
  MemberExpression: (node) => [node.object, node.property],
  ObjectExpression: (node) => node.properties,
  Property: (node) => [node.value],
  UnaryExpression: (node) => [node.argument],
}

export const children = <T extends NodeType>(node: NodeOf<T>): readonly Node[] =>
  (CHILDREN[node.type as T] as (node: NodeOf<T>) => readonly Node[])(node)

/** The string of a string literal. */
export const literalString = (node: Node | undefined): string | undefined =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined

/** `['a', 'b']` for `datum.a['b']`; undefined when the chain does not start at `root` or has a computed step. */
export const memberPath = (node: Node, root: string): readonly string[] | undefined => {
  const path: string[] = []
  let at: Node = node
  while (at.type === 'MemberExpression') {
    const key = memberKey(at)
    if (key === undefined) return undefined
    path.unshift(key)
    at = at.object
  }
  return at.type === 'Identifier' && at.name === root && path.length > 0 ? path : undefined
}

/** The property name that a member access states, if it is a literal. */
export const memberKey = (node: MemberExpression): string | undefined =>
  node.property.type === 'Literal' && !(node.property.value instanceof RegExp) ? String(node.property.value) : undefined
