/// <reference types="node" />
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chains, outcome } from './chain.ts'

it('equals Vega over random tables and chains of transforms, or says that it does not know how', async () => {
  const counts = { reason: 0, equal: 0 }
  await fc.assert(
    fc.asyncProperty(chains, async (test) => {
      const { found } = await outcome(test)
      if (typeof found === 'string') counts[found] += 1
      else expect(found.sql).toEqual(found.vega)
    }),
    {
      seed: Number(process.env['MAGPIE_SEED'] ?? 20_240_229),
      numRuns: Number(process.env['MAGPIE_RUNS'] ?? 500),
      endOnFailure: false,
    },
  )
  expect(counts.equal).toBeGreaterThan(counts.reason)
}, 3_600_000)
