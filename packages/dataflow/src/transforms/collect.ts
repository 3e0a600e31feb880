import { isReason } from '../reason.ts'
import { extend } from '../sql/build.ts'
import { sortKeys, stableOrder } from './sort.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/collect/ Sorts rows; ties stay in the order in which tuples were made. */
export const collect: TransformDef = {
  type: 'collect',
  sql(definition, input, build) {
    const keys = sortKeys(definition['sort'], input, build)
    if (isReason(keys)) return keys
    if (keys.length === 0) return { relation: input }
    const order = build.fresh()
    const query = extend(input.query, [
      {
        id: order,
        expr: {
          kind: 'aggregate',
          name: 'row_number',
          args: [],
          over: { partitionBy: [], orderBy: stableOrder(keys, input) },
        },
      },
    ])
    return { relation: { ...input, query, order, ids: input.ids ?? input.order } }
  },
}
