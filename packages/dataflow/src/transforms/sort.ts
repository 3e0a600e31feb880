import type { Column, Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { OrderBy, SqlExpr } from '../sql/ast.ts'
import { add, ascending, call, column as columnExpr, equal, isNan, literal, when } from '../sql/build.ts'
import { fieldRef } from './field.ts'
import { parameter } from './parameter.ts'
import type { Build } from './transform.ts'

/** A field of a comparator. */
export interface SortKey {
  readonly column: Column
  readonly direction: 'asc' | 'desc'
}

type Compare = Readonly<Record<string, unknown>>

const list = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]

/** Reads a `sort` parameter, `{field, order}`. No keys: Vega sorts by nothing. */
export const sortKeys = (value: unknown, input: Relation, build: Build): readonly SortKey[] | Reason => {
  if (value === undefined || value === null) return []
  if (typeof value !== 'object' || 'signal' in value) return reason('the sort is not an object with fields', 'sort')
  const { field, order } = value as Compare
  const orders = list(order).map((item) => parameter(item, build))
  const keys = list(field).flatMap((item, index): readonly (SortKey | Reason)[] => {
    if (item === null || item === undefined) return []
    const ref = fieldRef(item, input, build)
    if (isReason(ref)) return [ref]
    if (ref.column.type === 'json') return [reason('objects have no order in SQL', ref.name)]
    return [{ column: ref.column, direction: orders[index] === 'descending' ? 'desc' : 'asc' }]
  })
  return orders.find(isReason) ?? keys.find(isReason) ?? (keys as SortKey[])
}

/** What a column is ordered by where it is not itself. */
const ORDERED: Readonly<Partial<Record<Column['type'], (value: SqlExpr) => SqlExpr>>> = {
  string: (value) => textOrder(value),
  // DuckDB takes the values of a column that it sorts by from the sorted keys, in which -0 is 0
  number: (value) => add(value, literal(0)),
}

/** The order of Vega's comparator: null, then NaN, then values; the other way round when descending. Ties remain. */
export const orderTerms = (keys: readonly SortKey[]): readonly OrderBy[] =>
  keys.flatMap(({ column, direction }): readonly OrderBy[] => {
    const value = columnExpr(column.id)
    const nulls = direction === 'asc' ? 'first' : 'last'
    const numeric = column.type === 'number' || column.type === 'date'
    // DuckDB has NaN as the greatest number, Vega as the least.
    const nan: readonly OrderBy[] =
      numeric && column.nans !== false
        ? [{ expr: isNan(value), direction: direction === 'asc' ? 'desc' : 'asc', nulls }]
        : []
    return [...nan, { expr: ORDERED[column.type]?.(value) ?? value, direction, nulls }]
  })

/** The order of Vega's stable sort: its comparator, then the order in which the tuples were made. */
export const stableOrder = (keys: readonly SortKey[], input: Relation): readonly OrderBy[] => [
  ...orderTerms(keys),
  ascending(columnExpr(keys.length === 0 ? input.order : (input.ids ?? input.order))),
]

/**
 * A text whose UTF-8 order is the UTF-16 order of `value`: characters from U+E000 to U+FFFF come after the astral ones
 * there, so they get the greatest code point, which is no character, as a prefix.
 */
export const textOrder = (value: SqlExpr): SqlExpr =>
  when(
    [[equal(call('strlen', value), call('length', value)), value]],
    call('regexp_replace', value, literal('([\\x{E000}-\\x{FFFF}])'), literal('\u{10FFFF}\\1'), literal('g')),
  )
