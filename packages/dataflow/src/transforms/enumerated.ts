import type { ColumnType } from '../columns.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { and, atLeast, atMost, call, cast, equal, FALSE, integer, literal, tryCast, when } from '../sql/build.ts'

/** The greatest property name that JavaScript takes for an index. */
const LAST_INDEX = 2 ** 32 - 2

/**
 * What sorts values as JavaScript enumerates the properties named after them: indices first, by size, and then the others as
 * they have come. `first` is where a value came first.
 */
export const enumerated = (type: ColumnType, value: SqlExpr, first: SqlExpr): readonly SqlExpr[] => {
  const number = type === 'string' ? tryCast(value, 'double') : value
  const within = and(atLeast(number, literal(0)), atMost(number, literal(LAST_INDEX)))
  const index =
    type === 'number'
      ? and(within, equal(number, call('floor', number)))
      : type === 'string'
        ? and(call('regexp_full_match', value, literal('0|[1-9][0-9]{0,9}')), within)
        : FALSE
  return [when([[index, integer(0)]], integer(1)), when([[index, cast(number, 'bigint')]], cast(first, 'bigint'))]
}
