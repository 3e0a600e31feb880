import { MagpieError } from '@magpie-vega/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSession } from '../src/session.ts'
import { manualClock } from './support/manual-clock.ts'
import { manualService, turn } from './support/manual-service.ts'
import { evaluateSums, SUMS } from './support/sums.ts'

type Step =
  | { readonly do: 'change'; readonly root: number; readonly value: number }
  | { readonly do: 'answer' | 'fail' | 'refuse' | 'unknown' | 'wait' | 'late' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('change' as const), root: fc.nat(2), value: fc.nat(3) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'answer' as const,
        'fail' as const,
        'refuse' as const,
        'unknown' as const,
        'wait' as const,
        'late' as const,
      ),
    }),
  },
)

// Whatever order changes, answers, failures and timers come in: at rest the client holds the values of its own roots.
it('holds the values of its roots at rest, whatever came in which order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.constantFrom(0, 500), async (steps, patience) => {
      const service = manualService(evaluateSums)
      const clock = manualClock()
      const roots = [1, 2, 3]
      const values: Record<string, unknown> = {}
      const session = createSession(SUMS, service.transport, {
        timeZone: 'UTC',
        grants: [],
        clock,
        patience,
        onUpdates: (updates) =>
          updates.forEach((update) => update.kind === 'signal' && (values[update.name] = update.value)),
      })
      session.start(roots)
      await turn()
      const act: Readonly<Record<Exclude<Step['do'], 'change'>, () => unknown>> = {
        answer: () => service.last().answer(),
        fail: () => service.last().fail(new MagpieError('unreachable', 'away')),
        refuse: () => service.last().fail(new MagpieError('evaluation-failed', 'no')),
        unknown: () => service.last().request.graph.kind === 'hash' && service.last().graphUnknown(),
        wait: () => clock.advance(700),
        late: () => service.requests[0]?.answer(),
      }
      for (const action of steps) {
        if (action.do === 'change') session.change(action.root, (roots[action.root] = action.value))
        else await act[action.do]()
        if (action.do !== 'change' || action.value > 1) await turn()
        expect(service.open()).toBeLessThanOrEqual(1)
      }
      // one more change, so that what was refused is asked for again, then a service that works
      session.change(1, (roots[1] = 9))
      for (let round = 0; round < 12; round++) {
        await turn()
        await service.last().answer()
        clock.advance(5000)
      }
      await session.settled()
      expect(session.state.phase).toBe('ready')
      const [a = 0, b = 0, c = 0] = roots
      expect(values).toEqual({ ab: a + b, bc: b + c, one: 1 })
    }),
    { numRuns: 60, seed: 20_261_121 },
  )
})
