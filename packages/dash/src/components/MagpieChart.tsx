import * as React from 'react'
import { MagpieChart as Chart } from '@magpie-vega/react'
import { chartProps } from '../chart-props.ts'

export interface Props {
  /** The ID of this component, by which callbacks know it. */
  id?: string
  /** What is drawn: the value of `dash_magpie.prepare(chart)`. `MagpieChart(chart=…)` prepares it by itself. */
  chart?: object
  /** Name of a theme of vega-themes, or a Vega config object. Default: Vega's own look. */
  theme?: string | object
  /** `canvas` (default) or `svg`. */
  renderer?: 'canvas' | 'svg'
  /** The menu of vega-embed: true, false (default), or its object form. */
  actions?: boolean | object
  /** Milliseconds of quiet before `selection` and `params` change; brushing itself never waits. Default: 50. */
  debounce?: number
  /** IANA name of the viewer's time zone. Default: the browser's. */
  timeZone?: string
  /** Base URL of a Magpie service that the browser can reach. Default: the app's own server, which relays. */
  endpoint?: string
  /** CSS class of the element around the chart. */
  className?: string
  /** CSS style of the element around the chart. */
  style?: object
  /** Read-only: every selection of the chart by name, as `{type, value, store}`. `dash_magpie.selections` types it. */
  selection?: object
  /** Read-only: every variable parameter of the chart by name. */
  params?: object
  /** Read-only: `{phase, message, drawn, empty}`; phase is loading, ready, updating, reconnecting or error. */
  status?: object
  /** Called by Dash to report a changed property. */
  setProps?: (props: object) => void
}

declare global {
  interface Window {
    dash_component_api?: { stringifyId(id: unknown): string }
  }
}

/** Pattern-matching callbacks give components an object for an ID; the page needs text. */
const elementId = (id: unknown) =>
  id == null || typeof id === 'string' ? (id ?? undefined) : window.dash_component_api?.stringifyId(id)

/** A Vega or Altair chart over data that stays on the server. The heavy part loads with the first chart of a page. */
const MagpieChart = (props: Props) => (
  <div id={elementId(props.id)} className={props.className} style={props.style}>
    <Chart {...chartProps(props, document)} />
  </div>
)

export default MagpieChart
