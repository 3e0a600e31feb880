import { inspect } from 'node:util'
import fc from 'fast-check'
import { chains, outcome } from '../../packages/dataflow/test/transforms/chain.ts'
import type { Fuzz, FuzzCounts } from './fuzz.ts'
import { count } from './tally.ts'

/** Chains between two looks at what was found; the search goes on after a mismatch. */
const BATCH = 250

/** Compares random chains of transforms over random tables with Vega: a case is a chain. */
export const fuzzChains = async ({ seed, cases, timeZone, why, report }: Fuzz): Promise<FuzzCounts> => {
  const counts = { cases: 0, compared: 0, left: 0, mismatches: 0 }
  for (let batch = 0; counts.cases < cases; batch++) {
    const size = Math.min(BATCH, cases - counts.cases)
    const result = await fc.check(
      fc.asyncProperty(chains, async (chain) => {
        const { found, left, done } = await outcome({ ...chain, timeZone })
        if (why !== undefined) left.forEach((reason) => count(why, reason))
        if (found === 'equal') counts.compared += 1
        else if (found === 'reason') counts.left += 1
        else throw new Error(inspect({ done, ...found }, { depth: 6, breakLength: 160 }))
      }),
      { seed: seed + batch, numRuns: size },
    )
    counts.cases += size
    if (!result.failed) continue
    counts.mismatches += 1
    report(`${inspect(result.counterexample?.[0], { depth: 9, breakLength: 160 })}\n${String(result.errorInstance)}`)
  }
  return counts
}
