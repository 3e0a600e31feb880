import type { MagpieChartProps, Params, Selections, Transport } from '@magpie-vega/react'
import type { FrontendRendererArgs, FrontendState } from '@streamlit/component-v2-lib'
import type { Answer, Request } from './channel.ts'
import { streamlitTheme } from './theme.ts'

/** What `magpie_chart` sends to the page. */
export interface Data {
  /** The chart and its options, by the names of the chart's own properties. */
  readonly props: MagpieChartProps
  /** Take colours and fonts from the app? Otherwise `props.theme` decides. */
  readonly streamlitTheme: boolean
  /** Names of the selections and parameters that run the script when they change. */
  readonly report: readonly string[] | 'all' | 'none'
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

type Args = Pick<FrontendRendererArgs<State, Data>, 'data' | 'parentElement' | 'setStateValue' | 'setTriggerValue'>

/** The app's base URL: a component's files lie at `<base>/_stcore/…`. */
export const appBase = (moduleUrl: string): string => moduleUrl.split('/_stcore/')[0] ?? ''

const wanted = <T extends object>(values: T, report: Data['report']): T =>
  report === 'all'
    ? values
    : (Object.fromEntries(Object.entries(values).filter(([name]) => report.includes(name))) as T)

/** Streamlit's arguments as the chart's properties. */
export const chartProps = (
  { data, parentElement, setStateValue, setTriggerValue }: Args,
  channel: Transport,
  moduleUrl: string,
): MagpieChartProps => {
  const host = parentElement instanceof ShadowRoot ? parentElement.host : parentElement
  const last = { selection: '{}', params: '{}' }
  const reporter = (name: 'selection' | 'params') => (values: Selections | Params) => {
    const chosen = wanted(values, data.report)
    const text = JSON.stringify(chosen)
    if (text === last[name]) return
    last[name] = text
    setStateValue(name, chosen)
  }
  return {
    ...data.props,
    ...(data.streamlitTheme ? { theme: streamlitTheme(host) } : {}),
    ...(data.via === 'relay' ? { endpoint: `${appBase(moduleUrl)}/_magpie` } : {}),
    ...(data.via === 'channel' ? { transport: channel } : {}),
    ...(data.report === 'none' ? {} : { onSelection: reporter('selection'), onParams: reporter('params') }),
    onTableMissing: () => setTriggerValue('table_missing', Date.now()),
  }
}
