import embed from 'vega-embed'
import type { Result, VisualizationSpec } from 'vega-embed'
import { expressionInterpreter } from 'vega-interpreter'
import type { ChartStatus, MagpieChartProps } from './props.ts'

/** A chart in an element. */
export interface Chart {
  update(props: MagpieChartProps): void
  finalize(): void
}

export const openChart = (element: HTMLElement, props: MagpieChartProps, report: (status: ChartStatus) => void): Chart => {
  let result: Result | undefined
  embed(element, props.spec as unknown as VisualizationSpec, { actions: false, ast: true, expr: expressionInterpreter, renderer: 'canvas' }).then(
    (embedded) => {
      result = embedded
      report({ phase: 'ready', drawn: true, empty: false })
    },
    (cause: unknown) => report({ phase: 'error', message: String(cause), drawn: false, empty: false }),
  )
  return { update: () => undefined, finalize: () => result?.finalize() }
}
