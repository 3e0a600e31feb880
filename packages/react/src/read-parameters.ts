import type { View } from 'vega'
import type { Json, Params, Selection, Selections } from './props.ts'
import type { SelectionParameter, SpecParameters } from './spec-parameters.ts'
import { toJson } from './to-json.ts'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The chosen points of a resolved point selection, one object each. */
const points = (value: Fields): readonly Readonly<Record<string, Json>>[] => {
  const resolved = value['vlPoint']
  const chosen: unknown = isFields(resolved) ? (resolved['or'] ?? resolved['and']) : []
  return Array.isArray(chosen)
    ? chosen.filter(isFields).map((point) => toJson(point) as Readonly<Record<string, Json>>)
    : []
}

const intervals = (value: Fields): Readonly<Record<string, readonly Json[]>> =>
  Object.fromEntries(
    Object.entries(value).flatMap(([field, extent]) => (Array.isArray(extent) ? [[field, extent.map(toJson)]] : [])),
  )

/** `_vgsid_` counts rows from 1. */
const indices = (value: Fields): readonly number[] =>
  points(value).flatMap(({ _vgsid_: id }) => (typeof id === 'number' ? [id - 1] : []))

const VALUES: Readonly<Record<SelectionParameter['type'], (value: Fields, store: readonly Json[]) => Selection>> = {
  interval: (value, store) => ({ type: 'interval', value: intervals(value), store }),
  point: (value, store) => ({ type: 'point', value: points(value), store }),
  index: (value, store) =>
    points(value).every(({ _vgsid_: id }) => id !== undefined)
      ? { type: 'index', value: indices(value), store }
      : { type: 'point', value: points(value), store },
}

const rowsOf = (view: View, name: string | undefined): readonly unknown[] =>
  name === undefined ? [] : ((view.data(name) as readonly unknown[] | undefined) ?? [])

/** All selections of a View as they are now. */
export const readSelections = (view: View, { selections }: SpecParameters): Selections =>
  Object.fromEntries(
    selections.map(({ name, signal, store, type }) => {
      const value: unknown = view.signal(signal)
      return [name, VALUES[type](isFields(value) ? value : {}, rowsOf(view, store).map(toJson))]
    }),
  )

/** All variable parameters of a View as they are now. */
export const readParams = (view: View, { variables }: SpecParameters): Params =>
  Object.fromEntries(variables.map(({ name, signal }) => [name, toJson(view.signal(signal))]))
