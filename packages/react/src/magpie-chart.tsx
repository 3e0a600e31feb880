import * as React from 'react'
import { mount } from './mount.ts'
import type { MagpieChartProps, MountedChart } from './props.ts'

/** A Vega-Lite or Vega chart whose data stays on the server: `mount` as a React component. */
export const MagpieChart = (props: MagpieChartProps): React.ReactElement => {
  const element = React.useRef<HTMLDivElement | null>(null)
  const chart = React.useRef<MountedChart | undefined>(undefined)
  const latest = React.useRef(props)

  React.useLayoutEffect(() => {
    latest.current = props
    chart.current?.update(props)
  })

  // before the page is painted, so that the skeleton is in its first picture
  React.useLayoutEffect(() => {
    if (element.current === null) return
    chart.current = mount(element.current, latest.current)
    return () => {
      chart.current?.finalize()
      chart.current = undefined
    }
  }, [])

  const height = props.spec?.['height'] === 'container' ? '100%' : undefined
  return <div ref={element} style={{ width: '100%', height }} />
}
