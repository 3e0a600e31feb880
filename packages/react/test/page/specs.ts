/** Specifications and rows of the browser tests. */
export const HASH = 'cd'.repeat(32)
export const TABLE = `magpie+table://${HASH}`

export const flights = (count: number): Record<string, number | string>[] =>
  Array.from({ length: count }, (_, index) => ({
    distance: (index * 137) % 2400,
    delay: ((index * 53) % 180) - 60,
    carrier: ['AA', 'DL', 'UA', 'WN'][index % 4] ?? 'AA',
  }))

const histogram = (field: string, color?: string): Record<string, unknown> => ({
  mark: 'bar',
  encoding: {
    x: { field, bin: { maxbins: 20 } },
    y: { aggregate: 'count' },
    ...(color === undefined ? {} : { color: { value: color } }),
  },
})

/** Two linked histograms. */
export const CROSSFILTER = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  data: { url: TABLE },
  hconcat: ['distance', 'delay'].map((field) => ({
    width: 250,
    height: 150,
    layer: [
      { params: [{ name: 'brush', select: { type: 'interval', encodings: ['x'] } }], ...histogram(field, '#ccc') },
      { transform: [{ filter: { param: 'brush' } }], ...histogram(field) },
    ],
  })),
}

/** As wide as its container, with a point selection and a slider. */
export const BARS = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  width: 'container',
  height: 120,
  data: { url: TABLE },
  params: [
    { name: 'chosen', select: { type: 'point', fields: ['carrier'] } },
    { name: 'least', value: 0, bind: { input: 'range', min: 0, max: 3000, step: 100 } },
  ],
  transform: [{ filter: 'datum.distance >= least' }],
  mark: 'bar',
  encoding: {
    x: { field: 'carrier' },
    y: { aggregate: 'count' },
    opacity: { condition: { param: 'chosen', value: 1 }, value: 0.3 },
  },
}
