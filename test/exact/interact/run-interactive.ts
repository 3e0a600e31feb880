import { plan } from '@magpie-vega/planner'
import { parse, type Spec } from 'vega'
import { compareNarrow, compareSnapshots } from '../compare.ts'
import { vegaSpecOf, type CorpusSpec } from '../corpus.ts'
import { difference, newTally } from '../difference.ts'
import { fileLoader } from '../file-loader.ts'
import { namesOf, runView, type Snapshot } from '../oracle.ts'
import { openPlanned, type PlannedChart } from '../planned.ts'
import { message, VARIES, vegaFails, type RunOptions } from '../run-spec.ts'
import { sidesOf, type Sides } from '../sides.ts'
import { keeper } from './copy.ts'
import { listeningOf, type Listening } from './listening.ts'
import { openPage, type Page } from './page.ts'
import { perform } from './perform.ts'
import { inNeitherOrder } from './order-of-either.ts'
import { look, record, rest, shownIn, type ComparedNames, type Driven, type Moment } from './record.ts'
import { sameButOrder } from './same-but-order.ts'
import { selectionNames } from './selection-dates.ts'
import type { Step } from './step.ts'
import { withoutHistory } from './without-history.ts'

/** What became of an interactive spec, and how many steps were equal until then. */
export type InteractiveOutcome =
  | {
      readonly kind: 'equal' | 'orderOnly' | 'different' | 'failed'
      readonly steps: number
      /** The first difference, be it of order alone, or what failed. */
      readonly detail: string
    }
  | { readonly kind: 'skipped'; readonly detail: string }

/** Why a spec is skipped that listens to nothing. */
export const NOT_INTERACTIVE = 'not interactive'

const SEED = 42

/** Drives Vega alone and then the planned chart with the same steps, and compares them after each. */
export async function runInteractive(entry: CorpusSpec, options: RunOptions): Promise<InteractiveOutcome> {
  const page = openPage()
  try {
    return await drive(entry, options, page)
  } finally {
    await page.close()
  }
}

async function drive(entry: CorpusSpec, options: RunOptions, page: Page): Promise<InteractiveOutcome> {
  options.onPhase?.('vega')
  let spec: Record<string, unknown>
  let listening: Listening
  try {
    spec = vegaSpecOf(entry)
    listening = listeningOf(parse(structuredClone(spec) as Spec))
  } catch (cause) {
    return vegaFails(message(cause))
  }
  if (listening.types.size === 0 && listening.binds.length === 0) return { kind: 'skipped', detail: NOT_INTERACTIVE }
  if (listening.timer) return { kind: 'skipped', detail: 'not deterministic: a timer changes it' }
  let sides: Sides
  let names: ComparedNames
  try {
    options.onPhase?.('planned')
    sides = sidesOf(spec, options)
    names = comparedNames(sides, options)
  } catch (cause) {
    return { kind: 'failed', steps: 0, detail: message(cause) }
  }
  const driven: Driven = { spec: sides.alone, names, listening, options, page }
  options.onPhase?.('vega')
  const moments = await record(driven, SEED).catch(message)
  if (typeof moments === 'string') return vegaFails(moments)
  const outcome = await replay(driven, sides, moments)
  return outcome.kind === 'different' && sides.narrow !== undefined
    ? overNarrow({ ...driven, spec: sides.narrow }, sides, moments)
    : outcome
}

/**
 * Rows may be values themselves; those of a table lack the columns that nobody reads. Then Vega over such rows has after every step
 * what it has over the whole ones, but for those columns, and the planned chart is equal to it.
 */
async function overNarrow(driven: Driven, sides: Sides, whole: readonly Moment[]): Promise<InteractiveOutcome> {
  const narrow = await record(driven, SEED)
  for (const [index, { step, snapshot }] of whole.entries()) {
    const moment = narrow[index]
    const found =
      moment === undefined
        ? 'without the columns that nobody reads Vega fails'
        : (difference(step, moment.step, 'step', newTally()) ?? compareNarrow(snapshot, moment.snapshot))
    if (found !== undefined) return { kind: 'different', steps: index, detail: `${nameOf(index, step)}: ${found}` }
  }
  return replay(driven, sides, narrow)
}

const nameOf = (index: number, step: Step | undefined): string => `step ${index} (${step?.name ?? 'at rest'})`

/** What both charts hold under one name. */
function comparedNames({ alone, planned, urls }: Sides, options: RunOptions): ComparedNames {
  const known = namesOf(alone)
  const { data, signals, inside } = namesOf(plan(planned, { placement: options.placement, serverUrls: urls }).client)
  return {
    data: data.filter((name) => known.data.includes(name)),
    signals: signals.filter((name) => known.signals.includes(name)),
    inside,
    selections: selectionNames(alone),
  }
}

async function replay(driven: Driven, sides: Sides, moments: readonly Moment[]): Promise<InteractiveOutcome> {
  const { options, page } = driven
  const { urls, tables } = sides
  options.onPhase?.('planned')
  const keep = keeper()
  let steps = 0
  let reordered = ''
  let chart: PlannedChart | undefined
  try {
    const shown = shownIn(page)
    const loader = fileLoader(options.data)
    chart = await openPlanned(structuredClone(sides.planned), { ...options, urls, tables, loader, seed: SEED, shown })
    for (const [index, moment] of moments.entries()) {
      await follow(chart, moment, driven)
      const name = nameOf(index, moment.step)
      options.onPhase?.('planned')
      if (chart.errors.length > 0) return { kind: 'failed', steps, detail: `${name}: ${chart.errors.join('; ')}` }
      const actual = keep(look(chart.view, driven, Object.keys(moment.snapshot.data).length > 0))
      const found = compareSnapshots(moment.snapshot, actual, newTally())
      if (found !== undefined) {
        const wrong = await beyondOrder(driven, chart, moment.snapshot, actual)
        if (wrong !== undefined)
          return (await varies(driven, moments))
            ? { kind: 'skipped', detail: `${VARIES}; ${name}: ${found}; ${wrong}` }
            : { kind: 'different', steps, detail: `${name}: ${found}; ${wrong}` }
        reordered ||= `${name}: ${found}`
      }
      steps += 1
    }
    return { kind: reordered === '' ? 'equal' : 'orderOnly', steps, detail: reordered }
  } catch (cause) {
    return { kind: 'failed', steps, detail: message(cause) }
  } finally {
    chart?.finalize()
  }
}

/** How the chart differs from Vega's by more than an order that Vega itself would give it without its history. */
async function beyondOrder(
  driven: Driven,
  chart: PlannedChart,
  expected: Snapshot,
  actual: Snapshot,
): Promise<string | undefined> {
  const wrong = sameButOrder(expected, actual)
  if (wrong !== undefined) return `in any order ${wrong}`
  const spec = withoutHistory(driven.spec, chart.view)
  const fresh = await runView(spec, fileLoader(driven.options.data), SEED)
  try {
    if (fresh.errors.length > 0) return `without its history Vega fails: ${fresh.errors.join('; ')}`
    const without = look(fresh.view, driven, Object.keys(expected.data).length > 0)
    const charts = [
      { snapshot: without, view: fresh.view },
      { snapshot: actual, view: chart.view },
    ] as const
    return inNeitherOrder(expected, ...charts, driven.options.hurried)
  } finally {
    fresh.view.finalize()
  }
}

/** Gestures of a step wait for the service; or follow each other without, so that some of their states are never seen. */
async function follow(chart: PlannedChart, { step }: Moment, { listening, options }: Driven): Promise<void> {
  for (const gesture of step?.gestures ?? []) {
    perform(chart.view, gesture)
    await rest(chart.view, listening)
    if (options.hurried !== true) await chart.settled()
  }
  await chart.settled()
  await rest(chart.view, listening)
  await chart.settled()
}

/** Does Vega alone, with other random numbers and at another time, differ from itself? */
async function varies(driven: Driven, moments: readonly Moment[]): Promise<boolean> {
  const again = await record(driven, SEED + 1)
  return moments.some(({ snapshot: before }, index) => {
    const after = again[index]
    return after === undefined || compareSnapshots(before, after.snapshot, newTally()) !== undefined
  })
}
