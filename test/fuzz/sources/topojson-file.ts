import type { Json } from '../../exact/json.ts'
import { only } from '../charts/columns.ts'
import type { Dice } from '../charts/dice.ts'
import type { DataFile } from './file.ts'

const ARCS = [
  [
    [0, 0],
    [10, 0],
    [10, 10],
  ],
  [
    [10, 10],
    [0, 10],
    [0, 0],
  ],
  [
    [10, 0],
    [20, 0],
    [20, 10],
    [10, 10],
  ],
]

const SHAPES: readonly Json[] = [
  { type: 'Polygon', arcs: [[0, 1]] },
  { type: 'Polygon', arcs: [[2, -1]] },
  { type: 'LineString', arcs: [0, 2] },
  { type: 'MultiPolygon', arcs: [[[0, 1]], [[2, -1]]] },
  { type: 'MultiLineString', arcs: [[0], [-2]] },
  { type: 'Point', coordinates: [3, 4] },
  {
    type: 'MultiPoint',
    coordinates: [
      [1, 2],
      [3, 4],
    ],
  },
  { type: null },
]

/** A small topology, read as features or as a mesh. */
export function topojsonFile(dice: Dice): DataFile {
  const shape = (): Json => ({
    ...dice.of(SHAPES),
    ...dice.maybe(2, () => ({ id: dice.of<unknown>([1, 2, 'x', '', 0, null]) })),
    ...dice.maybe(2, () => ({ properties: { name: dice.of(['a', 'b', null]), n: dice.of([1, 2.5, null]) } })),
    ...dice.maybe(6, () => ({ bbox: [0, 0, 1, 1] })),
  })
  const few = Array.from({ length: dice.of([0, 1, 2, 5]) }, shape)
  const topology = {
    type: 'Topology',
    ...dice.maybe(3, () => ({ transform: { scale: [0.5, 0.25], translate: [-10, 5] } })),
    objects: { places: { type: 'GeometryCollection', geometries: few }, one: shape() },
    arcs: ARCS,
  }
  const object = dice.once(25) ? 'nowhere' : dice.of(['places', 'places', 'one'])
  const filter = dice.maybe(2, () => ({ filter: dice.of(['interior', 'exterior', 'other']) }))
  const how = dice.of<Json>([{ feature: object }, { feature: object }, { mesh: object, ...filter }, {}])
  const held = dice.once(6)
  return {
    content: { kind: 'json', value: held ? { in: topology } : topology },
    format: { type: 'topojson', ...how, ...(held ? { property: 'in' } : {}) },
    columns: only({ texts: ['id', 'type'], numbers: ['id'] }),
  }
}
