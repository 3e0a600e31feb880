import * as vega from 'vega'

// vega exports both, its typings leave them out
const { randomLCG, setRandom } = vega as unknown as {
  readonly randomLCG: (seed: number) => () => number
  readonly setRandom: (random: () => number) => void
}

/** Starts Vega's random numbers over, from a seed. */
export const seedRandom = (seed: number): void => setRandom(randomLCG(seed))
