// Runs in the browser: mounts a chart and keeps what it reported, for the test to read.
import { mount } from '../../src/index.ts'
import type { ChartStatus, MagpieChartProps, MountedChart, Params, Selections } from '../../src/index.ts'

export interface TestPage {
  mount(props: MagpieChartProps): void
  update(props: Partial<MagpieChartProps>): void
  finalize(): void
  readonly statuses: ChartStatus[]
  readonly selections: Selections[]
  readonly params: Params[]
  missing: number
}

declare global {
  interface Window {
    magpie: TestPage
  }
}

let chart: MountedChart | undefined
let current: MagpieChartProps | undefined

const page: TestPage = {
  statuses: [],
  selections: [],
  params: [],
  missing: 0,
  mount: (props) => {
    const element = document.querySelector('#chart')
    if (element === null) return
    current = {
      ...props,
      onStatus: (status) => page.statuses.push(status),
      onSelection: (selections) => page.selections.push(selections),
      onParams: (params) => page.params.push(params),
      onTableMissing: () => (page.missing += 1),
    }
    chart = mount(element, current)
  },
  update: (props) => {
    if (current === undefined) return
    current = { ...current, ...props }
    chart?.update(current)
  },
  finalize: () => chart?.finalize(),
}
window.magpie = page
