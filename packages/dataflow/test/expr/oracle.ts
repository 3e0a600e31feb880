import { expressionInterpreter } from 'vega-interpreter'
import { Error as ERROR, parse, View, type Spec } from 'vega'
import { expressionClosures, type Scalar } from '../../src/index.ts'
import type { NastyRow } from './nasty-rows.ts'

export interface World {
  readonly signals: Readonly<Record<string, Scalar>>
  readonly data: Readonly<Record<string, readonly Readonly<Record<string, Scalar>>[]>>
}

/** Who evaluates: Vega's generated code, vega-interpreter, or our closures. */
export type Evaluator = 'generated' | 'interpreted' | 'closures'

const EXPR: Readonly<Record<Evaluator, object>> = {
  generated: {},
  interpreted: { expr: expressionInterpreter },
  closures: { expr: expressionClosures },
}

/** The values of an expression for every row, by real Vega: a formula in a View. A string says why Vega failed. */
export const vegaValues = async (
  expressions: readonly string[],
  rows: readonly NastyRow[],
  world: World,
  evaluator: Evaluator,
): Promise<readonly (readonly unknown[] | string)[]> => {
  try {
    const results = await run(expressions, rows, world, evaluator)
    return expressions.map((_, i) => results.map((row) => row[`r${String(i)}`]))
  } catch (error) {
    if (expressions.length === 1) return [String(error)]
    const middle = expressions.length >> 1
    const halves = [expressions.slice(0, middle), expressions.slice(middle)]
    const values = []
    for (const half of halves) values.push(...(await vegaValues(half, rows, world, evaluator)))
    return values
  }
}

const run = async (
  expressions: readonly string[],
  rows: readonly NastyRow[],
  world: World,
  evaluator: Evaluator,
): Promise<readonly Record<string, unknown>[]> => {
  const spec = {
    signals: Object.entries(world.signals).map(([name, value]) => ({ name, value })),
    data: [
      ...Object.keys(world.data).map((name) => ({ name })),
      { name: 'table', transform: expressions.map((expr, i) => ({ type: 'formula', expr, as: `r${String(i)}` })) },
    ],
  } as Spec
  const failures: unknown[] = []
  const logger = silent((failure) => failures.push(failure))
  const runtime = parse(spec, {}, { ast: evaluator !== 'generated' })
  const view = new View(runtime, { logger, ...EXPR[evaluator] })
  for (const [name, tuples] of Object.entries(world.data)) view.insert(name, cloned(tuples))
  view.insert(
    'table',
    rows.map((row) => ({ ...row })),
  )
  await view.runAsync()
  if (failures.length > 0) throw failures[0]
  const result = view.data('table') as Record<string, unknown>[]
  view.finalize()
  return result
}

/** Vega writes into the tuples of a selection store. */
const cloned = (tuples: readonly object[]): object[] => tuples.map((tuple) => clone(tuple) as object)

const clone = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(clone)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clone(item)]))
}

const silent = (fail: (failure: unknown) => void) => {
  const logger = {
    level: () => ERROR,
    error: (...args: unknown[]) => (fail(args[0]), logger),
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
  }
  return logger as never
}
