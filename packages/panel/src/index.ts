import { mount } from '@magpie-vega/react'
import { chartProps } from './chart-props.ts'
import { modelChannel } from './channel.ts'
import type { Model } from './model.ts'

interface Context {
  readonly model: Model
  readonly el: HTMLElement
}

/** Panel calls this for each view of the pane. What it adds to `el` stays until the view is removed. */
const render = ({ model, el }: Context): void => {
  const channel = modelChannel(model)
  const element = el.appendChild(document.createElement('div'))
  const props = () => chartProps(model, element, channel.transport)
  element.style.width = '100%'
  const chart = mount(element, props())
  const update = (): void => chart.update(props())
  model.on('page', update)
  model.on('msg:custom', channel.receive)
  model.on('remove', () => {
    model.off('page', update)
    chart.finalize()
  })
}

export default { MagpieChart: { render } }
