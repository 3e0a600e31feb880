import * as React from 'react'
import { Frame } from './frame.tsx'
import type { Chart } from './open-chart.ts'
import type { ChartStatus, MagpieChartProps } from './props.ts'

const LOADING: ChartStatus = { phase: 'loading', drawn: false, empty: false }

const unloadable = (cause: unknown): ChartStatus => ({
  phase: 'error',
  message: `The chart's program could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}. Reload the page.`,
  drawn: false,
  empty: false,
})

/**
 * A Vega-Lite or Vega chart whose data stays on the server. Loading, errors, a lost connection and an empty result are shown
 * in place. Vega and its companions are loaded when the first chart is mounted.
 */
export const MagpieChart = (props: MagpieChartProps): React.ReactElement => {
  const element = React.useRef<HTMLDivElement | null>(null)
  const chart = React.useRef<Chart | undefined>(undefined)
  const latest = React.useRef(props)
  const [status, setStatus] = React.useState(LOADING)

  React.useEffect(() => {
    latest.current = props
    chart.current?.update(props)
  })

  React.useEffect(() => {
    let mounted = true
    const report = (next: ChartStatus): void => {
      if (!mounted) return
      setStatus(next)
      latest.current.onStatus?.(next)
    }
    import('./open-chart.ts').then(
      ({ openChart }) => {
        if (mounted && element.current !== null) chart.current = openChart(element.current, latest.current, report)
      },
      (cause: unknown) => report(unloadable(cause)),
    )
    return () => {
      mounted = false
      chart.current?.finalize()
      chart.current = undefined
    }
  }, [])

  return (
    <Frame status={status} spec={props.spec}>
      <div ref={element} className="magpie-view" style={{ width: '100%', height: '100%' }} />
    </Frame>
  )
}
