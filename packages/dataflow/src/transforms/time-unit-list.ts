import { isReason, reason, type Reason } from '../reason.ts'
import { parameter, type Definition } from './parameter.ts'
import type { Build } from './transform.ts'

/** Vega's time units, from coarse to fine. */
export const TIME_UNITS = [
  'year',
  'quarter',
  'month',
  'week',
  'isoweek',
  'date',
  'day',
  'dayofyear',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
] as const

export type TimeUnit = (typeof TIME_UNITS)[number]

const isUnit = (value: unknown): value is TimeUnit => TIME_UNITS.some((unit) => unit === value)

/** The `units` of a definition from coarse to fine, as Vega's `timeUnits` has them. */
export const timeUnitList = (definition: Definition, build: Build): readonly TimeUnit[] | Reason => {
  const value = parameter(definition['units'], build)
  if (isReason(value)) return value
  if (!value) return reason('the units are chosen by looking at the data', 'units')
  const units: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (units.length === 0 || !units.every(isUnit)) return reason('the units are not known', 'units')
  const has = (...names: readonly TimeUnit[]): boolean => names.some((name) => units.includes(name))
  const kinds = [has('week', 'isoweek', 'day'), has('quarter', 'month', 'date'), has('dayofyear')].filter(Boolean)
  if (kinds.length > 1 || (has('week') && has('isoweek'))) return reason('the units do not go together', 'units')
  return units.toSorted((a, b) => TIME_UNITS.indexOf(a) - TIME_UNITS.indexOf(b))
}
