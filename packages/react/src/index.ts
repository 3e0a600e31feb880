export { MagpieChart } from './magpie-chart.tsx'
export { mount } from './mount.ts'
export type {
  ChartPhase,
  ChartStatus,
  HostError,
  IndexSelection,
  IntervalSelection,
  Json,
  MagpieChartProps,
  MountedChart,
  Params,
  PointSelection,
  Selection,
  Selections,
} from './props.ts'
export type { Transport } from '@magpie-vega/client-runtime'
export { channelTransport, fetchTransport } from '@magpie-vega/client-runtime/transport'
