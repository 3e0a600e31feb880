import { isReason, reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  and,
  call,
  column as columnExpr,
  divide,
  equal,
  FALSE,
  greater,
  integer,
  isNull,
  lambda,
  less,
  literal,
  NAN,
  not,
  NULL,
  or,
  subtract,
  TRUE,
  when,
} from '../sql/build.ts'
import { count, infinite, infiniteCount, isFinite, numeric, toDouble, type Operation } from './measure-input.ts'
import { addsInAnyOrder, magnitude } from './row-order.ts'

/** What depends on the order of the rows while these are few, and has no frame in which that is kept. */
const addsUp = (operation: Operation): Operation =>
  numeric((input) =>
    input.ordered && input.scope.over !== undefined
      ? reason('rows are few, and Vega adds them one by one', input.column.name)
      : operation(input),
  )

/** `total += value`. */
export const sum: Operation = numeric((input) => {
  const { column, number, scope } = input
  const whole = addsInAnyOrder(column, scope.input)
    ? { whole: magnitude(column) * (scope.input.rows ?? Infinity) }
    : undefined
  const facts = { absent: true, nans: true, ...whole }
  if (whole !== undefined || !input.ordered) return { ...facts, sql: input.valid('sum', [number]) }
  return addsUp(() => ({ ...facts, sql: input.inOrder('sum') }))(input)
})

export const product = addsUp((input) => ({
  sql: input.ordered ? input.inOrder('product') : input.valid('product', [input.number]),
  absent: true,
  nans: true,
}))

/** Vega's running mean: `mean += (value - mean) / n`. It is NaN once a value follows an infinite one. */
export const mean = addsUp((input) => {
  const facts = { absent: true, nans: input.infinities || input.strays }
  if (input.ordered) {
    const [last, value, n] = ['mean0', 'value0', 'n0'].map(columnExpr) as [SqlExpr, SqlExpr, SqlExpr]
    const step = lambda(['mean0', 'value0', 'n0'], add(last, divide(subtract(value, last), n)))
    return { ...facts, sql: call('list_reduce', input.inOrder('list'), step, literal(0)) }
  }
  const average = input.valid('avg', [input.number])
  const last = input.valid('max', [input.order])
  const lastInfinite = input.valid('max', [input.order], infinite(input))
  const sql = input.infinities
    ? when(
        [
          [or(isNull(average), isFinite(average)), average],
          [and(equal(infiniteCount(input), integer(1)), equal(last, lastInfinite)), average],
        ],
        NAN,
      )
    : average
  return { ...facts, sql }
})

/** A spread around the mean, by the recurrence of Vega; NaN where a value is infinite, for which the engine would fail. */
export const spread = (minimum: number, name: string): Operation =>
  addsUp((input) => {
    const of = (finite: SqlExpr): SqlExpr =>
      input.ordered ? input.inOrder(name, finite) : input.valid(name, [input.number], finite)
    const open = input.strays || input.infinities
    const broken = greater(input.valid('count', [], not(isFinite(input.number))), integer(0))
    return {
      sql: when(
        [
          [less(count(input), integer(minimum)), NULL],
          [open ? broken : FALSE, NAN],
        ],
        of(open ? isFinite(input.number) : TRUE),
      ),
      absent: true,
      nans: input.column.type !== 'boolean',
    }
  })

export const standardError: Operation = (input) => {
  if (input.ordered) return reason('rows are few, and Vega adds them one by one', input.column.name)
  const deviation = spread(2, 'stddev_samp')(input)
  return isReason(deviation)
    ? deviation
    : { ...deviation, sql: divide(deviation.sql, call('sqrt', toDouble(count(input)))) }
}
