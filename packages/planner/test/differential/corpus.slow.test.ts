import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as vega from 'vega'
import { describe, expect, test } from 'vitest'
import { plan } from '../../src/index.ts'
import { corpus, CORPUS } from '../corpus.ts'
import { runPlain, runPlanned, text } from './run-planned.ts'

vega.logger(vega.None)

/** Specs whose data are not the same from run to run in Vega itself. */
const unstable = (): ReadonlySet<string> => {
  const index = JSON.parse(readFileSync(join(CORPUS ?? '', 'index.json'), 'utf8')) as {
    readonly specs: readonly { readonly path: string; readonly nondeterministic_datasets?: unknown }[]
  }
  return new Set(index.specs.filter((spec) => spec.nondeterministic_datasets !== undefined).map((spec) => spec.path))
}

/**
 * The planner's own oracle: the task graph is evaluated task by task with real Vega, and the filled client spec must hold the
 * same data sets and draw the same scene as the spec alone. Specs with timers run on their own and are left out.
 */
describe.skipIf(CORPUS === undefined)('planned and plain charts are the same (MAGPIE_SPECS, or shared/specs)', () => {
  const skipped = CORPUS === undefined ? new Set<string>() : unstable()
  const specs = corpus().filter(({ name, spec }) => !skipped.has(name) && !/"timer"|timer\{/.test(JSON.stringify(spec)))
  /** `cost` differs in what it places, not in how: a sample is enough. */
  const cases = { capability: specs, cost: specs.filter((_, i) => i % 5 === 0) }

  describe.each(['capability', 'cost'] as const)('placement %s', (placement) => {
    test.each(cases[placement])('$name', async ({ spec }) => {
      const serverUrls = [...JSON.stringify(spec).matchAll(/"url":"([^"]*)"/g)].map((match) => match[1] ?? '')
      const made = plan(spec, { placement, serverUrls })
      const plain = await runPlain(spec)
      const planned = await runPlanned(made)
      for (const name of sharedData(spec, made.client)) {
        const columns = new Set(planned.data(name).flatMap((row: object) => Object.keys(row)))
        expect(rowsText(planned.data(name), columns), name).toEqual(rowsText(plain.data(name), columns))
      }
      expect(scene(planned)).toEqual(scene(plain))
      plain.finalize()
      planned.finalize()
    })
  })
})

const sharedData = (spec: object, client: object): readonly string[] => {
  const names = (of: object): readonly string[] =>
    [(of as { data?: unknown }).data ?? []].flat().map((set) => String((set as { name?: unknown }).name))
  const before = new Set(names(spec))
  return names(client).filter((name) => before.has(name))
}

const rowsText = (rows: readonly object[], columns: ReadonlySet<string>): readonly string[] =>
  rows.map((row) =>
    text(
      Object.fromEntries(
        Object.entries(row)
          .filter(([name]) => columns.has(name))
          .sort(byName),
      ),
    ),
  )

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0)

const scene = (view: vega.View): unknown => {
  const { root } = view.scenegraph() as unknown as { readonly root: unknown }
  return JSON.parse((vega as unknown as { sceneToJSON(root: unknown): string }).sceneToJSON(root)) as unknown
}
