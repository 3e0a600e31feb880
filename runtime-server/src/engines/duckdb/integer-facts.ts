import {
  type Column,
  integerType,
  type IntegerType,
  type Query,
  type Relation,
  type SqlExpr,
} from '@magpie-vega/dataflow'
import { rowsFromTable } from '../../arrow/table-to-rows.ts'
import type { ReadQuery } from './read-query.ts'

/** A column of doubles whose every value but null is an integer that takes less room. */
export interface IntegerFacts {
  readonly type: IntegerType
  readonly least: number
  readonly most: number
  readonly nulls: boolean
}

/** Larger integers take as much room as doubles. */
const MOST = 2 ** 31

const column = (id: string): SqlExpr => ({ kind: 'column', id })
const call = (name: string, ...args: readonly SqlExpr[]): SqlExpr => ({ kind: 'call', name, args })
const aggregate = (name: string, arg: SqlExpr, filter?: SqlExpr): SqlExpr => ({
  kind: 'aggregate',
  name,
  args: [arg],
  ...(filter && { filter }),
})
const not = (operand: SqlExpr): SqlExpr => ({ kind: 'unary', op: 'not', operand })
const binary = (op: '=' | '/' | '<' | 'and', left: SqlExpr, right: SqlExpr): SqlExpr => ({
  kind: 'binary',
  op,
  left,
  right,
})
const number = (value: number): SqlExpr => ({ kind: 'literal', value })

/** Neither broken, nor infinite, nor -0: `1 / -0` is below 0. */
const isPlainInteger = (id: string): SqlExpr => {
  const value = column(id)
  const whole = binary('and', call('isfinite', value), binary('=', value, call('floor', value)))
  const negativeZero = binary(
    'and',
    binary('=', value, number(0)),
    binary('<', binary('/', number(1), value), number(0)),
  )
  return binary('and', whole, not(negativeZero))
}

/** Which columns of numbers hold integers only, by identifier; looks at all rows, once. */
export const integerFacts = async (
  relation: Relation,
  columns: readonly Column[],
  read: ReadQuery,
): Promise<ReadonlyMap<string, IntegerFacts>> => {
  const numbers = columns.filter(({ type }) => type === 'number')
  if (numbers.length === 0) return new Map()
  const asked = numbers.flatMap(({ id }, index) => [
    { id: `least${index}`, expr: aggregate('min', column(id)) },
    { id: `most${index}`, expr: aggregate('max', column(id)) },
    { id: `other${index}`, expr: aggregate('count', column(id), not(isPlainInteger(id))) },
    { id: `null${index}`, expr: aggregate('count_if', { kind: 'unary', op: 'is null', operand: column(id) }) },
  ])
  const doubles = asked.map(({ id, expr }) => ({ id, expr: { kind: 'cast', operand: expr, type: 'double' } as const }))
  const query: Query = { kind: 'select', from: relation.query, columns: doubles }
  const table = await read(
    query,
    asked.map(({ id: name }) => ({ name, type: 'number' })),
  )
  const [row = {}] = rowsFromTable(table)
  return new Map(
    numbers.flatMap(({ id }, index): readonly [string, IntegerFacts][] => {
      const [least, most] = [row[`least${index}`], row[`most${index}`]]
      if (typeof least !== 'number' || typeof most !== 'number' || row[`other${index}`] !== 0) return []
      const type = Math.max(-least, most) < MOST ? integerType(least, most) : undefined
      return type === undefined ? [] : [[id, { type, least, most, nulls: Number(row[`null${index}`]) > 0 }]]
    }),
  )
}
