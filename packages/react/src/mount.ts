import { openFrame } from './frame.ts'
import { loadOnce } from './load-once.ts'
import type { Chart } from './open-chart.ts'
import type { ChartStatus, MagpieChartProps, MountedChart } from './props.ts'

const program = loadOnce(() => import('./open-chart.ts'))

const LOADING: ChartStatus = { phase: 'loading', drawn: false, empty: false }

const unloadable = (cause: unknown): ChartStatus => ({
  phase: 'error',
  message: `The chart's program could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}. Reload the page.`,
  drawn: false,
  empty: false,
})

/**
 * Draws a chart into an element, whose content is replaced. Loading, errors, a lost connection and an empty result are shown in
 * place. Vega and its companions are loaded when the first chart is mounted.
 */
export const mount = (element: Element | DocumentFragment, props: MagpieChartProps): MountedChart => {
  const frame = openFrame(element)
  let latest = props
  let status = LOADING
  let chart: Chart | undefined
  let finalized = false
  const report = (next: ChartStatus): void => {
    if (finalized) return
    status = next
    frame.show(status, latest.spec)
    latest.onStatus?.(status)
  }
  frame.show(status, latest.spec)
  program().then(
    ({ openChart }) => {
      if (!finalized) chart = openChart(frame.view, latest, report)
    },
    (cause: unknown) => report(unloadable(cause)),
  )
  return {
    update: (next) => {
      latest = next
      frame.show(status, latest.spec)
      chart?.update(next)
    },
    finalize: () => {
      finalized = true
      chart?.finalize()
      frame.remove()
    },
  }
}
