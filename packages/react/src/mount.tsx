import * as React from 'react'
import { createRoot } from 'react-dom/client'
import { MagpieChart } from './magpie-chart.tsx'
import type { MagpieChartProps, MountedChart } from './props.ts'

/** Draws a chart into an element, for pages that do not use React themselves. The element's content is replaced. */
export const mount = (element: Element | DocumentFragment, props: MagpieChartProps): MountedChart => {
  const root = createRoot(element)
  root.render(<MagpieChart {...props} />)
  return {
    update: (next) => root.render(<MagpieChart {...next} />),
    finalize: () => root.unmount(),
  }
}
