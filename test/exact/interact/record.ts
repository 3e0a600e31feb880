import type { View } from 'vega'
import { fileLoader } from '../file-loader.ts'
import { runView, snapshot, type Names, type Shown, type Snapshot } from '../oracle.ts'
import type { RunOptions } from '../run-spec.ts'
import { keeper } from './copy.ts'
import type { Listening } from './listening.ts'
import type { Page } from './page.ts'
import { perform } from './perform.ts'
import { scriptOf } from './script.ts'
import type { Step } from './step.ts'

/** A chart that is driven, and what is compared of it. */
export interface Driven {
  readonly spec: Record<string, unknown>
  readonly urls: readonly string[]
  readonly names: Names
  readonly listening: Listening
  readonly options: RunOptions
  readonly page: Page
}

/** A chart after a step; at rest, before the first, there is none. */
export interface Moment {
  readonly step: Step | undefined
  /** Undefined: not compared, as the chart holds many rows. */
  readonly snapshot: Snapshot | undefined
}

/** Steps per chart. */
const MOST = 60
/** Rows that are compared after every step; a chart of n times as many is compared after every n-th. */
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

/** Vega alone, driven by the script that its own view gives. Rejects when Vega logs an error. */
export async function record({ spec, names, listening, options, page }: Driven, seed: number): Promise<Moment[]> {
  const { view, errors } = await runView(spec, fileLoader(options.data), seed, shownIn(page))
  const moments: Moment[] = []
  const keep = keeper()
  let every = 1
  const note = (step: Step | undefined): void => {
    if (errors.length > 0) throw new Error(errors[0])
    const compared = moments.length % every === 0
    moments.push({ step, snapshot: compared ? keep(snapshot(view, names)) : undefined })
  }
  try {
    await rest(view, listening)
    note(undefined)
    every = Math.ceil(rowsIn(snapshot(view, names)) / ROWS) || 1
    for (const step of scriptOf(view, listening)) {
      for (const gesture of step.gestures) {
        perform(view, gesture)
        await rest(view, listening)
      }
      note(step)
      if (moments.length > MOST) break
    }
    return moments
  } finally {
    view.finalize()
  }
}
