import type { View } from 'vega'
import { fileLoader } from '../file-loader.ts'
import { runView, snapshot, type Names, type Shown, type Snapshot } from '../oracle.ts'
import type { RunOptions } from '../run-spec.ts'
import { itemBounds } from '../scene-bounds.ts'
import { keeper } from './copy.ts'
import type { Listening } from './listening.ts'
import type { Page } from './page.ts'
import { perform } from './perform.ts'
import { scriptOf } from './script.ts'
import { withSelectionNumbers } from './selection-dates.ts'
import type { Step } from './step.ts'

/** Names of what is compared; `selections`: those of them that are values of selections. */
export interface ComparedNames extends Names {
  readonly selections: ReadonlySet<string>
}

/** A chart that is driven, and what is compared of it. */
export interface Driven {
  /** As Vega alone is given it. */
  readonly spec: Record<string, unknown>
  readonly names: ComparedNames
  readonly listening: Listening
  readonly options: RunOptions
  readonly page: Page
}

/** A chart after a step; at rest, before the first, there is none. */
export interface Moment {
  readonly step: Step | undefined
  readonly snapshot: Snapshot
}

/** Rows that are compared after every step; those of a chart of n times as many are compared after every n-th. */
const ROWS = 40_000

const rowsIn = ({ data }: Snapshot): number => Object.values(data).reduce((sum, rows) => sum + rows.length, 0)

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export const shownIn = (page: Page): Shown => ({ renderer: 'svg', container: page.container(), hover: true })

/** Everything that the last event set off in a view has happened. */
export async function rest(view: View, { rest: pause }: Listening): Promise<void> {
  if (pause > 0) await sleep(pause)
  await view.runAsync()
  await view.runAsync()
}

/** A view as it is compared, with `data` or without. */
export const look = (view: View, { names }: Driven, data: boolean): Snapshot =>
  withSelectionNumbers(snapshot(view, data ? names : { ...names, data: [] }, itemBounds()), names.selections)

/**
 * Vega alone, driven by the script that its own view gives, until a step that Vega itself fails at. Rejects when it fails at
 * rest.
 */
export async function record(driven: Driven, seed: number): Promise<Moment[]> {
  const { spec, listening, options, page } = driven
  const { view, errors } = await runView(spec, fileLoader(options.data), seed, shownIn(page))
  const moments: Moment[] = []
  const keep = keeper()
  const note = (step: Step | undefined, data: boolean): void => {
    moments.push({ step, snapshot: keep(look(view, driven, data)) })
  }
  try {
    await rest(view, listening)
    if (errors.length > 0) throw new Error(errors[0])
    note(undefined, true)
    const every = Math.ceil(moments.reduce((rows, moment) => rows + rowsIn(moment.snapshot), 0) / ROWS) || 1
    for (const step of scriptOf(view, listening)) {
      for (const gesture of step.gestures) {
        perform(view, gesture)
        await rest(view, listening)
      }
      if (errors.length > 0) break
      note(step, moments.length % every === 0)
    }
    return moments
  } finally {
    view.finalize()
  }
}
