import { compilePredicate } from '../expr/compile.ts'
import { isReason, reason } from '../reason.ts'
import { where } from '../sql/build.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/filter/ Keeps the rows for which the expression is truthy. */
export const filter: TransformDef = {
  type: 'filter',
  sql({ expr }, input, build) {
    if (typeof expr !== 'string') return reason('the expression is not a string', 'expr')
    const test = compilePredicate(expr, { ...build, columns: input.columns, members: input.members })
    return isReason(test) ? test : { relation: { ...input, query: where(input.query, test) } }
  },
}
