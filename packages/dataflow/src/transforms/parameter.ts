import { evaluate } from '../expr/evaluate.ts'
import type { Scalar } from '../scalar.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Build } from './transform.ts'

/** A transform as it stands in a spec. */
export type Definition = Readonly<Record<string, unknown>>

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** The expression of a `{signal: …}` reference. Vega takes any object with a truthy `signal` for one. */
const signalOf = (value: unknown): unknown =>
  isObject(value) && Boolean(value['signal']) ? value['signal'] : undefined

/** The value of a parameter, with signals filled in: a literal, `{signal: expression}`, or an array of such. */
export const parameter = (value: unknown, build: Build): Scalar | Reason => {
  const signal = signalOf(value)
  if (signal !== undefined) return signalValue(signal, build)
  if (!Array.isArray(value)) return value as Scalar
  const items = value.map((item: unknown) => parameter(item, build))
  return items.find(isReason) ?? (items as Scalar[])
}

const signalValue = (expression: unknown, build: Build): Scalar | Reason => {
  if (typeof expression !== 'string') return reason('a signal reference is not a string')
  if (Object.hasOwn(build.signals, expression)) return build.signals[expression]
  const value = evaluate(expression, build)
  return isReason(value) ? value : value.constant
}

/** Reads one parameter as `T`: undefined where the definition has none (or null, which Vega takes for none). */
type Reader<T> = (definition: Definition, name: string, build: Build) => T | undefined | Reason

const reader =
  <T>(what: string, test: (value: Scalar) => value is T & Scalar): Reader<T> =>
  (definition, name, build) => {
    const value = parameter(definition[name], build)
    if (value === undefined || value === null || isReason(value)) return value ?? undefined
    return test(value) ? value : reason(`the parameter is not ${what}`, name)
  }

export const numberParameter = reader('a number', (value): value is number => typeof value === 'number')
export const stringParameter = reader('a string', (value): value is string => typeof value === 'string')
export const booleanParameter = reader('a boolean', (value): value is boolean => typeof value === 'boolean')

/** A list whose items may be null, as in `as` and `fields`. */
export const listParameter: Reader<readonly Scalar[]> = reader('an array', (value): value is readonly Scalar[] =>
  Array.isArray(value),
)

/** Output names; null, undefined and the empty text all ask for the default name. */
export const namesParameter: Reader<readonly (string | null | undefined)[]> = reader(
  'an array of strings',
  (value): value is readonly (string | null | undefined)[] & Scalar =>
    Array.isArray(value) &&
    value.every((item: unknown) => item === null || item === undefined || typeof item === 'string'),
)

export const numbersParameter: Reader<readonly number[]> = reader(
  'an array of numbers',
  (value): value is readonly number[] & Scalar =>
    Array.isArray(value) && value.every((item) => typeof item === 'number'),
)
