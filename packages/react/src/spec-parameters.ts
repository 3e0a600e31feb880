type Json = Readonly<Record<string, unknown>>

/** A selection parameter: the name that the spec gives it, the name of its Vega signal, and what its value is about. */
export interface SelectionParameter {
  readonly name: string
  readonly signal: string
  readonly type: 'interval' | 'point' | 'index'
  /** Name of the data set that keeps the selection, if there is one. */
  readonly store?: string
}

export interface VariableParameter {
  readonly name: string
  readonly signal: string
}

export interface SpecParameters {
  readonly selections: readonly SelectionParameter[]
  readonly variables: readonly VariableParameter[]
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** Vega-Lite turns a parameter's name into a JavaScript variable's name. */
const signalName = (name: string): string => `${/^\d/.test(name) ? '_' : ''}${name.replace(/\W/g, '_')}`

const selectionType = (select: unknown): SelectionParameter['type'] => {
  const { type, fields, encodings }: Json = isObject(select) ? select : { type: select }
  if (type === 'interval') return 'interval'
  return fields === undefined && encodings === undefined ? 'index' : 'point'
}

/** The views of a Vega-Lite spec: itself, its layers, its concatenated, faceted and repeated parts. */
const views = (spec: Json): readonly Json[] => [
  spec,
  ...['layer', 'concat', 'hconcat', 'vconcat'].flatMap((key) => objects(spec[key]).flatMap(views)),
  ...(isObject(spec['spec']) ? views(spec['spec']) : []),
]

const unique = <T extends { readonly name: string }>(list: readonly T[]): readonly T[] => [
  ...new Map(list.map((item) => [item.name, item])).values(),
]

/** The parameters of a Vega-Lite spec, at any level. */
export const vegaLiteParameters = (spec: Json): SpecParameters => {
  const parameters = views(spec)
    .flatMap((view) => objects(view['params']))
    .filter(({ name }) => typeof name === 'string')
  const named = parameters.map((parameter) => ({ name: String(parameter['name']), select: parameter['select'] }))
  return {
    selections: unique(
      named
        .filter(({ select }) => select !== undefined)
        .map(({ name, select }) => ({ name, signal: signalName(name), type: selectionType(select) })),
    ),
    variables: unique(
      named.filter(({ select }) => select === undefined).map(({ name }) => ({ name, signal: signalName(name) })),
    ),
  }
}

/** The parameters of a Vega spec: top-level signals with a `bind`, or listed in `usermeta.magpie.params`. */
export const vegaParameters = (spec: Json): SpecParameters => {
  const usermeta =
    isObject(spec['usermeta']) && isObject(spec['usermeta']['magpie'])
      ? spec['usermeta']['magpie']['params']
      : undefined
  const listed = new Set<unknown>(Array.isArray(usermeta) ? usermeta : [])
  const signals = objects(spec['signals']).filter(
    (signal) => signal['bind'] !== undefined || listed.has(signal['name']),
  )
  return {
    selections: [],
    variables: unique(signals.map(({ name }) => ({ name: String(name), signal: String(name) }))),
  }
}

const names = (list: unknown): ReadonlySet<unknown> => new Set(objects(list).map(({ name }) => name))

/** The parameters that a Vega spec really has, with the stores of the selections. */
export const presentIn = (vega: Json, { selections, variables }: SpecParameters): SpecParameters => {
  const signals = names(vega['signals'])
  const data = names(vega['data'])
  return {
    selections: selections
      .filter(({ signal }) => signals.has(signal))
      .map((selection) =>
        data.has(`${selection.signal}_store`) ? { ...selection, store: `${selection.signal}_store` } : selection,
      ),
    variables: variables.filter(({ signal }) => signals.has(signal)),
  }
}
