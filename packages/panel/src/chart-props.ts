import type { MagpieChartProps, Transport } from '@magpie-vega/react'
import type { Model } from './model.ts'
import { panelTheme } from './theme.ts'

/** The app's relay answers beside every page of the app, so the page's own address leads to it under any prefix. */
const relayEndpoint = (page: Document): string => new URL('_magpie', page.baseURI).pathname

/** Panel's model as the chart's properties. */
export const chartProps = (model: Model, element: Element, channel: Transport): MagpieChartProps => {
  const { props, via, panelTheme: followsPage } = model.page
  return {
    ...props,
    ...(followsPage ? { theme: panelTheme(element) } : {}),
    ...(via === 'relay' ? { endpoint: relayEndpoint(element.ownerDocument) } : {}),
    ...(via === 'channel' ? { transport: channel } : {}),
    onSelection: (selections) => void (model.reported_selection = selections),
    onParams: (params) => void (model.reported_params = params),
    onTableMissing: () => model.send_msg({ type: 'table-missing' }),
  }
}
