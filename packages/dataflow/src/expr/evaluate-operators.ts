import type { Scalar } from '../scalar.ts'
import type { BinaryOp, UnaryOp } from './ast.ts'

type Operand = number

/** JavaScript's own operators: the operands are coerced by the language, whatever they are. */
export const BINARY: { readonly [K in BinaryOp]: (a: Operand, b: Operand) => Scalar } = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '==': (a, b) => looseEqual(a, b),
  '!=': (a, b) => !looseEqual(a, b),
  '===': (a, b) => a === b,
  '!==': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '>>>': (a, b) => a >>> b,
}

export const UNARY: { readonly [K in UnaryOp]: (a: Operand) => Scalar } = {
  '+': (a) => +a,
  '-': (a) => -a,
  '~': (a) => ~a,
  '!': (a) => !a,
}

/** `==` of values that are no objects (objects are refused before). */
const looseEqual = (a: unknown, b: unknown): boolean => {
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null)
  if (typeof a === typeof b) return a === b
  return Number(a) === Number(b)
}
