import type { BinaryOp, LogicalOp, UnaryOp } from '../expr/ast.ts'

/** Vega's own syntax tree of an expression, as its parser leaves it in a data flow description with `ast: true`. */
export type VegaNode =
  | { readonly type: 'Literal'; readonly value: unknown; readonly regex?: VegaRegExp }
  | { readonly type: 'Identifier'; readonly name: string }
  | { readonly type: 'ArrayExpression'; readonly elements: readonly VegaNode[] }
  | {
      readonly type: 'BinaryExpression'
      readonly operator: VegaBinaryOp
      readonly left: VegaNode
      readonly right: VegaNode
    }
  | { readonly type: 'UnaryExpression'; readonly operator: UnaryOp; readonly argument: VegaNode }
  | {
      readonly type: 'LogicalExpression'
      readonly operator: LogicalOp
      readonly left: VegaNode
      readonly right: VegaNode
    }
  | {
      readonly type: 'ConditionalExpression'
      readonly test: VegaNode
      readonly consequent: VegaNode
      readonly alternate: VegaNode
    }
  | {
      readonly type: 'MemberExpression'
      readonly object: VegaNode
      readonly property: VegaNode
      readonly computed: boolean
    }
  | { readonly type: 'CallExpression'; readonly callee: VegaNode; readonly arguments: readonly VegaNode[] }
  | { readonly type: 'ObjectExpression'; readonly properties: readonly VegaProperty[] }

/** Vega's parser takes these two of JavaScript's operators as well. */
export type VegaBinaryOp = BinaryOp | 'in' | 'instanceof'

export interface VegaRegExp {
  readonly pattern: string
  readonly flags: string
}

export interface VegaProperty {
  readonly key: VegaNode
  readonly value: VegaNode
}

export type VegaNodeType = VegaNode['type']
export type VegaNodeOf<T extends VegaNodeType> = Extract<VegaNode, { readonly type: T }>
