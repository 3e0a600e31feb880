import type { VegaSpec } from '@magpie-vega/planner'
import type { Update } from './update.ts'

const named = (
  list: unknown,
  fill: (entry: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): unknown => (Array.isArray(list) ? (list as readonly Readonly<Record<string, unknown>>[]).map(fill) : list)

// not structuredClone: a spec made in JavaScript may hold functions
const copy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copy)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  const made: Record<string, unknown> = { ...value }
  // most members are no objects: the spread has copied them
  for (const key of Object.keys(made)) {
    const item = made[key]
    if (typeof item === 'object' && item !== null) made[key] = copy(item)
  }
  return made
}

/**
 * A copy of a client spec with values in it: data sets as `values`, signals as `value`. So the View's first evaluation sees
 * everything, as plain Vega's would. It is a copy because Vega writes into the spec that it parses and into its inline rows; the
 * tuples become the View's.
 */
export const fill = (spec: VegaSpec, updates: readonly Update[]): VegaSpec => {
  const client = copy(spec) as VegaSpec
  const signals = new Map(
    updates.flatMap((update) => (update.kind === 'signal' ? [[update.name, update.value] as const] : [])),
  )
  const data = new Map(
    updates.flatMap((update) => (update.kind === 'data' ? [[update.name, update.tuples] as const] : [])),
  )
  return {
    ...client,
    ...(client['data'] === undefined
      ? {}
      : {
          data: named(client['data'], (set) =>
            data.has(String(set['name'])) ? { ...set, values: data.get(String(set['name'])) } : set,
          ),
        }),
    ...(client['signals'] === undefined
      ? {}
      : {
          signals: named(client['signals'], (signal) =>
            signals.has(String(signal['name'])) ? { ...signal, value: signals.get(String(signal['name'])) } : signal,
          ),
        }),
  }
}
