import { list, type JsonObject } from './json.ts'

const LAYOUT = 'lays out items of the scene'
const FILTERS = 'goes on from the query before: a range that was reversed once leaves other rows for the same query'
const RANDOM = 'is not the same from run to run'

/** Where a transform may run: on the server from rows alone, or in the browser for the reason given. */
const TRANSFORMS: Readonly<Record<string, 'server' | string>> = {
  aggregate: 'server',
  bin: 'server',
  collect: 'server',
  contour: 'server',
  countpattern: 'server',
  cross: 'server',
  density: 'server',
  dotbin: 'server',
  extent: 'server',
  filter: 'server',
  flatten: 'server',
  fold: 'server',
  formula: 'server',
  graticule: 'server',
  identifier: 'server',
  impute: 'server',
  isocontour: 'server',
  joinaggregate: 'server',
  kde: 'server',
  kde2d: 'server',
  linkpath: 'server',
  loess: 'server',
  lookup: 'server',
  pie: 'server',
  pivot: 'server',
  project: 'server',
  quantile: 'server',
  regression: 'server',
  sequence: 'server',
  stack: 'server',
  timeunit: 'server',
  voronoi: 'server',
  window: 'server',
  geojson: 'server',
  geopath: 'server',
  geopoint: 'server',
  geoshape: 'makes a function for each row',
  force: LAYOUT,
  label: LAYOUT,
  wordcloud: LAYOUT,
  heatmap: 'draws an image',
  nest: 'server',
  pack: 'server',
  partition: 'server',
  stratify: 'server',
  tree: 'server',
  treelinks: 'server',
  treemap: 'server',
  crossfilter: FILTERS,
  resolvefilter: FILTERS,
  sample: RANDOM,
  load: 'loads data by itself',
}

/** Transforms that make rows out of nothing. */
export const GENERATORS: ReadonlySet<string> = new Set(['sequence', 'graticule', 'density'])

/** Transforms that place rows on the screen: they follow the size of the view, and give no fewer rows. */
const PLACES: ReadonlySet<string> = new Set([
  'geojson',
  'geopath',
  'geopoint',
  'linkpath',
  'nest',
  'pack',
  'partition',
  'pie',
  'stratify',
  'tree',
  'treelinks',
  'treemap',
  'voronoi',
])
const SUMMARISES: ReadonlySet<string> = new Set([
  'aggregate',
  'contour',
  'countpattern',
  'density',
  'isocontour',
  'kde',
  'kde2d',
  'loess',
  'pivot',
  'quantile',
  'regression',
])

/** The step from which on the browser does as well as the server: rows are placed, and not summarised any more; -1: none. */
export const firstPlacing = (types: readonly string[]): number => {
  const last = types.findLastIndex((type) => SUMMARISES.has(type))
  return types.findIndex((type, i) => i > last && PLACES.has(type))
}

/** Operations whose results are drawn at random. */
const BOOTSTRAP: ReadonlySet<unknown> = new Set(['ci0', 'ci1'])

/**
 * Transforms that number rows as they come, compute once, as Vega's graticule does, or keep groups that are empty now: only
 * exact where nothing changes.
 */
export const rowsOnce = (type: string, definition: JsonObject): boolean =>
  type === 'identifier' ||
  type === 'graticule' ||
  (type === 'formula' && Boolean(definition.initonly)) ||
  (type === 'aggregate' && definition.drop !== undefined && definition.drop !== true)

/** Why a transform can run in the browser only, whatever its input; undefined when the server can run it. */
export const browserTransform = (type: string, definition: JsonObject): string | undefined => {
  const where = Object.hasOwn(TRANSFORMS, type) ? TRANSFORMS[type] : undefined
  if (where === undefined) return `${type || 'a transform without type'} is not a transform that the server knows`
  if (where !== 'server') return `${type} ${where}`
  if (list(definition.ops).some((op) => BOOTSTRAP.has(op))) return `a bootstrap interval ${RANDOM}`
  if (definition.projection === '') return `${type} reads a projection that is not of the top level`
  return undefined
}
