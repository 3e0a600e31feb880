import { DisallowedObjectProperties } from 'vega-util'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { Expr, MemberExpression, NodeOf } from './ast.ts'
import { BINARY, UNARY } from './evaluate-operators.ts'
import { CONSTANT_FUNCTIONS } from './evaluate-functions.ts'
import { parse } from './parse.ts'
import type { ConstantScope } from './constant-function.ts'
import { CONSTANTS } from './references.ts'
import { constant, type Constant } from './value.ts'

/** The value of an expression that does not refer to `datum`; a Reason when it is not certain to be Vega's. */
export const evaluate = (expression: string, scope: ConstantScope): Constant | Reason => {
  const ast = parse(expression)
  return isReason(ast) ? ast : evaluateNode(ast, scope)
}

export const evaluateNode = (node: Expr, scope: ConstantScope): Constant | Reason => {
  try {
    return constant(valueOf(node, scope))
  } catch (error) {
    return reason(error instanceof Error ? error.message : String(error))
  }
}

const refuse = (why: string): never => {
  throw new Error(why)
}

type Evaluate<T extends Expr['type']> = (node: NodeOf<T>, scope: ConstantScope) => Scalar

const EVALUATE: { readonly [T in Expr['type']]: Evaluate<T> } = {
  Literal: ({ value }) => value,
  Identifier: ({ name }, scope) => {
    if (Object.hasOwn(CONSTANTS, name)) return CONSTANTS[name]
    return Object.hasOwn(scope.signals, name) ? scope.signals[name] : refuse(`${name} is not a signal of known value`)
  },
  ArrayExpression: ({ elements }, scope) => elements.map((element) => valueOf(element, scope)),
  ObjectExpression: ({ properties }, scope) =>
    Object.fromEntries(
      properties.map(({ key, value }) =>
        DisallowedObjectProperties.has(key) ? refuse(`${key} is not a property to set`) : [key, valueOf(value, scope)],
      ),
    ),
  MemberExpression: (node, scope) => member(node, scope),
  UnaryExpression: ({ operator, argument }, scope) => {
    const value = valueOf(argument, scope)
    return UNARY[operator](operator === '!' ? (value as number) : primitive(value))
  },
  BinaryExpression: ({ operator, left, right }, scope) => {
    const [a, b] = [valueOf(left, scope), valueOf(right, scope)]
    const equality = operator.startsWith('==') || operator.startsWith('!=')
    if (equality && (isObject(a) || isObject(b))) {
      if (isObject(a) && isObject(b)) return refuse('objects are equal only if they are one')
      if (!operator.endsWith('==') && (a ?? b ?? null) !== null && a !== null && b !== null)
        return refuse('objects are not compared with values')
    }
    if (operator === '+' && (isObject(a) || isObject(b))) return refuse('the text of an object is not computed with')
    return equality ? BINARY[operator](a as number, b as number) : BINARY[operator](primitive(a), primitive(b))
  },
  LogicalExpression: ({ operator, left, right }, scope) => {
    const value = valueOf(left, scope)
    return (operator === '&&') === Boolean(value) ? valueOf(right, scope) : value
  },
  ConditionalExpression: ({ test, consequent, alternate }, scope) =>
    valueOf(test, scope) ? valueOf(consequent, scope) : valueOf(alternate, scope),
  CallExpression: ({ callee, arguments: args }, scope) => {
    if (callee === 'if' && args.length === 3) {
      const [test, consequent, alternate] = args
      return test && consequent && alternate ? valueOf(valueOf(test, scope) ? consequent : alternate, scope) : undefined
    }
    if (args.length === 0) return refuse('a call has no arguments')
    const evaluateCall = Object.hasOwn(CONSTANT_FUNCTIONS, callee) ? CONSTANT_FUNCTIONS[callee] : undefined
    if (evaluateCall === undefined) return refuse(`${callee} is not evaluated here`)
    return evaluateCall(
      args.map((argument) => valueOf(argument, scope)),
      scope,
    )
  },
}

const valueOf = (node: Expr, scope: ConstantScope): Scalar =>
  (EVALUATE[node.type] as (node: Expr, scope: ConstantScope) => Scalar)(node, scope)

const isObject = (value: Scalar): boolean => typeof value === 'object' && value !== null

/** A value on which operators work as on a number; JavaScript coerces what is none. */
const primitive = (value: Scalar): number =>
  isObject(value) && !(value instanceof Date) ? refuse('objects are not computed with') : (value as number)

/** Own properties of plain values only: there is nothing of Vega's in the prototypes. */
const member = (node: MemberExpression, scope: ConstantScope): Scalar => {
  const object = valueOf(node.object, scope)
  const key = String(primitive(valueOf(node.property, scope)))
  if (object === null || object === undefined) return refuse(`${key} of ${String(object)}`)
  if (Object.hasOwn(Object(object), key)) return (object as Readonly<Record<string, Scalar>>)[key]
  return key in Object(object) ? refuse(`${key} is not a property of data`) : undefined
}
