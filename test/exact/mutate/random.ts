/** A stream of random numbers that is the same for the same seed. */
export interface Random {
  /** A whole number from 0, below `n`. */
  below(n: number): number
  /** One of them; undefined when there is none. */
  of<T>(list: readonly T[]): T | undefined
}

/** The seed of the n-th case of a seed. */
export const seedOf = (seed: number, n: number): number => Math.imul(seed, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b)

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number): number => Math.floor(next() * n)
  return { below, of: (list) => list[below(list.length)] }
}
