import type { MagpieChartProps, Params, Selections } from '@magpie-vega/react'
import type { FrontendRendererArgs, FrontendState } from '@streamlit/component-v2-lib'
import type { Answer, Request, ScriptChannel } from './channel.ts'
import type { Reporter } from './reporter.ts'
import { streamlitTheme } from './theme.ts'

/** What `magpie_chart` sends to the page. */
export interface Data {
  /** The chart and its options, by the names of the chart's own properties. */
  readonly props: MagpieChartProps
  /** Take colours and fonts from the app? Otherwise `props.theme` decides. */
  readonly streamlitTheme: boolean
  /** Names of the selections and parameters that run the script when they change. */
  readonly report: readonly string[] | 'all' | 'none'
  /** The parameters that the script takes for granted until the page reports others. */
  readonly params: Params
  /** `relay`: HTTP through the app's own server; `channel`: by way of the script; `direct`: to `props.endpoint`. */
  readonly via: 'relay' | 'channel' | 'direct'
  /** With `channel`: the answer to the latest request. */
  readonly answer: Answer | null
}

/** What the page reports to the script. */
export interface State extends FrontendState {
  selection: Selections
  params: Params
  /** A trigger: a request over the channel. */
  request: Request
  /** A trigger: the service has lost a table. Any new number. */
  table_missing: number
}

/** What a chart keeps for as long as it lives. */
export interface Carriers {
  readonly channel: ScriptChannel
  readonly reporter: Reporter
}

type Args = Pick<FrontendRendererArgs<State, Data>, 'data' | 'parentElement' | 'setStateValue' | 'setTriggerValue'>

/** The app's base URL: a component's files lie at `<base>/_stcore/…`. */
export const appBase = (moduleUrl: string): string => moduleUrl.split('/_stcore/')[0] ?? ''

/** Streamlit's arguments as the chart's properties. */
export const chartProps = (
  { data, parentElement, setStateValue, setTriggerValue }: Args,
  { channel, reporter }: Carriers,
  moduleUrl: string,
): MagpieChartProps => {
  const host = parentElement instanceof ShadowRoot ? parentElement.host : parentElement
  return {
    ...data.props,
    ...(data.streamlitTheme ? { theme: streamlitTheme(host) } : {}),
    ...(data.via === 'relay' ? { endpoint: `${appBase(moduleUrl)}/_magpie` } : {}),
    ...(data.via === 'channel' ? { transport: channel.transport } : {}),
    onSelection: (selections) => reporter.report(data, 'selection', selections, setStateValue),
    onParams: (params) => reporter.report(data, 'params', params, setStateValue),
    onTableMissing: () => setTriggerValue('table_missing', Date.now()),
  }
}
