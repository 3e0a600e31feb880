import type { Query, SqlExpr } from './ast.ts'
import { isOfTable } from './of-table.ts'

/** JSON has no text for some numbers. */
const numbers = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
    ? { number: Object.is(value, -0) ? '-0' : String(value) }
    : value

const ofTables = new WeakMap<object, string>()

/** Where a query stands there is no text, so that the text of one may stand there. */
const short = (key: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !isOfTable(value)) return numbers(key, value)
  const text = ofTables.get(value) ?? JSON.stringify(value, numbers)
  ofTables.set(value, text)
  return text
}

/** A text that only expressions that are the same have in common. */
export const textOf = (expr: SqlExpr): string => JSON.stringify(expr, numbers)

/** A text that only queries that are the same have in common. */
export const queryText = (query: Query): string => JSON.stringify(query, short)
