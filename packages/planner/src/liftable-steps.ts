import { references, ROW_OPERATIONS } from '@magpie-vega/dataflow'
import { expressionsOf } from './expressions-of.ts'
import { list, type JsonObject } from './json.ts'
import type { Scope } from './model.ts'

/** A column that a facet groups by. */
export interface FacetKey {
  readonly key: string
  /** What a lifted data set calls it: a name that the spec does not have. */
  readonly column: string
}

type Lift = (step: JsonObject, keys: readonly string[]) => JsonObject | undefined

const same: Lift = (step) => step
const grouped: Lift = (step, keys) => ({ ...step, groupby: [...keys, ...list(step.groupby)] })
/** Does it keep whole rows, which would gain the keys? */
const keepsRows = ({ ops }: JsonObject): boolean =>
  list(ops).some((op) => typeof op !== 'string' || ROW_OPERATIONS.has(op))

/** How each transform is done for all groups of a facet at once; undefined, or no entry: it is not. */
const LIFTS: Readonly<Record<string, Lift>> = {
  filter: same,
  formula: same,
  collect: same,
  aggregate: (step, keys) =>
    step.cross !== undefined || step.drop !== undefined || step.key !== undefined || keepsRows(step)
      ? undefined
      : grouped(step, keys),
  joinaggregate: (step, keys) => (step.key !== undefined || keepsRows(step) ? undefined : grouped(step, keys)),
  stack: (step, keys) => (step.offset === undefined || step.offset === 'zero' ? grouped(step, keys) : undefined),
  bin: (step) => (Array.isArray(step.extent) ? step : undefined),
  timeunit: (step) => (Array.isArray(step.units) ? step : undefined),
}

/** The transforms of a facet's data set for all groups at once; undefined where that would not be the same. */
export const liftableSteps = (
  steps: readonly JsonObject[],
  keys: readonly FacetKey[],
  scope: Scope,
): readonly JsonObject[] | undefined => {
  const lifted: JsonObject[] = []
  for (const step of steps) {
    if (step.signal !== undefined || !expressionsOf(step).every((text) => isOutside(text, scope))) return undefined
    const lift = Object.hasOwn(LIFTS, String(step.type)) ? LIFTS[String(step.type)] : undefined
    const found = lift?.(
      step,
      keys.map(({ column }) => column),
    )
    if (found === undefined) return undefined
    lifted.push(found)
  }
  return lifted
}

/** Does an expression mean the same outside the facet? */
const isOutside = (text: string, scope: Scope): boolean => {
  const found = references(text)
  if ('reason' in found || found.dynamicData || found.datumEscapes || found.uses.size > 0) return false
  return (
    found.data.size + found.scales.size === 0 &&
    !found.dynamicScales &&
    [...found.signals].every((name) => !scope.signals.has(name))
  )
}
