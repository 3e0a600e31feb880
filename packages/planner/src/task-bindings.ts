import { references } from '@magpie-vega/dataflow'
import type { Bindings, Task, TaskId } from '@magpie-vega/protocol'
import { expressionsOf, tablesOf } from './expressions-of.ts'
import { isObject, type JsonObject } from './json.ts'

type Definition = JsonObject & { readonly type: string }

/** A transform as a task states it: its definition, and what its names mean. */
export interface Bound extends Bindings {
  readonly definition: Definition
}

/**
 * A transform with a projection: each of the projection's signals becomes an expression task of its own, because Vega sets up
 * projections before there is data.
 */
export const bindProjection = (definition: Definition, all: Bindings, add: (task: Task) => TaskId): Bound => {
  const { projection, ...rest } = definition
  if (!isObject(projection)) return { definition, ...all }
  const own = only(all, expressionsOf(rest), tablesOf(rest))
  const signals: Record<string, TaskId> = { ...own.signals }
  const byText = new Map<string, string>()

  const nameOf = (expression: string): string => {
    const known = byText.get(expression)
    if (known !== undefined) return known
    let n = byText.size
    while (Object.hasOwn(all.signals, `projection_${n}`)) ++n
    const name = `projection_${n}`
    byText.set(expression, name)
    signals[name] = add({ kind: 'expression', expression, ...only(all, [expression], []) })
    return name
  }
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace)
    if (!isObject(value)) return value
    if (typeof value.signal === 'string') return { signal: nameOf(value.signal) }
    return value
  }
  const parameters = Object.entries(projection).map(([key, value]) => [key, replace(value)] as const)
  const bound = { ...rest, type: definition.type, projection: Object.fromEntries(parameters) }
  return { definition: bound, signals, data: own.data }
}

/** The bindings that some expressions and tables need; all, where what scales need is among them. */
export const only = (all: Bindings, texts: readonly string[], tables: readonly string[]): Bindings => {
  const signals = new Set<string>()
  const data = new Set(tables)
  const frames = new Set<unknown>()
  for (const text of texts) {
    const found = references(text)
    if ('reason' in found) continue
    found.signals.forEach((name) => signals.add(name))
    found.data.forEach((name) => data.add(name))
    found.scales.forEach((name) => frames.add(name))
  }
  const scales = all.scales?.filter(({ name }) => frames.has(name)) ?? []
  const projections = all.projections?.filter(({ name }) => frames.has(name)) ?? []
  if (scales.length + projections.length > 0) return all
  return { signals: pick(all.signals, signals), data: pick(all.data, data) }
}

const pick = (from: Readonly<Record<string, TaskId>>, names: ReadonlySet<string>): Readonly<Record<string, TaskId>> =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.has(name)))
