import type { Code, Column, Stored } from '../../src/columns.ts'
import type { Scalar } from '../../src/scalar.ts'
import type { Projection, SqlExpr } from '../../src/sql/ast.ts'
import { add, call, cast, column as columnExpr, integer, literal, NULL, when, equal } from '../../src/sql/build.ts'
import { integerType } from '../../src/stored-table.ts'

/** How a column lies in a table: integers or numbers of a dictionary beside its values, and bounds. */
export interface Laid {
  readonly projections: readonly Projection[]
  readonly stored: Readonly<Record<string, Stored>>
  readonly codes: readonly Code[]
}

const NOTHING: Laid = { projections: [], stored: {}, codes: [] }

const timeOf = (value: Scalar): Scalar => (value instanceof Date ? value.getTime() : value)

/** What a table that is loaded knows of a column with these values; `id` is that of its values. */
export const laidOut = ({ id, type }: Column, values: readonly Scalar[]): Laid => {
  if (type === 'string') return laidTexts(id, values)
  if (type !== 'number' && type !== 'date') return NOTHING
  const finite = values.map(timeOf).filter((value): value is number => Number.isFinite(value))
  if (finite.length === 0) return NOTHING
  const [least, most] = [Math.min(...finite), Math.max(...finite)]
  const whole = finite.every((value) => Number.isInteger(value))
  const physical = whole ? integerType(least, most) : undefined
  const infinities = values.some((value) => value === Infinity || value === -Infinity)
  const negativeZeros = finite.some((value) => Object.is(value, -0))
  const bounds = { least, most, reached: true, infinities, ...(negativeZeros ? { negativeZeros } : {}) }
  if (physical === undefined) return { ...NOTHING, stored: { [id]: bounds } }
  const value = columnExpr(id)
  const held = cast(when([[call('isfinite', value), value]], NULL), physical)
  return {
    projections: [{ id: `i_${id}`, expr: held }],
    stored: { [id]: { ...bounds, integer: { id: `i_${id}`, type: physical } } },
    codes: [],
  }
}

const laidTexts = (id: string, values: readonly Scalar[]): Laid => {
  const texts = [...new Set(values.filter((value) => typeof value === 'string'))]
  if (texts.length === 0) return NOTHING
  const number = when(
    texts.map((text, index) => [equal(columnExpr(id), literal(text)), integer(index)] as const),
    NULL,
  )
  const text = (code: SqlExpr): SqlExpr =>
    call('list_extract', call('list_value', ...texts.map((one) => literal(one))), add(cast(code, 'bigint'), integer(1)))
  return {
    projections: [{ id: `k_${id}`, expr: cast(number, 'utinyint') }],
    stored: {},
    codes: [{ id: `k_${id}`, columns: [id], telling: 1, values: [text] }],
  }
}

/** The layouts of several columns. */
export const allLaidOut = (laid: readonly Laid[]): Laid => ({
  projections: laid.flatMap(({ projections }) => projections),
  stored: Object.assign({}, ...laid.map(({ stored }) => stored)) as Laid['stored'],
  codes: laid.flatMap(({ codes }) => codes),
})
