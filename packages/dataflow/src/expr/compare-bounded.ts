import type { SqlExpr } from '../sql/ast.ts'
import { binary, coalesce, column, equal, FALSE, integer, isNotNull, isNull, literal, TRUE } from '../sql/build.ts'
import { holds, type Relational } from './order.ts'
import type { TypedSql } from './typed.ts'

/** Where the value is held such that it is NULL exactly where the value is: an integer column is the faster to look at. */
export const held = ({ sql, stored, nans }: TypedSql): SqlExpr =>
  stored?.integer === undefined || stored.infinities || nans ? sql : column(stored.integer.id)

/** Is the value finite? For a number of which that can be said without looking at it. */
export const finite = ({ stored, nulls, nans }: TypedSql): SqlExpr | undefined => {
  if (stored?.integer !== undefined && (nulls || nans || stored.infinities)) return isNotNull(column(stored.integer.id))
  return stored?.infinities === false && !nulls && !nans ? TRUE : undefined
}

/** Is every value null or within the bounds? */
const isBounded = ({ type, stored, nans }: TypedSql): boolean =>
  stored?.infinities === false && !nans && (type === 'number' || type === 'date')

/**
 * The comparison of a column with a number that is the same for all rows; undefined where the bounds of the column are not known.
 * The number is moved to the next integer that compares alike, so that an integer column is compared as it lies there.
 */
export const comparedWith = (value: TypedSql, op: Relational, limit: number): SqlExpr | undefined => {
  const { stored, nulls } = value
  if (stored === undefined || !isBounded(value)) return undefined
  const [first, last] = [holds(stored.least, op, limit), holds(stored.most, op, limit)]
  const ofNull = value.undefinedNull !== true && holds(0, op, limit)
  if (first && last) return nulls && !ofNull ? isNotNull(held(value)) : TRUE
  if (!first && !last) return nulls && ofNull ? isNull(held(value)) : FALSE
  const test = compared(value, op, limit)
  return nulls ? coalesce(test, literal(ofNull)) : test
}

const compared = ({ sql, stored }: TypedSql, op: Relational, limit: number): SqlExpr => {
  const whole = op === '<' || op === '>=' ? Math.ceil(limit) : Math.floor(limit)
  return stored?.integer === undefined || !Number.isSafeInteger(whole)
    ? binary(op, sql, literal(limit))
    : binary(op, column(stored.integer.id), integer(whole))
}

/** The same for equality, false for null; undefined where the column is no column of integers. */
export const equalTo = (value: TypedSql, other: number): SqlExpr | undefined => {
  const { stored, nulls } = value
  if (stored?.integer === undefined || !isBounded(value)) return undefined
  if (!Number.isSafeInteger(other) || other < stored.least || other > stored.most) return FALSE
  const test = equal(column(stored.integer.id), integer(other))
  return nulls ? coalesce(test, FALSE) : test
}
