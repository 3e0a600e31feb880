import { parse, View, type Spec } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { expressionClosures } from '../../src/index.ts'
import type { World } from '../expr/oracle.ts'

/** Who evaluates: Vega's generated code, vega-interpreter, or our closures. */
export type Evaluator = 'generated' | 'interpreted' | 'closures'

const EXPR: Readonly<Record<Evaluator, object>> = {
  generated: {},
  interpreted: { expr: expressionInterpreter },
  closures: { expr: expressionClosures },
}

/** An expression as Vega's parser leaves it. */
export interface Parsed {
  readonly code: string
  readonly ast: unknown
}

type Evaluate = (...given: readonly unknown[]) => unknown

/** Vega's scope of names and functions at run time, which asks the evaluator: checked on vega 6.4.0. */
export interface Scope {
  readonly functions: Readonly<Record<string, unknown>>
  operatorExpression(parsed: Parsed): Evaluate
  parameterExpression(parsed: Parsed): Evaluate
  eventExpression(parsed: Parsed): Evaluate
  handlerExpression(parsed: Parsed): Evaluate
  encodeExpression(encode: object): Evaluate
}

interface Description {
  readonly operators: readonly {
    readonly type: string
    readonly params?: { readonly expr?: { readonly $expr?: Parsed } }
  }[]
}

const signalsOf = ({ signals }: World): object[] => Object.entries(signals).map(([name, value]) => ({ name, value }))

/** What Vega's parser makes of an expression, code and tree. Throws what it throws. */
export const parsed = (text: string, world: World): Parsed => {
  const data = Object.keys(world.data).map((name) => ({ name }))
  const table = { name: 'table', transform: [{ type: 'formula', expr: text, as: 'r' }] }
  const spec = { signals: signalsOf(world), data: [...data, table] } as Spec
  const { operators } = parse(spec, {}, { ast: true }) as unknown as Description
  const found = operators.find(({ type }) => type === 'formula')?.params?.expr?.$expr
  if (found === undefined) throw new Error(`${text} has no formula`)
  return found
}

const silent = { level: () => silent, error: () => silent, warn: () => silent, info: () => silent, debug: () => silent }

/** The scope of a View over a world's data. */
export const scopeOf = async (evaluator: Evaluator, world: World): Promise<Scope> => {
  const data = Object.entries(world.data).map(([name, values]) => ({ name, values: structuredClone(values) }))
  const spec = { signals: signalsOf(world), data } as unknown as Spec
  const view = new View(parse(spec, {}, { ast: true }), { ...EXPR[evaluator], logger: silent as never })
  await view.runAsync()
  return (view as unknown as { readonly _runtime: Scope })._runtime
}

/** The parameters of an expression that reads signals of a world. */
export const paramsOf = ({ signals }: World): Record<string, unknown> =>
  Object.fromEntries(Object.entries(signals).map(([name, value]) => [`$${name}`, value]))

/** A value, or that there is none: JavaScript words a failure by the code that it meets. */
export const outcome = (evaluate: () => unknown): unknown => {
  try {
    return evaluate()
  } catch {
    return 'fails'
  }
}
