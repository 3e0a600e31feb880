import { openView, plan as makePlan, sameShape, sameValue } from '@magpie-vega/client-runtime'
import type { MagpieError, OpenView, Plan, Scalar, SessionState, Transport } from '@magpie-vega/client-runtime'
import type { View } from 'vega'
import { errorOf } from './chart-error.ts'
import { drawnData } from './drawn-data.ts'
import { embedView, probeView, refusalOf } from './embed-view.ts'
import type { PreparedSpec } from './prepare-spec.ts'
import type { MagpieChartProps } from './props.ts'
import { reportParameters } from './report-parameters.ts'
import { presentIn } from './spec-parameters.ts'

type Json = Readonly<Record<string, unknown>>

/** What a drawing has to say about itself. */
export interface DrawingEvents {
  readonly onState: (state: SessionState) => void
  /** The first picture is complete. */
  readonly onDrawn: () => void
  readonly onEmpty: (empty: boolean) => void
  readonly onError: (error: MagpieError) => void
}

/** One embedded chart: a plan, its session and its View. Another spec is another drawing. */
export interface Drawing {
  /** Takes over a spec of the same shape over other data, and other grants. False when it needs another drawing. */
  adopt(prepared: PreparedSpec, props: MagpieChartProps): boolean
  finalize(): void
}

const planFor = ({ vega }: PreparedSpec, { serverUrls }: MagpieChartProps): Plan =>
  makePlan(vega, { serverUrls: serverUrls ?? [] })

/** Options that a drawing cannot change: those of vega-embed. */
const embedOptions = ({ embedOptions: own }: PreparedSpec, { renderer, actions }: MagpieChartProps): Json => ({
  ...(renderer === undefined ? {} : { renderer }),
  ...(actions === undefined ? {} : { actions }),
  ...own,
})

/** The zone that the service is told; asking the browser for its own takes time, and a chart without questions needs none. */
const zoneFor = ({ graph }: Plan, { timeZone }: MagpieChartProps): string =>
  timeZone ?? (graph.tasks.length === 0 ? 'UTC' : new Intl.DateTimeFormat().resolvedOptions().timeZone)

/** Calls back with whether every drawn data set is empty, now and after each change. */
const watchEmpty = (view: View, names: readonly string[], onEmpty: (empty: boolean) => void): void => {
  if (names.length === 0) return
  const rows = (name: string): number => ((view.data(name) as readonly unknown[] | undefined) ?? []).length
  const report = (): void => onEmpty(names.every((name) => rows(name) === 0))
  names.forEach((name) => view.addDataListener(name, report))
  report()
}

/** @param props the properties as they are at any later moment */
export const draw = (
  element: HTMLElement,
  prepared: PreparedSpec,
  props: () => MagpieChartProps,
  transport: Transport,
  events: DrawingEvents,
): Drawing => {
  const options = embedOptions(prepared, props())
  let plan = planFor(prepared, props())
  const timeZone = zoneFor(plan, props())
  let finalized = false
  const ending: (() => void)[] = []

  const show = (view: View): void => {
    watchEmpty(view, drawnData(plan.client), (empty) => !finalized && events.onEmpty(empty))
    ending.push(reportParameters(view, presentIn(plan.client, prepared.parameters), props))
  }

  const fail = (cause: unknown): void => {
    if (!finalized) events.onError(errorOf(cause))
  }

  const opened: OpenView = openView(plan, {
    transport,
    timeZone,
    grants: props().grants ?? [],
    makeView: async (spec) => {
      const embedded = await embedView(element, spec, options, (message) => fail(new Error(message)))
      ending.push(embedded.finalize)
      return embedded.view
    },
    makeProbe: probeView,
    refusal: () => refusalOf(prepared.vega),
    onView: (view) => {
      show(view)
      void opened.settled().then(() => !finalized && events.onDrawn())
    },
    onState: (state) => !finalized && events.onState(state),
    onTableMissing: () => props().onTableMissing?.(),
    onError: fail,
  })

  return {
    adopt: (next, { grants }) => {
      const other = planFor(next, props())
      const sameOptions = sameValue(options as Scalar, embedOptions(next, props()) as Scalar)
      if (!sameOptions || timeZone !== zoneFor(other, props()) || !sameShape(plan, other)) return false
      plan = other
      opened.replan(other, grants ?? [])
      return true
    },
    finalize: () => {
      finalized = true
      opened.finalize()
      ending.forEach((end) => end())
    },
  }
}
