import * as vega from 'vega'
import { describe, expect, test } from 'vitest'
import { columnUse, explain, plan, type Plan, type VegaSpec } from '../src/index.ts'
import { corpus, CORPUS } from './corpus.ts'
import { deepFreeze } from './deep-freeze.ts'
import { mutate } from './mutate.ts'

vega.logger(vega.None)
const PLACEMENTS = ['capability', 'cost'] as const
const MUTANTS = 3
const MINUTES = 60_000

describe.skipIf(CORPUS === undefined)(
  'every spec of the corpus (MAGPIE_SPECS, or shared/specs beside the repository)',
  () => {
    const specs = corpus()

    test.each(PLACEMENTS)(
      'is planned by %s, and Vega can parse the client spec',
      (placement) => {
        for (const { name, spec } of specs) {
          const made = plan(deepFreeze(spec), { placement })
          expect(failure(made), name).toBeUndefined()
          expect(() => parse(made.client), name).not.toThrow()
          checkLinks(made, name)
        }
      },
      5 * MINUTES,
    )

    test(
      'has a plan when parts of it are missing or of the wrong type',
      () => {
        specs.forEach(({ name, spec }, i) => {
          for (let n = 0; n < MUTANTS; ++n) {
            const mutant = deepFreeze(mutate(spec, i * MUTANTS + n))
            const at = `${name}, mutant ${n}`
            const valid = parses(mutant)
            for (const placement of PLACEMENTS) {
              const made = plan(mutant, { placement })
              expect(failure(made), at).toBeUndefined()
              if (valid) expect(() => parse(made.client), at).not.toThrow()
              checkLinks(made, at)
              explain(made)
            }
            columnUse(mutant)
          }
        })
      },
      5 * MINUTES,
    )
  },
)

test.each([
  {},
  { data: 1 },
  { data: [null, 'x', { name: 3 }], signals: {}, marks: 'none' },
  { data: { name: 'a', source: 'a' } },
])('nonsense has a plan: %j', (spec) => {
  const made = plan(deepFreeze(spec), { placement: 'capability' })
  expect(failure(made)).toBeUndefined()
  expect(made.client).toEqual(spec)
})

test('a spec that contains itself stays as it is', () => {
  const spec: Record<string, unknown> = {}
  spec.marks = [{ type: 'group', spec }]
  const made = plan(spec)
  expect(made.client).toBe(spec)
  expect(made.graph.tasks).toEqual([])
})

const parse = (spec: VegaSpec): unknown => vega.parse(structuredClone(spec) as vega.Spec)

const parses = (spec: VegaSpec): boolean => {
  try {
    parse(spec)
    return true
  } catch {
    return false
  }
}

/** The planner's last resort is for bugs: no spec may need it. */
const failure = (made: Plan): string | undefined =>
  made.verdicts.find(({ reason }) => reason.startsWith('the spec could'))?.reason

/** Every value that crosses has a task and a top-level name. */
const checkLinks = (made: Plan, at: string): void => {
  const { data, signals } = made.client
  const names = (list: unknown): Set<unknown> =>
    new Set(
      (Array.isArray(list) ? list : [list]).map(
        (item: unknown) => (item as { name?: unknown } | null | undefined)?.name,
      ),
    )
  const known = { data: names(data), signal: names(signals) }
  for (const { kind, name, wanted, dependsOn } of made.toClient) {
    expect(known[kind].has(name), `${at}: ${name}`).toBe(true)
    expect(wanted.task, at).toBeLessThan(made.graph.tasks.length)
    dependsOn.forEach((i) => expect(made.toServer[i], at).toBeDefined())
  }
  for (const { kind, name, task } of made.toServer) {
    expect(made.graph.tasks[task], at).toEqual({ kind: 'root', name, type: kind })
    if (kind === 'data') expect(known.data.has(name), `${at}: ${name}`).toBe(true)
  }
}
