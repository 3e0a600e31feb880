import { compareSnapshots } from '../compare.ts'
import { newTally } from '../difference.ts'
import type { Snapshot } from '../oracle.ts'
import type { RunOptions } from '../run-spec.ts'
import type { Phase } from '../supervise.ts'
import type { SpecWithTables } from '../tables/with-tables.ts'
import { seenAlone, seenPlanned, type Seen } from './seen.ts'

/** What became of a spec with faults in both charts. */
export type MutantOutcome =
  /** Both drew the same. */
  | { readonly kind: 'equal' }
  /** Both failed, and in the same words. */
  | { readonly kind: 'alike'; readonly detail: string }
  /** `vegaFails`: Vega alone draws nothing. */
  | { readonly kind: 'different'; readonly detail: string; readonly vegaFails?: boolean }
  | { readonly kind: 'skipped'; readonly detail: string }

const SEED = 42

const differ = (expected: Snapshot, actual: Snapshot): string | undefined =>
  compareSnapshots(expected, actual, newTally())

/** Bundling gives variables, which JavaScript's own messages name, a number. */
const plain = (text: string): string =>
  text
    .replace(/^session: /, '')
    .replace(/^([A-Za-z_$]+)\d+\b(?=[.[]| is not )/, '$1')
    .trim()

/** Of a source that cannot be read Vega warns, and draws without rows; Magpie says so in place of the chart. */
const UNREAD = /cannot be read|could not be read|has no grant for the URL|There is no file|answered with/

/** The words in which Vega fails as the planned chart does. */
function asVegaFails({ errors, unread }: Seen, ours: string): string | undefined {
  const [vega] = errors
  if (vega !== undefined && plain(ours).includes(plain(vega))) return vega
  return UNREAD.test(ours) ? unread[0] : undefined
}

function compared(expected: Seen, actual: Seen): MutantOutcome {
  const [ours] = actual.errors
  if (ours !== undefined) {
    const failed = asVegaFails(expected, ours)
    if (failed !== undefined) return { kind: 'alike', detail: failed }
    const detail = `vega: ${expected.errors[0] ?? 'draws'} | planned: ${ours}`
    return { kind: 'different', detail, vegaFails: expected.shown === undefined }
  }
  if (expected.shown === undefined || actual.shown === undefined)
    return { kind: 'different', detail: `vega: ${expected.errors[0] ?? 'draws'} | planned: draws`, vegaFails: true }
  const detail = differ(expected.shown, actual.shown)
  return detail === undefined ? { kind: 'equal' } : { kind: 'different', detail }
}

/** What Vega alone is given in place of the planned chart's spec, and the tables that this one reads. */
export type OverTables = Pick<SpecWithTables, 'alone' | 'tables'>

/** Opens a spec in Vega alone and as a planned chart: both draw the same, or both fail with the same words. */
export async function runMutant(
  spec: Record<string, unknown>,
  urls: readonly string[],
  options: RunOptions,
  phase: (name: Phase) => void = () => undefined,
  { alone, tables }: OverTables = { alone: spec, tables: [] },
): Promise<MutantOutcome> {
  phase('vega')
  const expected = await seenAlone(alone, options, SEED)
  phase('planned')
  const actual = await seenPlanned(spec, urls, options, SEED, tables)
  const found = compared(expected, actual)
  if (found.kind !== 'different') return found
  if (expected.broken && found.vegaFails !== false)
    return { kind: 'skipped', detail: 'vega alone breaks the built-in objects of its page' }
  if (found.vegaFails !== undefined) return found
  phase('vega')
  const again = await seenAlone(alone, options, SEED + 1)
  const varies = again.shown === undefined || (expected.shown && differ(expected.shown, again.shown)) !== undefined
  return varies ? { kind: 'skipped', detail: 'vega alone varies' } : found
}
