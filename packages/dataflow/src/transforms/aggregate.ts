import { isReason } from '../reason.ts'
import { groupRefs, keyRef } from './field.ts'
import { crossed, notCrossed } from './group-cross.ts'
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
    const cross = booleanParameter(definition, 'cross', build)
    if (isReason(cross)) return cross
    const fields = groupRefs(definition['groupby'], input, build)
    if (isReason(fields)) return fields
    const key = keyRef(definition, input, build)
    if (isReason(key)) return key
    const groups = groupKey(fields, input, build, key)
    if (isReason(groups)) return groups
    const list = measureList(definition, input, build)
    if (isReason(list)) return list
    const measures = list.map((measure) =>
      isRowMeasure(measure) ? compileRowMeasure(measure, input, build) : compileMeasure(measure, { input, build }),
    )
    const crosses = cross === true && fields.length > 1
    const missing = measures.find(isReason) ?? (crosses ? notCrossed(fields, list, key) : undefined)
    if (missing !== undefined) return missing
    const relation = groupRows(input, groups, measures as readonly (CompiledMeasure | RowMeasure)[], build)
    const dims = groups.outputs.map(({ column }) => column)
    return { relation: crosses ? crossed(relation, dims, list, build) : relation }
  },
}
