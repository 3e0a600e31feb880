import type { VegaSpec } from '@magpie-vega/planner'
import { compile } from 'vega-lite'
import type { TopLevelSpec } from 'vega-lite'
import { TABLE } from './flights.ts'

/** Compiled Vega-Lite. */
export const lite = (spec: unknown): VegaSpec => compile(spec as TopLevelSpec).spec as unknown as VegaSpec

/** Three linked histograms. */
export const crossfilter = lite({
  data: { url: TABLE },
  repeat: { column: ['distance', 'delay', 'hour'] },
  spec: {
    layer: [
      {
        params: [{ name: 'brush', select: { type: 'interval', encodings: ['x'] } }],
        mark: 'bar',
        encoding: {
          x: { field: { repeat: 'column' }, bin: { maxbins: 20 } },
          y: { aggregate: 'count' },
          color: { value: '#ddd' },
        },
      },
      {
        transform: [{ filter: { param: 'brush' } }],
        mark: 'bar',
        encoding: { x: { field: { repeat: 'column' }, bin: { maxbins: 20 } }, y: { aggregate: 'count' } },
      },
    ],
  },
})

/** Native signals, one computed from the other, before and after an aggregate. */
export const slider: VegaSpec = {
  width: 200,
  height: 100,
  signals: [
    { name: 'least', value: 500, bind: { input: 'range', min: 0, max: 2400 } },
    { name: 'step', update: 'least > 1000 ? 5 : 10' },
  ],
  data: [
    {
      name: 'bars',
      url: TABLE,
      transform: [
        { type: 'filter', expr: 'datum.distance >= least' },
        { type: 'aggregate', groupby: ['carrier'], ops: ['count', 'mean'], fields: [null, 'delay'], as: ['n', 'mean'] },
        { type: 'formula', as: 'scaled', expr: 'datum.n / step' },
        { type: 'collect', sort: { field: 'carrier' } },
      ],
    },
  ],
  scales: [
    { name: 'x', type: 'band', domain: { data: 'bars', field: 'carrier' }, range: 'width' },
    { name: 'y', domain: { data: 'bars', field: 'scaled' }, range: 'height', zero: true },
  ],
  axes: [
    { orient: 'bottom', scale: 'x' },
    { orient: 'left', scale: 'y' },
  ],
  marks: [
    {
      type: 'rect',
      from: { data: 'bars' },
      encode: {
        update: {
          x: { scale: 'x', field: 'carrier' },
          width: { scale: 'x', band: 1 },
          y: { scale: 'y', field: 'scaled' },
          y2: { scale: 'y', value: 0 },
          tooltip: { signal: "format(datum.mean, '.3f')" },
        },
      },
    },
  ],
}
