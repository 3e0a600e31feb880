import { isPlainText, type Column } from '../columns.ts'
import { compileExpression, type TypedSql } from '../expr/compile.ts'
import { isReason, reason } from '../reason.ts'
import { cast, NULL } from '../sql/build.ts'
import { choices, withChoice } from './choice-code.ts'
import { stringParameter } from './parameter.ts'
import { withColumns } from './put-column.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/formula/ Writes the value of the expression to every row. */
export const formula: TransformDef = {
  type: 'formula',
  sql(definition, input, build) {
    const { expr } = definition
    if (typeof expr !== 'string') return reason('the expression is not a string', 'expr')
    const as = stringParameter(definition, 'as', build)
    if (isReason(as)) return as
    if (as === undefined) return reason('the output name is missing', 'as')
    const { columns, members, stored } = input
    const value = compileExpression(expr, { ...build, columns, members, stored })
    if (isReason(value)) return value
    const column = columnOf(value, as, build.fresh(), input.columns)
    const sql = value.type === 'null' || value.type === 'undefined' ? cast(NULL, 'double') : value.sql
    return { relation: withColumns(withChoice(input, column, sql, build), [{ column, sql }]) }
  },
}

const columnOf = (value: TypedSql, name: string, id: string, columns: readonly Column[]): Column => {
  const { sql, type, nulls, nans } = value
  if (type === 'null') return { name, id, type: 'number', nulls: true, nans: false }
  if (type === 'undefined') return { name, id, type: 'number', nulls: true, absent: true, nans: false }
  const absent = nulls && value.undefinedNull === true
  const source = sql.kind === 'column' ? columns.find((column) => column.id === sql.id) : undefined
  const plain =
    source?.plain ??
    (sql.kind === 'literal' ? [sql.value] : choices(sql))?.every(
      (one) => typeof one === 'string' && isPlainText(one),
    ) ??
    false
  const whole = source?.type === type ? source.whole : sql.kind === 'literal' ? wholeNumber(sql.value) : undefined
  return {
    name,
    id,
    type,
    nulls,
    ...(absent ? { absent } : {}),
    nans,
    plain,
    ...(type === 'string' && value.alphabet !== undefined ? { alphabet: value.alphabet } : {}),
    ...(whole === undefined ? {} : { whole }),
  }
}

const wholeNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) ? Math.abs(value) : undefined
