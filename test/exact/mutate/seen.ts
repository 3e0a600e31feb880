import { restoreBuiltIns } from '../../../runtime-server/src/vega/built-ins.ts'
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
  /** Has it written into the built-in objects of its page, so that all else there goes wrong? They are put right again. */
  readonly broken: boolean
}

type Spec = Record<string, unknown>

const words = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).replace(/^(?:\w*Error: )+/, '').replaceAll('\n', ' ')

/** A page that Magpie draws in has no eval; a fault that only JavaScript's parser finds, in generated code, is none there. */
const EVALUATOR = 'closures'

interface Opened {
  readonly errors: readonly string[]
  readonly unread: readonly string[]
  shown(): Snapshot
  finalize(): void
}

async function seen(open: () => Promise<Opened>): Promise<Seen> {
  try {
    const chart = await open()
    try {
      const errors = chart.errors.map(words)
      const shown = errors.length > 0 ? undefined : chart.shown()
      return { errors, unread: chart.unread, shown, broken: restoreBuiltIns() }
    } finally {
      restoreBuiltIns()
      chart.finalize()
    }
  } catch (cause) {
    return { errors: [words(cause)], unread: [], shown: undefined, broken: restoreBuiltIns() }
  }
}

/** Vega alone. */
export const seenAlone = (spec: Spec, { data, loader = fileLoader(data) }: RunOptions, seed: number): Promise<Seen> =>
  seen(async () => {
    const { view, errors, unread } = await runView(spec, loader, seed, HEADLESS, EVALUATOR)
    return { errors, unread, shown: () => snapshot(view, namesOf(spec)), finalize: () => view.finalize() }
  })

/** The planned chart of the same spec. */
export const seenPlanned = (
  spec: Spec,
  urls: readonly string[],
  options: RunOptions,
  seed: number,
  tables: readonly ArrowTable[] = [],
): Promise<Seen> =>
  seen(async () => {
    const { loader = fileLoader(options.data) } = options
    const chart = await openPlanned(structuredClone(spec), { ...options, urls, tables, loader, seed })
    const shown = (): Snapshot => snapshot(chart.view, namesOf(chart.plan.client))
    return { errors: chart.errors, unread: [], shown, finalize: () => chart.finalize() }
  })
