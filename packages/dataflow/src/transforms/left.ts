const TREE = 'Vega keeps the tree beside the rows, for the transforms that lay it out'
const LAYOUT = 'it lays out the tree that Vega keeps beside the rows'
const PROJECTION = 'projections go by the sines and cosines of JavaScript, which differ in the last bits'
const GRID = 'it makes grids of numbers, which no column of an engine holds'
const KERNEL = 'it adds up exponentials of JavaScript, which differ in the last bits'
const FIT = 'Vega fits by running means of rows in an order of its own'

/** Why Vega itself does the transforms that have no SQL at all, by their type. */
export const LEFT: ReadonlyMap<string, string> = new Map([
  ['contour', GRID],
  ['dotbin', 'a bin starts where the one before it ends, which is found dot by dot'],
  ['geojson', 'it makes one object of all shapes'],
  ['geopath', PROJECTION],
  ['geopoint', PROJECTION],
  ['graticule', 'it makes the lines of a map, out of no rows'],
  ['isocontour', GRID],
  ['kde', KERNEL],
  ['kde2d', GRID],
  ['linkpath', 'a path is a text for drawing, made of sines and cosines of JavaScript'],
  ['loess', FIT],
  ['nest', `${TREE}; where nobody reads the tree the rows stay as they are, and it is left out`],
  ['pack', LAYOUT],
  ['partition', LAYOUT],
  ['pie', 'angles are running sums, which Vega adds one by one'],
  ['regression', FIT],
  ['stratify', TREE],
  ['tree', LAYOUT],
  ['treelinks', LAYOUT],
  ['treemap', LAYOUT],
  ['voronoi', 'cells are found by the geometry of points'],
])
