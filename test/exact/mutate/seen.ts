import { fileLoader } from '../file-loader.ts'
import { HEADLESS, namesOf, runView, snapshot, type Snapshot } from '../oracle.ts'
import { openPlanned } from '../planned.ts'
import type { RunOptions } from '../run-spec.ts'
import type { ArrowTable } from '../tables/arrow-table.ts'

/** A chart at rest: what it complained of, and what it shows, if nothing. */
export interface Seen {
  readonly errors: readonly string[]
  readonly unread: readonly string[]
  readonly shown: Snapshot | undefined
}

type Spec = Record<string, unknown>

const words = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).replace(/^(?:\w*Error: )+/, '').replaceAll('\n', ' ')

/** A page that Magpie draws in has no eval; a fault that only JavaScript's parser finds, in generated code, is none there. */
const EVALUATOR = 'closures'

/** Vega alone. */
export async function seenAlone(
  spec: Spec,
  { data, loader = fileLoader(data) }: RunOptions,
  seed: number,
): Promise<Seen> {
  try {
    const { view, errors, unread } = await runView(spec, loader, seed, HEADLESS, EVALUATOR)
    try {
      const shown = errors.length > 0 ? undefined : snapshot(view, namesOf(spec))
      return { errors: errors.map(words), unread, shown }
    } finally {
      view.finalize()
    }
  } catch (cause) {
    return { errors: [words(cause)], unread: [], shown: undefined }
  }
}

/** The planned chart of the same spec. */
export async function seenPlanned(
  spec: Spec,
  urls: readonly string[],
  options: RunOptions,
  seed: number,
  tables: readonly ArrowTable[] = [],
): Promise<Seen> {
  try {
    const { loader = fileLoader(options.data) } = options
    const chart = await openPlanned(structuredClone(spec), { ...options, urls, tables, loader, seed })
    try {
      const errors = chart.errors.map(words)
      const shown = errors.length > 0 ? undefined : snapshot(chart.view, namesOf(chart.plan.client))
      return { errors, unread: [], shown }
    } finally {
      chart.finalize()
    }
  } catch (cause) {
    return { errors: [words(cause)], unread: [], shown: undefined }
  }
}
