import { tighter } from './cost.ts'
import type { Draft, Pass } from './draft.ts'
import { hasCycle } from './cycle.ts'
import { doubledName } from './doubled-name.ts'
import { countInOrder, countsAsVega } from './identifiers.ts'
import { isObject } from './json.ts'
import { liftFacets, type FacetLift } from './lift-facets.ts'
import { link } from './link.ts'
import { isServerData } from './live.ts'
import type { Model } from './model.ts'
import { chooseSide } from './passes/choose-side.ts'
import { findCrossing } from './passes/find-crossing.ts'
import { liftDomains } from './passes/lift-domains.ts'
import { projectColumns } from './passes/project-columns.ts'
import { split } from './passes/split.ts'
import type { Plan, PlanOptions, VegaSpec } from './plan.ts'
import { readModel } from './read-model.ts'
import { staysWhole } from './stays-whole.ts'
import { unlistedSteps } from './steps-of.ts'

/**
 * The order of the passes. Each runs once and fills in one part of the draft.
 *
 *     spec ─ readModel ─▶ names: scopes, data sets, signals, and who uses them
 *          ─ liftFacets ─▶ the same chart, with what facets compute taken out of them where the server can do it
 *       chooseSide      per data set: how many transforms the server runs; per signal: root, expression, output, browser
 *       findCrossing    what the browser reads of what the server computes
 *       liftDomains     scale domains instead of the data sets that only they read
 *       split           the client spec, and the top-level names that the server fills
 *       projectColumns  of each data set, the columns that the client spec may read
 *     link ─▶ task graph, roots, wanted values
 */
const PASSES: readonly Pass[] = [chooseSide, findCrossing, liftDomains, split, projectColumns]

/** Splits a Vega spec. Never throws and never changes its input; the worst plan is the spec itself, with an empty graph. */
export const plan = (spec: VegaSpec, options: PlanOptions = {}): Plan =>
  guarded(spec, () =>
    isObject(spec) && staysWhole(spec, options)
      ? whole(spec, () => guarded(spec, () => planned(spec, options)))
      : planned(spec, options),
  )

const guarded = (spec: VegaSpec, make: () => Plan): Plan => {
  try {
    return make()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return unplanned(spec, `the spec could not be planned: ${why}`)
  }
}

const planned = (spec: VegaSpec, options: PlanOptions): Plan => {
  const model = readModel(isObject(spec) ? spec : {})
  const doubled = doubledName(model)
  if (doubled !== undefined) return unplanned(spec, `two definitions have the name ${doubled}`)
  const unlisted = unlistedSteps(model)
  if (unlisted !== undefined) return unplanned(spec, `the transforms of ${unlisted} are no list`)
  if (hasCycle(model)) return unplanned(spec, 'a definition depends on itself')
  return link(draftOf(model, options))
}

/** The plan of a spec that stays as it is: the reasons are worked out for who reads them, a chart does not wait for them. */
const whole = (spec: VegaSpec, reasons: () => Plan): Plan => {
  let read: Plan | undefined
  const made = (): Plan => (read ??= reasons())
  return {
    client: spec,
    graph: { tasks: [] },
    toServer: [],
    toClient: [],
    get verdicts() {
      return made().verdicts
    },
    get counts() {
      return made().counts
    },
  }
}

/** A facet is lifted when the server then computes all that was lifted out of it; else the draft is made again without. */
const draftOf = (original: Model, options: PlanOptions): Draft => {
  const skip = new Set<string>()
  for (;;) {
    const { spec, lifts } = liftFacets(original, skip)
    const model = spec === original.spec ? original : readModel(spec)
    const draft = numbered(startOf(original, model, lifts, options))
    const vain = lifts.filter(
      ({ lifted }) => !draft.model.data.some((set) => set.name === lifted && isServerData(draft, set.id)),
    )
    if (vain.length === 0) return draft
    vain.forEach(({ group }) => skip.add(group))
  }
}

/** Several `identifier` transforms go on counting on the server if these then are the numbers that Vega gives. */
const numbered = (start: Draft): Draft => {
  const { identifiers } = start.model
  const draft = cheapest({ ...start, counted: identifiers.length > 1 && countInOrder(start.model) })
  return !draft.counted || countsAsVega(draft) ? draft : cheapest(start)
}

/** What is dear is known once all is placed; then the passes run again under the limits that follow. */
const cheapest = (start: Draft): Draft => {
  const draft = PASSES.reduce((made, pass) => pass(made), start)
  const limits = tighter(draft)
  return limits === undefined ? draft : cheapest({ ...start, limits })
}

const startOf = (original: Model, model: Model, facets: readonly FacetLift[], options: PlanOptions): Draft => ({
  options,
  original,
  model,
  facets,
  limits: new Map(),
  counted: false,
  data: [],
  signals: [],
  crossing: new Set(),
  fedSignals: new Set(),
  retold: new Set(),
  lifted: [],
  unlifted: new Map(),
  client: model.spec,
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
