import { closureOf } from './closure-of.ts'
import { NO_EVENT, type Closure, type Fields, type Functions, type Place, type VegaEvent } from './closure.ts'
import { encodingOf, type Encoding, type VegaEncode } from './encoding.ts'
import type { VegaNode } from './vega-node.ts'

/** A scope of Vega's runtime, as far as expressions are concerned. */
interface RuntimeScope {
  readonly functions: Functions
}

interface VegaExpression {
  readonly ast: VegaNode
}

/** The option `expr` of a Vega View over a data flow description that was parsed with `ast: true`. */
export interface ExpressionEvaluator {
  /** The value of a signal, or of a parameter that is no function. */
  operator(scope: RuntimeScope, expression: VegaExpression): (params: Fields) => unknown
  /** A function of a row, such as a formula's. */
  parameter(scope: RuntimeScope, expression: VegaExpression): (datum: unknown, params: Fields) => unknown
  /** The filter of an event stream. */
  event(scope: RuntimeScope, expression: VegaExpression): (event: VegaEvent) => unknown
  /** What a signal becomes at an event. */
  handler(scope: RuntimeScope, expression: VegaExpression): (params: Fields, event: VegaEvent) => unknown
  /** Writes an item's channels; 1 when one of them has changed. */
  encode(scope: RuntimeScope, encode: VegaEncode): (item: Fields, params: Fields) => 0 | 1
}

const NO_PARAMS = undefined as unknown as Fields
const NO_ITEM = undefined as unknown as Fields

/** Remembers what was made of an object: each group of a facet asks for the same again. */
const remembered = <K extends object, V>(make: (key: K, functions: Functions) => V): typeof make => {
  const made = new WeakMap<K, V>()
  return (key, functions) => {
    const before = made.get(key)
    if (before !== undefined) return before
    const value = make(key, functions)
    made.set(key, value)
    return value
  }
}

const compiledFor = (given: Place['given']): ((ast: VegaNode, functions: Functions) => Closure) =>
  remembered((ast, functions) => closureOf(ast, { functions, given }))

const alone = compiledFor({ datum: false, item: false })
const withDatum = compiledFor({ datum: true, item: false })
const encodings: (encode: VegaEncode, functions: Functions) => Encoding = remembered(encodingOf)

/**
 * Evaluates Vega's expressions without generating code, as vega-interpreter does, and several times faster: each is compiled,
 * when it is first needed, to closures, where an interpreter walks its syntax tree at each evaluation. Values are those of Vega's
 * generated code. What vega-interpreter keeps from expressions (`Function` and the like) is kept from them here.
 */
export const expressionClosures: ExpressionEvaluator = {
  operator: ({ functions }, { ast }) => {
    let closure: Closure | undefined
    return (params) => (closure ??= alone(ast, functions))(functions, params, undefined, NO_EVENT, NO_ITEM)
  },
  parameter: ({ functions }, { ast }) => {
    let closure: Closure | undefined
    return (datum, params) => (closure ??= withDatum(ast, functions))(functions, params, datum, NO_EVENT, NO_ITEM)
  },
  event: ({ functions }, { ast }) => {
    let closure: Closure | undefined
    return (event) => (closure ??= alone(ast, functions))(functions, NO_PARAMS, undefined, event, NO_ITEM)
  },
  handler: ({ functions }, { ast }) => {
    let closure: Closure | undefined
    return (params, event) => {
      const datum = event.item && event.item.datum
      return (closure ??= withDatum(ast, functions))(functions, params, datum, event, NO_ITEM)
    }
  },
  encode: ({ functions }, encode) => {
    let encoding: Encoding | undefined
    return (item, params) => (encoding ??= encodings(encode, functions))(functions, item, params)
  },
}
