import type { MagpieChartProps } from '@magpie-vega/react'
import { appRelay } from './relay.ts'

/** The properties of the Dash component that the chart reads or sets. */
interface Settings {
  chart?: object
  theme?: string | object
  renderer?: 'canvas' | 'svg'
  actions?: boolean | object
  debounce?: number
  timeZone?: string
  endpoint?: string
  setProps?: (props: object) => void
}

/** Only what the author set: an absent property keeps the chart's default. */
const present = (values: object) => Object.fromEntries(Object.entries(values).filter(([, value]) => value != null))

/** Dash's properties as the chart's. `chart` carries the specification, the grants and the versions. */
export const chartProps = (props: Settings, page: Document): MagpieChartProps => {
  const { chart, theme, renderer, actions, debounce, timeZone, endpoint, setProps } = props
  const relay = endpoint == null || endpoint === '' ? appRelay(page) : { endpoint }
  return {
    spec: {},
    ...present({ theme, renderer, actions, debounce, timeZone }),
    ...chart,
    ...relay,
    onSelection: (selection) => setProps?.({ selection }),
    onParams: (params) => setProps?.({ params }),
    onStatus: (status) => setProps?.({ status }),
  }
}
