import type { DataSet } from './model.ts'

/** Transforms that write into rows, as Vega's registry has them (`modifies`). */
export const MODIFIES: ReadonlySet<string> = new Set([
  'bin',
  'dotbin',
  'force',
  'formula',
  'geopath',
  'geopoint',
  'geoshape',
  'heatmap',
  'identifier',
  'joinaggregate',
  'label',
  'linkpath',
  'lookup',
  'pack',
  'partition',
  'pie',
  'stack',
  'timeunit',
  'tree',
  'treemap',
  'voronoi',
  'window',
  'wordcloud',
])

/** Transforms that make rows (`generates`). */
export const GENERATES: ReadonlySet<string> = new Set([
  'aggregate',
  'contour',
  'countpattern',
  'cross',
  'density',
  'flatten',
  'fold',
  'graticule',
  'isocontour',
  'kde',
  'kde2d',
  'loess',
  'pivot',
  'project',
  'quantile',
  'regression',
  'sequence',
  'treelinks',
])

/** Does Vega copy the rows of a data set's source, since a transform of it would else write into them? */
export const derives = ({ steps }: DataSet): boolean => {
  const made = steps.findIndex(({ type }) => GENERATES.has(type))
  return steps.slice(0, made < 0 ? undefined : made).some(({ type }) => MODIFIES.has(type))
}
