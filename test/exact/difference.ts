import { isNumberArray } from '@magpie-vega/protocol'

/**
 * Floating sums (sum, mean, variance, …) are taken in another order by a parallel engine, so numbers may differ by this
 * relative amount. Nothing else is tolerated.
 */
export const SUM_TOLERANCE = 1e-9

/** Tells whether any number needed the tolerance. */
export interface Tally {
  tolerated: number
  /** Pairs of objects that were compared before, and how: values may refer to each other. */
  readonly seen: ReadonlyMap<Lacking, WeakMap<object, WeakSet<object>>>
}

/** Which objects may lack properties: none, the first one, or any within it. */
type Lacking = boolean | 'deep'

const LACKING: readonly Lacking[] = [false, true, 'deep']

export const newTally = (): Tally => ({
  tolerated: 0,
  seen: new Map(LACKING.map((lacking) => [lacking, new WeakMap<object, WeakSet<object>>()])),
})

/** Was this pair compared before, and as strictly? Notes that it is from now on. */
function known(expected: object, actual: object, { seen }: Tally, lacking: Lacking): boolean {
  const pairs = seen.get(lacking)
  const partners = pairs?.get(expected)
  if (partners?.has(actual) === true) return true
  if (partners === undefined) pairs?.set(expected, new WeakSet([actual]))
  else partners.add(actual)
  return false
}

const close = (a: number, b: number, tally: Tally): boolean => {
  if (Object.is(a, b) || a === b) return true
  if (Math.abs(a - b) <= SUM_TOLERANCE * Math.max(Math.abs(a), Math.abs(b))) {
    tally.tolerated += 1
    return true
  }
  return false
}

const show = (value: unknown): string => {
  if (value instanceof Date) return `Date(${value.getTime()})`
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)?.slice(0, 80) ?? String(value)
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : Object.is(value, -0) ? '-0' : String(value)
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Array.isArray(value)
}

/** Vega keeps compiled accessors on the rows of selection stores; functions are no data. */
const dataKeys = (value: object): string[] =>
  Object.keys(value).filter((key) => typeof Reflect.get(value, key) !== 'function')

/**
 * The first place where two values differ, as a sentence; undefined when they are equal. Property sets are compared too,
 * unless `subset`: then `actual` may lack properties of `expected`, or any object in it where `deep`, but hold none beside them.
 */
export function difference(
  expected: unknown,
  actual: unknown,
  place: string,
  tally: Tally,
  subset: Lacking = false,
): string | undefined {
  if (typeof expected === 'number' && typeof actual === 'number') {
    return close(expected, actual, tally) ? undefined : `${place}: ${show(expected)} became ${show(actual)}`
  }
  if (expected instanceof Date && actual instanceof Date) {
    return Object.is(expected.getTime(), actual.getTime())
      ? undefined
      : `${place}: ${show(expected)} became ${show(actual)}`
  }
  if (typeof expected === 'object' && typeof actual === 'object' && expected !== null && actual !== null) {
    if (expected === actual || known(expected, actual, tally, subset)) return undefined
    if (Array.isArray(expected) !== Array.isArray(actual)) return `${place}: ${show(expected)} became ${show(actual)}`
    if (Array.isArray(expected) && Array.isArray(actual)) {
      if (expected.length !== actual.length) return `${place}: ${expected.length} items became ${actual.length}`
      for (const [index, item] of expected.entries()) {
        const found = difference(item, actual[index], `${place}[${index}]`, tally, subset)
        if (found !== undefined) return found
      }
      return undefined
    }
    if (isNumberArray(expected) && isNumberArray(actual)) {
      if (expected.constructor.name !== actual.constructor.name)
        return `${place}: its kind became ${actual.constructor.name}`
      return difference([...expected], [...actual], place, tally, subset)
    }
    if (isNumberArray(expected) !== isNumberArray(actual)) return `${place}: ${show(expected)} became ${show(actual)}`
    if (!isPlain(expected) && !isPlain(actual)) return undefined
    const extra = dataKeys(actual).find((key) => !Object.hasOwn(expected, key))
    if (extra !== undefined) return `${place}.${extra}: appeared`
    for (const key of dataKeys(expected)) {
      if (!Object.hasOwn(actual, key)) {
        if (subset) continue
        return `${place}.${key}: ${show(Reflect.get(expected, key))} vanished`
      }
      const found = difference(
        Reflect.get(expected, key),
        Reflect.get(actual, key),
        `${place}.${key}`,
        tally,
        subset === 'deep' ? subset : false,
      )
      if (found !== undefined) return found
    }
    return undefined
  }
  if (typeof expected === 'function' && typeof actual === 'function') return undefined
  return Object.is(expected, actual) || expected === actual
    ? undefined
    : `${place}: ${show(expected)} became ${show(actual)}`
}
