import type { Column, Relation } from '../columns.ts'
import { stringToNumber } from '../expr/number-text.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { cast, column as columnExpr, equal, extend, isNull, literal, NULL, or, when } from '../sql/build.ts'
import type { Build } from './transform.ts'

/** A column of numbers, and the relation that has it, for the query alone if need be. */
export interface Numbered {
  readonly input: Relation
  readonly column: Column
}

/**
 * The numbers that JavaScript makes of the texts of a column, NaN of what is none. The empty text is what `empty` says: null to
 * Vega's `toNumber`, 0 to an operator. A column of another type stays as it is.
 */
export const numbered = (input: Relation, column: Column, empty: null | 0, build: Build): Numbered => {
  if (column.type !== 'string') return { input, column }
  const id = build.fresh()
  const { alphabet: _alphabet, plain: _plain, ...facts } = column
  const value = columnExpr(column.id)
  const sql = when([[none(value, empty), cast(NULL, 'double')]], stringToNumber(value))
  return {
    input: { ...input, query: extend(input.query, [{ id, expr: sql }]) },
    column: { ...facts, id, type: 'number', nulls: column.nulls || empty === null, nans: true },
  }
}

const none = (value: SqlExpr, empty: null | 0): SqlExpr =>
  empty === null ? or(isNull(value), equal(value, literal(''))) : isNull(value)
