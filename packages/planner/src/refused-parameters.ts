import { isObject, type JsonObject } from './json.ts'

interface Parameters {
  /** Without which Vega refuses the transform. */
  readonly required?: readonly string[]
  /** Which are lists, or a signal. */
  readonly lists?: readonly string[]
  /** Which are orders of rows, and not null. */
  readonly orders?: readonly string[]
}

/** Vega's own definitions, of the transforms that the server runs. */
export const PARAMETERS: Readonly<Record<string, Parameters>> = {
  aggregate: { lists: ['groupby', 'ops', 'aggregate_params', 'fields', 'as'] },
  bin: { required: ['field', 'extent'], lists: ['divide', 'extent', 'steps', 'as'] },
  collect: { orders: ['sort'] },
  contour: { required: ['size'], lists: ['size', 'values', 'thresholds'] },
  countpattern: { required: ['field'], lists: ['as'] },
  cross: { lists: ['as'] },
  density: { lists: ['extent', 'as'] },
  dotbin: { required: ['field'], lists: ['groupby'] },
  extent: { required: ['field'] },
  filter: { required: ['expr'] },
  flatten: { required: ['fields'], lists: ['fields', 'as'] },
  fold: { required: ['fields'], lists: ['fields', 'as'] },
  formula: { required: ['expr', 'as'] },
  geojson: { lists: ['fields'] },
  geopoint: { required: ['projection', 'fields'], lists: ['fields', 'as'] },
  graticule: { lists: ['extent', 'extentMajor', 'extentMinor', 'step', 'stepMajor', 'stepMinor'] },
  identifier: { required: ['as'] },
  impute: { required: ['field', 'key'], lists: ['keyvals', 'groupby'] },
  isocontour: { lists: ['thresholds', 'translate'] },
  joinaggregate: { lists: ['groupby', 'fields', 'ops', 'as'] },
  kde2d: { required: ['size', 'x', 'y'], lists: ['size', 'groupby', 'bandwidth'] },
  kde: { required: ['field'], lists: ['groupby', 'extent', 'as'] },
  loess: { required: ['x', 'y'], lists: ['groupby', 'as'] },
  lookup: { required: ['fields'], lists: ['values', 'fields', 'as'] },
  nest: { lists: ['keys'] },
  pack: { lists: ['size', 'as'], orders: ['sort'] },
  partition: { lists: ['size', 'as'], orders: ['sort'] },
  pie: { lists: ['as'] },
  pivot: { required: ['field', 'value'], lists: ['groupby'] },
  project: { lists: ['fields', 'as'] },
  quantile: { required: ['field'], lists: ['groupby', 'probs', 'as'] },
  regression: { required: ['x', 'y'], lists: ['groupby', 'extent', 'as'] },
  sequence: { required: ['start', 'stop'] },
  stack: { lists: ['groupby', 'as'], orders: ['sort'] },
  stratify: { required: ['key', 'parentKey'] },
  timeunit: { required: ['field'], lists: ['units', 'extent', 'as'] },
  tree: { lists: ['size', 'nodeSize', 'as'], orders: ['sort'] },
  treemap: { lists: ['size', 'as'], orders: ['sort'] },
  voronoi: { required: ['x', 'y'], lists: ['size', 'extent'] },
  window: { lists: ['groupby', 'ops', 'params', 'aggregate_params', 'fields', 'as', 'frame'], orders: ['sort'] },
}

/** The name of a parameter for which Vega's parser refuses a transform: it is missing, no list, or no order. */
export const refusedParameter = (type: string, definition: JsonObject): string | undefined => {
  const {
    required = [],
    lists = [],
    orders = [],
  } = (Object.hasOwn(PARAMETERS, type) ? PARAMETERS[type] : undefined) ?? {}
  return (
    required.find((name) => definition[name] === undefined) ??
    lists.find((name) => isNoList(definition[name])) ??
    orders.find((name) => definition[name] === null)
  )
}

const isNoList = (value: unknown): boolean =>
  value !== undefined && !Array.isArray(value) && !(isObject(value) && Boolean(value.signal))
