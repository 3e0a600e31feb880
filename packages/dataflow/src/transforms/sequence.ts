import type { Column } from '../columns.ts'
import { rangeCount } from '../expr/number-range.ts'
import { isReason, reason } from '../reason.ts'
import { add, call, cast, column as columnExpr, integer, literal, multiply, select } from '../sql/build.ts'
import { numberParameter, stringParameter } from './parameter.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/sequence/ Rows of numbers, out of nothing. */
export const sequence: TransformDef = {
  type: 'sequence',
  sql(definition, input, build) {
    if (input.rows !== 0 || input.columns.length > 0)
      return reason('rows are added to those that there are', 'sequence')
    const start = numberParameter(definition, 'start', build)
    const stop = numberParameter(definition, 'stop', build)
    const step = numberParameter(definition, 'step', build)
    const as = stringParameter(definition, 'as', build)
    for (const value of [start, stop, step, as]) if (isReason(value)) return value
    if (typeof start !== 'number' || typeof stop !== 'number') return reason('the sequence has no ends')
    const by = typeof step === 'number' && step !== 0 && !Number.isNaN(step) ? step : 1
    const count = rangeCount(start, stop, by)
    const most = Math.max(Math.abs(start), Math.abs(start + count * by))
    const whole = Number.isInteger(start) && Number.isInteger(by) && Number.isSafeInteger(most)
    const order = build.fresh()
    const column: Column = {
      name: typeof as === 'string' && as !== '' ? as : 'data',
      id: build.fresh(),
      type: 'number',
      nulls: false,
      nans: !Number.isFinite(most) || !Number.isFinite(by),
      ...(whole ? { whole: most } : {}),
    }
    const places = select({ columns: [{ id: order, expr: call('unnest', call('range', integer(count))) }] })
    const value = add(literal(start), multiply(cast(columnExpr(order), 'double'), literal(by)))
    const query = select({ from: places, star: true, columns: [{ id: column.id, expr: value }] })
    return { relation: { columns: [column], order, rows: count, query } }
  },
}
