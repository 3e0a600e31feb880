import { isReason, reason } from '../reason.ts'
import { groupRefs } from './field.ts'
import { groupKey } from './group-key.ts'
import { groupRows } from './group-rows.ts'
import { compileMeasure, type CompiledMeasure } from './measures.ts'
import { measureList } from './measure-list.ts'
import { compileRowMeasure, isRowMeasure, type RowMeasure } from './measure-row.ts'
import { booleanParameter } from './parameter.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/aggregate/ One row per group, in the order in which groups appear. */
export const aggregate: TransformDef = {
  type: 'aggregate',
  sql(definition, input, build) {
    if (definition['key']) return reason('groups by a key of its own are not made in SQL', 'key')
    const cross = booleanParameter(definition, 'cross', build)
    if (isReason(cross)) return cross
    const fields = groupRefs(definition['groupby'], input, build)
    if (isReason(fields)) return fields
    if (cross === true && fields.length > 1) return reason('the cross product of groups is not made in SQL', 'cross')
    const groups = groupKey(fields, input, build)
    if (isReason(groups)) return groups
    const list = measureList(definition, input, build)
    if (isReason(list)) return list
    const measures = list.map((measure) =>
      isRowMeasure(measure) ? compileRowMeasure(measure, input, build) : compileMeasure(measure, { input, build }),
    )
    const missing = measures.find(isReason)
    return (
      missing ?? { relation: groupRows(input, groups, measures as readonly (CompiledMeasure | RowMeasure)[], build) }
    )
  },
}
