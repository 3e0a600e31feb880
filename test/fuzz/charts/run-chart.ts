import { NOT_INTERACTIVE, runInteractive } from '../../exact/interact/run-interactive.ts'
import { runSpec, VARIES, type RunOptions } from '../../exact/run-spec.ts'
import type { Json } from '../../exact/json.ts'

/** A random chart: a spec, and how it is run. */
export interface Chart {
  readonly spec: Json
  readonly lite: boolean
  readonly placement: RunOptions['placement']
  readonly asTables: boolean
}

/**
 * `refused`: by Vega-Lite or by Vega itself. Nothing in a random chart asks for random numbers or the time, so one that Vega alone
 * is said to vary in is `wrong`: a difference was found.
 */
export type Found = { readonly kind: 'equal' } | { readonly kind: 'refused' | 'wrong'; readonly detail: string }

/** Compares a chart with Vega at rest, and after each step of a user when it is to be driven. */
export async function runChart(
  { spec, lite, placement, asTables }: Chart,
  options: Omit<RunOptions, 'placement' | 'asTables'>,
  interact: boolean,
): Promise<Found> {
  const entry = { path: lite ? 'random.vl.json' : 'random.vg.json', text: JSON.stringify(spec), lite }
  const own = { ...options, placement, asTables }
  const rest = await runSpec(entry, own)
  if (rest.kind === 'skipped') return skipped(rest.detail)
  if (rest.kind !== 'equal') return { kind: 'wrong', detail: rest.detail }
  if (!interact) return { kind: 'equal' }
  const driven = await runInteractive(entry, own)
  if (driven.kind === 'different' || driven.kind === 'failed') return { kind: 'wrong', detail: driven.detail }
  return driven.kind === 'skipped' && driven.detail !== NOT_INTERACTIVE ? skipped(driven.detail) : { kind: 'equal' }
}

const skipped = (detail: string): Found => ({ kind: detail.startsWith(VARIES) ? 'wrong' : 'refused', detail })
