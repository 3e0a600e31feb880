import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  atLeast,
  atMost,
  call,
  cast,
  integer,
  isNull,
  less,
  literal,
  multiply,
  NULL,
  or,
  subtract,
  when,
} from '../sql/build.ts'

/** The `p` quantile of a sorted list by the arithmetic of d3's `quantileSorted`, which is that of Vega. */
export const quantileOf = (list: SqlExpr, p: SqlExpr): SqlExpr => {
  const n = cast(call('len', list), 'double')
  const at = multiply(subtract(n, literal(1)), p)
  const below = call('floor', at)
  const item = (offset: number): SqlExpr => call('list_extract', list, add(cast(below, 'bigint'), integer(offset)))
  const value = add(item(1), multiply(subtract(item(2), item(1)), subtract(at, below)))
  return when(
    [
      [isNull(list), NULL],
      [or(less(n, literal(2)), atMost(p, literal(0))), call('list_extract', list, integer(1))],
      [atLeast(p, literal(1)), call('list_extract', list, call('len', list))],
    ],
    value,
  )
}
