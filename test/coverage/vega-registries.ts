import { transforms } from 'vega'
import { codeGenerator } from 'vega-functions'

/** A parameter of a transform, as Vega defines it. */
export interface VegaParameter {
  readonly name?: string
  readonly key?: { readonly name?: string }
  /** The values of an enumeration. */
  readonly values?: readonly unknown[]
}

interface Definition {
  readonly params: readonly VegaParameter[]
}

/** Every transform that a spec can name, with its parameters. */
export const vegaTransforms = (): ReadonlyMap<string, readonly VegaParameter[]> => {
  const registry = transforms as unknown as Readonly<Record<string, { readonly Definition?: Definition }>>
  return new Map(
    Object.entries(registry).flatMap(([type, { Definition: definition }]) =>
      definition === undefined ? [] : [[type, definition.params] as const],
    ),
  )
}

export const parameterNames = (parameters: readonly VegaParameter[]): readonly string[] => [
  ...new Set(parameters.map(({ name, key }) => name ?? key?.name ?? '')),
]

/** The operations that a transform's `ops` may name. */
export const vegaOps = (type: 'aggregate' | 'window'): readonly string[] =>
  (vegaTransforms().get(type) ?? [])
    .filter(({ name }) => name === 'ops')
    .flatMap(({ values }) => (values ?? []).map(String))
    .toSorted()

/** Every function that an expression can call. `if` is a part of the code generator. */
export const vegaFunctions = (): readonly string[] => Object.keys(codeGenerator.functions).toSorted()
