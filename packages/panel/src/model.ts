import type { MagpieChartProps, Params, Selections } from '@magpie-vega/react'

/** What Python sends to the page, in one piece so that a change is one update. */
export interface Page {
  /** The chart and its options, by the names of the chart's own properties. */
  readonly props: MagpieChartProps
  /** Take colours and fonts from the app's design? Otherwise `props.theme` decides. */
  readonly panelTheme: boolean
  /** `relay`: HTTP through the app's own server, below `base`; `channel`: messages; `direct`: to `props.endpoint`. */
  readonly via: 'relay' | 'channel' | 'direct'
}

/** A request of the chart, or what the page has to say to Python. Panel carries bytes as an ArrayBuffer. */
export type Message =
  | { readonly type: 'request'; readonly id: number; readonly path: string; readonly body: ArrayBuffer }
  | { readonly type: 'table-missing' }

/** The answer to the request `id` of one view: bytes, or why there are none. */
export interface Answer {
  readonly id: number
  readonly body?: ArrayBuffer
  readonly error?: string
}

/** The part of Panel's model proxy that the chart uses. */
export interface Model {
  readonly page: Page
  reported_selection: Selections
  reported_params: Params
  send_msg(message: Message): void
  on(event: 'page' | 'remove', callback: () => void): void
  on(event: 'msg:custom', callback: (answer: Answer) => void): void
  off(event: 'page', callback: () => void): void
}
