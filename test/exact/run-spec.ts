import type { Plan } from '@magpie-vega/planner'
import type { Loader, View } from 'vega'
import { compareNarrow, compareSnapshots } from './compare.ts'
import { vegaSpecOf, type CorpusSpec } from './corpus.ts'
import type { DataServer } from './data-server.ts'
import { newTally, type Tally } from './difference.ts'
import { fileLoader } from './file-loader.ts'
import { namesOf, runView, snapshot, type Snapshot } from './oracle.ts'
import { openPlanned, type PlannedOptions } from './planned.ts'
import type { RunningService } from './service.ts'
import { sidesOf, type Sides } from './sides.ts'
import type { Phase } from './supervise.ts'

export interface RunOptions {
  readonly data: DataServer
  readonly service: RunningService
  readonly timeZone: string
  readonly placement: PlannedOptions['placement']
  /** Interaction does not wait for the service between the gestures of a step. Default: it does. */
  readonly hurried?: boolean
  /** Are files and inline rows uploaded as tables, wherever one can hold them? Default: no. */
  readonly asTables?: boolean
  /** What the charts load files with; default: the data server's files, read from disk. Of faulty charts only. */
  readonly loader?: Loader
  /** Is told what runs, whenever that changes; default: nobody is. */
  readonly onPhase?: (phase: Phase) => void
}

/** What became of one spec. `skipped`: nothing can be compared, and why. */
export type Outcome =
  | { readonly kind: 'equal'; readonly tolerated: number; readonly counts: Plan['counts'] }
  | { readonly kind: 'different'; readonly detail: string; readonly counts: Plan['counts'] }
  | { readonly kind: 'failed'; readonly detail: string }
  | { readonly kind: 'skipped'; readonly detail: string }

/** How the reason of a skip begins where a difference was found, but Vega alone differs from itself as well. */
export const VARIES = 'not deterministic: Vega alone differs from itself'

const SEED = 42

/** A skipped spec: Vega alone, or Vega-Lite, has something against it. */
export const vegaFails = (words: string) => ({ kind: 'skipped', detail: `vega alone fails: ${words}` }) as const

export const message = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).replaceAll('\n', ' ')

/** Runs one spec through Vega alone and through planner, service and client, and compares the two at rest. */
export async function runSpec(entry: CorpusSpec, options: RunOptions): Promise<Outcome> {
  const loader = fileLoader(options.data)
  options.onPhase?.('vega')
  let spec: Record<string, unknown>
  try {
    spec = vegaSpecOf(entry)
  } catch (cause) {
    return vegaFails(message(cause))
  }
  let sides: Sides
  try {
    options.onPhase?.('planned')
    sides = sidesOf(spec, options)
  } catch (cause) {
    return { kind: 'failed', detail: message(cause) }
  }
  let expected: View
  try {
    options.onPhase?.('vega')
    const oracle = await runView(sides.alone, loader, SEED)
    expected = oracle.view
    if (oracle.errors.length > 0) return vegaFails(oracle.errors[0] ?? '')
  } catch (cause) {
    return vegaFails(message(cause))
  }
  try {
    options.onPhase?.('planned')
    const before = snapshot(expected, namesOf(sides.alone))
    const { urls, tables } = sides
    const planned = await openPlanned(structuredClone(sides.planned), { ...options, urls, tables, loader, seed: SEED })
    try {
      if (planned.errors.length > 0) return { kind: 'failed', detail: planned.errors.join('; ') }
      const tally = newTally()
      const names = namesOf(planned.plan.client)
      const actual = snapshot(planned.view, names)
      const found = compareSnapshots(before, actual, tally)
      const detail = found && sides.narrow ? await narrowDiffers(sides.narrow, options, before, actual, tally) : found
      if (detail === undefined) return { kind: 'equal', tolerated: tally.tolerated, counts: planned.plan.counts }
      if (await varies(sides.alone, options, before)) return { kind: 'skipped', detail: `${VARIES}; ${detail}` }
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

/**
 * Rows may be values themselves (argmax); those of a table lack the columns that nobody reads. Then Vega over such rows has what
 * it has over the whole ones, but for those columns, and the planned chart is equal to it.
 */
async function narrowDiffers(
  spec: Record<string, unknown>,
  options: RunOptions,
  whole: Snapshot,
  actual: Snapshot,
  tally: Tally,
): Promise<string | undefined> {
  const { view } = await runView(spec, fileLoader(options.data), SEED)
  try {
    const narrow = snapshot(view, namesOf(spec))
    return compareNarrow(whole, narrow) ?? compareSnapshots(narrow, actual, tally)
  } finally {
    view.finalize()
  }
}
