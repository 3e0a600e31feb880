import type { Draft, Pass } from './draft.ts'
import { isObject, type JsonObject } from './json.ts'
import { link } from './link.ts'
import { chooseSide } from './passes/choose-side.ts'
import { findCrossing } from './passes/find-crossing.ts'
import { liftDomains } from './passes/lift-domains.ts'
import { projectColumns } from './passes/project-columns.ts'
import { split } from './passes/split.ts'
import type { Plan, PlanOptions, VegaSpec } from './plan.ts'
import { readModel } from './read-model.ts'

/**
 * The order of the passes. Each runs once and fills in one part of the draft.
 *
 *     spec ─ readModel ─▶ names: scopes, data sets, signals, and who uses them
 *       chooseSide      per data set: how many transforms the server runs; per signal: root, expression, output, browser
 *       findCrossing    what the browser reads of what the server computes
 *       liftDomains     scale domains instead of the data sets that only they read
 *       split           the client spec, and the top-level names that the server fills
 *       projectColumns  of each data set, the columns that the client spec may read
 *     link ─▶ task graph, roots, wanted values
 */
const PASSES: readonly Pass[] = [chooseSide, findCrossing, liftDomains, split, projectColumns]

/** Splits a Vega spec. Never throws and never changes its input; the worst plan is the spec itself, with an empty graph. */
export const plan = (spec: VegaSpec, options: PlanOptions = {}): Plan => {
  try {
    return link(PASSES.reduce((draft, pass) => pass(draft), startOf(isObject(spec) ? spec : {}, options)))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return unplanned(spec, `the spec could not be planned: ${why}`)
  }
}

const startOf = (spec: JsonObject, options: PlanOptions): Draft => ({
  options,
  model: readModel(spec),
  data: [],
  signals: [],
  crossing: new Set(),
  fedSignals: new Set(),
  lifted: [],
  unlifted: new Map(),
  client: spec,
  fed: [],
})

const unplanned = (spec: VegaSpec, reason: string): Plan => ({
  client: spec,
  graph: { tasks: [] },
  toServer: [],
  toClient: [],
  verdicts: [{ kind: 'data', name: '', pointer: '', side: 'browser', reason }],
  counts: { pipelines: 0, full: 0, steps: 0, stepsTotal: 0 },
})
