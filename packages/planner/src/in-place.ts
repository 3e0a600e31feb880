/** Transforms that write into the rows that they are given, or leave them as they are: no row is made, and none made another. */
export const IN_PLACE: ReadonlySet<string> = new Set([
  'bin',
  'collect',
  'extent',
  'filter',
  'formula',
  'geojson',
  'geopath',
  'geopoint',
  'joinaggregate',
  'lookup',
  'stack',
  'timeunit',
  'voronoi',
  'window',
])
