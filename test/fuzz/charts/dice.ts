import type { Json } from '../../exact/json.ts'
import { randomFrom } from '../../exact/mutate/random.ts'

/** Random choices that are the same for the same seed. */
export interface Dice {
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number
  /** True once in `n` times on average. */
  once(n: number): boolean
  /** One of a list that is not empty. */
  of<T>(list: readonly T[]): T
  /** A few of a list, in its order; at least `least` where there are so many. */
  some<T>(list: readonly T[], most: number, least?: number): readonly T[]
  /** The object once in `n` times, else nothing to spread. */
  maybe(n: number, make: () => Json): Json
}

export function diceOf(seed: number): Dice {
  const random = randomFrom(seed)
  const between = (from: number, to: number): number => from + random.below(to - from + 1)
  const once = (n: number): boolean => random.below(n) === 0
  const of = <T>(list: readonly T[]): T => {
    const one = random.of(list)
    if (one === undefined && list.length === 0) throw new Error('nothing to choose from')
    return one as T
  }
  const some = <T>(list: readonly T[], most: number, least = 1): readonly T[] => {
    const places = list.map((_, at) => at)
    const kept = new Set<number>()
    const count = Math.min(list.length, between(least, most))
    while (kept.size < count) kept.add(of(places))
    return places.filter((at) => kept.has(at)).map((at) => list[at] as T)
  }
  return { between, once, of, some, maybe: (n, make) => (once(n) ? make() : {}) }
}
