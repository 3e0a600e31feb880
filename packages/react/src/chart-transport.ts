import { fetchTransport } from '@magpie-vega/client-runtime/transport'
import type { Transport } from '@magpie-vega/client-runtime'
import type { MagpieChartProps } from './props.ts'

/** A transport that follows the properties: a new endpoint, header or channel serves the next request, without a new chart. */
export const chartTransport = (props: () => MagpieChartProps): Transport => ({
  send: (path, body, signal) => {
    const { transport, endpoint, headers } = props()
    const current =
      transport ??
      fetchTransport({
        ...(endpoint === undefined ? {} : { base: endpoint }),
        ...(headers === undefined ? {} : { headers }),
      })
    return current.send(path, body, signal)
  },
})
