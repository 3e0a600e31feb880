import type { LogicalOp, UnaryOp } from '../expr/ast.ts'
import type { Closure } from './closure.ts'
import { looselyEqual } from './loosely-equal.ts'
import type { VegaBinaryOp } from './vega-node.ts'

// JavaScript's own operators, whatever the values are: the types only say so to the compiler
type N = number

/** One closure for each operator, not one that looks for it at each evaluation. */
export const BINARY: Readonly<Record<VegaBinaryOp, (a: Closure, b: Closure) => Closure>> = {
  '+': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) + (b(f, p, d, e, i) as N),
  '-': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) - (b(f, p, d, e, i) as N),
  '*': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) * (b(f, p, d, e, i) as N),
  '/': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) / (b(f, p, d, e, i) as N),
  '%': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) % (b(f, p, d, e, i) as N),
  '<': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) < (b(f, p, d, e, i) as N),
  '>': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) > (b(f, p, d, e, i) as N),
  '<=': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) <= (b(f, p, d, e, i) as N),
  '>=': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) >= (b(f, p, d, e, i) as N),
  '==': (a, b) => (f, p, d, e, i) => looselyEqual(a(f, p, d, e, i), b(f, p, d, e, i)),
  '!=': (a, b) => (f, p, d, e, i) => !looselyEqual(a(f, p, d, e, i), b(f, p, d, e, i)),
  '===': (a, b) => (f, p, d, e, i) => a(f, p, d, e, i) === b(f, p, d, e, i),
  '!==': (a, b) => (f, p, d, e, i) => a(f, p, d, e, i) !== b(f, p, d, e, i),
  '&': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) & (b(f, p, d, e, i) as N),
  '|': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) | (b(f, p, d, e, i) as N),
  '^': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) ^ (b(f, p, d, e, i) as N),
  '<<': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) << (b(f, p, d, e, i) as N),
  '>>': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) >> (b(f, p, d, e, i) as N),
  '>>>': (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as N) >>> (b(f, p, d, e, i) as N),
  in: (a, b) => (f, p, d, e, i) => (a(f, p, d, e, i) as string) in (b(f, p, d, e, i) as object),
  instanceof: (a, b) => (f, p, d, e, i) => a(f, p, d, e, i) instanceof (b(f, p, d, e, i) as typeof Object),
}

export const UNARY: Readonly<Record<UnaryOp, (a: Closure) => Closure>> = {
  '+': (a) => (f, p, d, e, i) => +(a(f, p, d, e, i) as N),
  '-': (a) => (f, p, d, e, i) => -(a(f, p, d, e, i) as N),
  '~': (a) => (f, p, d, e, i) => ~(a(f, p, d, e, i) as N),
  '!': (a) => (f, p, d, e, i) => !a(f, p, d, e, i),
}

export const LOGICAL: Readonly<Record<LogicalOp, (a: Closure, b: Closure) => Closure>> = {
  '&&': (a, b) => (f, p, d, e, i) => a(f, p, d, e, i) && b(f, p, d, e, i),
  '||': (a, b) => (f, p, d, e, i) => a(f, p, d, e, i) || b(f, p, d, e, i),
}
