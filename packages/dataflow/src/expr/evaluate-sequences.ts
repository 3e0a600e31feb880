import { splitAccessPath } from 'vega-util'
import type { Scalar } from '../scalar.ts'
import type { ConstantFunction } from './constant-function.ts'
import { numberRange } from './number-range.ts'
import { quick } from './quick-regexp.ts'

const array = (value: Scalar): readonly Scalar[] => {
  if (!Array.isArray(value)) throw new Error('the function takes an array')
  return value
}

const sequence = (value: Scalar): readonly Scalar[] | string => (typeof value === 'string' ? value : array(value))

const text = (value: Scalar): string => {
  if (typeof value === 'object' && value !== null) throw new Error('the text of an object is not computed with')
  return String(value)
}

const optional = (value: Scalar): number | undefined => (value === undefined ? undefined : Number(value))

const regexp = (pattern: Scalar, flags?: Scalar): RegExp => {
  if (pattern instanceof RegExp) return new RegExp(pattern.source, pattern.flags)
  return flags === undefined ? new RegExp(text(pattern)) : new RegExp(text(pattern), text(flags))
}

const numbers = (value: Scalar): readonly number[] =>
  array(value).map((item) => {
    if (typeof item !== 'number' && !(item instanceof Date)) throw new Error('the array holds other than numbers')
    return Number(item)
  })

/** What is at the path in an object of data. */
const at = (value: Scalar, path: readonly string[]): Scalar =>
  path.reduce<Scalar>((object, key) => {
    if (typeof object !== 'object' || object === null || object instanceof Date)
      throw new Error(`${key} is not of an object`)
    if (Object.hasOwn(object, key)) return (object as Readonly<Record<string, Scalar>>)[key]
    if (key in object) throw new Error(`${key} is not a property of data`)
    return undefined
  }, value)

/** Vega's array, string and regular expression functions of known arguments. */
export const CONSTANT_SEQUENCE_FUNCTIONS: Readonly<Record<string, ConstantFunction>> = {
  length: ([value]) => sequence(value).length,
  indexof: ([value, searched, start]) => {
    const from = optional(start)
    return typeof value === 'string' ? value.indexOf(text(searched), from) : array(value).indexOf(searched, from ?? 0)
  },
  lastindexof: ([value, searched]) =>
    typeof value === 'string' ? value.lastIndexOf(text(searched)) : array(value).lastIndexOf(searched),
  slice: ([value, start, end]) => sequence(value).slice(optional(start), optional(end)),
  join: ([value, separator]) => {
    const items = array(value)
    items.forEach((item) => item === null || item === undefined || text(item))
    return separator === undefined ? items.join() : items.join(text(separator))
  },
  reverse: ([value]) => array(value).toReversed(),
  pluck: ([values, name]) => {
    const path = splitAccessPath(text(name))
    return array(values).map((value) => at(value, path))
  },
  sequence: (args) => {
    const [first = NaN, second = NaN, third = NaN] = numbers(args)
    if (args.length === 1) return numberRange(0, first, 1)
    return numberRange(first, second, args.length < 3 ? 1 : third)
  },
  peek: ([value]) => sequence(value).at(-1),
  span: ([value]) => {
    if (value === null || value === undefined) return 0
    const items = numbers(value)
    return (items.at(-1) ?? NaN) - (items[0] ?? NaN) || 0
  },
  inrange: ([value, range, left, right]) => {
    const [tested] = numbers([value])
    const items = numbers(range)
    const [a = NaN, b = NaN] = [items[0], items.at(-1)]
    const [low, high] = a > b ? [b, a] : [a, b]
    if (tested === undefined) return false
    return (
      (left === undefined || left ? low <= tested : low < tested) &&
      (right === undefined || right ? tested <= high : tested < high)
    )
  },
  upper: ([value]) => text(value).toUpperCase(),
  lower: ([value]) => text(value).toLowerCase(),
  trim: ([value]) => text(value).trim(),
  substring: ([value, start, end]) => text(value).substring(Number(start), optional(end)),
  split: ([value, separator]) =>
    text(value).split(separator instanceof RegExp ? quick(separator, text(value)) : text(separator)),
  replace: ([value, pattern, by]) => {
    if (typeof pattern !== 'string' && !(pattern instanceof RegExp)) throw new Error('a pattern is expected')
    return text(value).replace(pattern instanceof RegExp ? quick(regexp(pattern), text(value)) : pattern, text(by))
  },
  parseFloat: ([value]) => Number.parseFloat(text(value)),
  parseInt: ([value, radix]) => Number.parseInt(text(value), optional(radix)),
  regexp: ([pattern, flags]) => regexp(pattern, flags),
  test: ([pattern, value]) => quick(regexp(pattern), text(value)).test(text(value)),
}
