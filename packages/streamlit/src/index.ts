import { mount, type MountedChart } from '@magpie-vega/react'
import type { FrontendRenderer } from '@streamlit/component-v2-lib'
import { scriptChannel } from './channel.ts'
import { chartProps, type Carriers, type Data, type State } from './chart-props.ts'
import { newReporter } from './reporter.ts'

interface Drawn {
  readonly chart: MountedChart
  readonly carriers: Carriers
}

const charts = new WeakMap<HTMLElement | ShadowRoot, Drawn>()

/** Streamlit calls this for each new payload or theme, with the same element for as long as the chart lives. */
const render: FrontendRenderer<State, Data> = (args) => {
  const { data, parentElement, setTriggerValue } = args
  const drawn = charts.get(parentElement)
  const carriers = drawn?.carriers ?? {
    channel: scriptChannel((request) => setTriggerValue('request', request)),
    reporter: newReporter(),
  }
  const props = chartProps(args, carriers, import.meta.url)
  carriers.channel.answer(data.answer)
  if (drawn === undefined) {
    const element = parentElement.appendChild(document.createElement('div'))
    charts.set(parentElement, { chart: mount(element, props), carriers })
  } else {
    drawn.chart.update(props)
  }
  return () => {
    charts.get(parentElement)?.chart.finalize()
    charts.delete(parentElement)
    parentElement.replaceChildren()
  }
}

export default render
