import type { Plan } from '@magpie-vega/planner'
import type { View } from 'vega'
import { compareSnapshots } from './compare.ts'
import { vegaSpecOf, type CorpusSpec } from './corpus.ts'
import type { DataServer } from './data-server.ts'
import { newTally } from './difference.ts'
import { fileLoader } from './file-loader.ts'
import { namesOf, runView, snapshot, type Snapshot } from './oracle.ts'
import { openPlanned, type PlannedOptions } from './planned.ts'
import type { RunningService } from './service.ts'

export interface RunOptions {
  readonly data: DataServer
  readonly service: RunningService
  readonly timeZone: string
  readonly placement: PlannedOptions['placement']
  /** Interaction does not wait for the service between the gestures of a step. Default: it does. */
  readonly hurried?: boolean
}

/** What became of one spec. `skipped`: nothing can be compared, and why. */
export type Outcome =
  | { readonly kind: 'equal'; readonly tolerated: number; readonly counts: Plan['counts'] }
  | { readonly kind: 'different'; readonly detail: string; readonly counts: Plan['counts'] }
  | { readonly kind: 'failed'; readonly detail: string }
  | { readonly kind: 'skipped'; readonly detail: string }

const SEED = 42
const message = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).replaceAll('\n', ' ')

/** Runs one spec through Vega alone and through planner, service and client, and compares the two at rest. */
export async function runSpec(entry: CorpusSpec, options: RunOptions): Promise<Outcome> {
  const loader = fileLoader(options.data)
  let spec: Record<string, unknown>
  let urls: string[]
  let expected: View
  try {
    ;({ spec, urls } = options.data.localise(vegaSpecOf(entry)))
    const oracle = await runView(spec, loader, SEED)
    expected = oracle.view
    if (oracle.errors.length > 0) return { kind: 'skipped', detail: `vega alone fails: ${oracle.errors[0] ?? ''}` }
  } catch (cause) {
    return { kind: 'skipped', detail: `vega alone fails: ${message(cause)}` }
  }
  try {
    const before = snapshot(expected, namesOf(spec))
    const planned = await openPlanned(structuredClone(spec), { ...options, urls, loader, seed: SEED })
    try {
      if (planned.errors.length > 0) return { kind: 'failed', detail: planned.errors.join('; ') }
      const tally = newTally()
      const names = namesOf(planned.plan.client)
      const detail = compareSnapshots(before, snapshot(planned.view, names), tally)
      if (detail === undefined) return { kind: 'equal', tolerated: tally.tolerated, counts: planned.plan.counts }
      if (await varies(spec, options, before))
        return { kind: 'skipped', detail: 'not deterministic: Vega alone differs from itself' }
      return { kind: 'different', detail, counts: planned.plan.counts }
    } finally {
      planned.finalize()
    }
  } catch (cause) {
    return { kind: 'failed', detail: message(cause) }
  } finally {
    expected.finalize()
  }
}

/** Does Vega alone, with other random numbers and at another time, differ from itself? */
async function varies(spec: Record<string, unknown>, options: RunOptions, before: Snapshot): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 5))
  const { view } = await runView(spec, fileLoader(options.data), SEED + 1)
  try {
    return compareSnapshots(before, snapshot(view, namesOf(spec)), newTally()) !== undefined
  } finally {
    view.finalize()
  }
}
