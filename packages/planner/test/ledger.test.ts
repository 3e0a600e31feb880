import * as vega from 'vega'
import { expect, test } from 'vitest'
import { GENERATES, MODIFIES } from '../src/derives.ts'
import { browserFunction } from '../src/server-functions.ts'
import { PARAMETERS } from '../src/refused-parameters.ts'
import { browserTransform } from '../src/server-transforms.ts'

/** The package has no types. */
const VEGA_FUNCTIONS: string = 'vega-functions'
const { codeGenerator } = (await import(VEGA_FUNCTIONS)) as { readonly codeGenerator: { readonly functions: object } }
const UNKNOWN = /that the server knows$/

/** Each function and transform of Vega has a place, or a reason: a new one in Vega fails here. */
test('every function of Vega is on the server or has a reason', () => {
  const open = Object.keys(codeGenerator.functions).filter((name) => UNKNOWN.test(browserFunction(name, false) ?? ''))
  expect(open).toEqual([])
})

test('every data transform of Vega is on the server or has a reason', () => {
  const types = Object.entries(vega.transforms as unknown as Record<string, { readonly Definition?: unknown }>)
    .filter(([, transform]) => transform.Definition !== undefined)
    .map(([type]) => type)
  expect(types.filter((type) => UNKNOWN.test(browserTransform(type, {}) ?? ''))).toEqual([])
})

test('which transforms write into rows, and which make rows, is as Vega’s registry has it', () => {
  interface Metadata {
    readonly modifies?: boolean
    readonly generates?: boolean
  }
  type Transforms = Readonly<Record<string, { readonly Definition?: { readonly metadata: Metadata } }>>
  const known = Object.entries(vega.transforms as unknown as Transforms)
  const those = (test: (metadata: Metadata) => boolean | undefined): ReadonlySet<string> =>
    new Set(known.flatMap(([type, { Definition }]) => (Definition && test(Definition.metadata) === true ? [type] : [])))
  expect(MODIFIES).toEqual(those(({ modifies }) => modifies))
  expect(GENERATES).toEqual(those(({ generates }) => generates))
})

test('the parameters for which Vega refuses a transform are its own', () => {
  interface Parameter {
    readonly name: string
    readonly type: string
    readonly required?: boolean
    readonly array?: boolean
  }
  type Transforms = Readonly<Record<string, { readonly Definition?: { readonly params: readonly Parameter[] } }>>
  const expected = Object.entries(vega.transforms as unknown as Transforms).flatMap(([type, { Definition }]) => {
    const names = (test: (parameter: Parameter) => unknown) =>
      (Definition?.params ?? []).filter(test).map(({ name }) => name)
    const required = names((parameter) => parameter.required)
    const lists = names((parameter) => parameter.array && parameter.type !== 'param')
    const orders = names((parameter) => parameter.type === 'compare')
    const one = {
      ...(required.length > 0 ? { required } : {}),
      ...(lists.length > 0 ? { lists } : {}),
      ...(orders.length > 0 ? { orders } : {}),
    }
    return browserTransform(type, {}) === undefined && Object.keys(one).length > 0 ? [[type, one] as const] : []
  })
  expect(PARAMETERS).toEqual(Object.fromEntries(expected))
})
