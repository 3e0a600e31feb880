import type { Column, Query, Relation, SqlExpr } from '@magpie-vega/dataflow'
import type { Form } from './read-result.ts'

type SqlType = Extract<SqlExpr, { kind: 'cast' }>['type']

/** What values of each type are read as. */
export const SQL_CAST: Readonly<Record<Column['type'], 'double' | 'varchar' | 'boolean'>> = {
  number: 'double',
  date: 'double',
  boolean: 'boolean',
  string: 'varchar',
  json: 'varchar',
}

/** The rows of a relation in its order, and how each of its columns is read. */
export interface RowsQuery {
  readonly query: Query
  readonly columns: readonly Column[]
  readonly forms: readonly Form[]
}

interface Output {
  readonly id: string
  readonly type: SqlType
  readonly form: Form
}

/** Integers in place of a column of numbers: where there are only finite values, none of them -0. */
const integersOf = ({ id, type, nans }: Column, { stored }: Relation): Output | undefined => {
  const known = stored?.[id]
  if (type !== 'number' || nans !== false || known?.integer === undefined) return undefined
  const { integer, infinities, negativeZeros } = known
  if (infinities || negativeZeros === true || integer.type === 'bigint') return undefined
  return { id: integer.id, type: integer.type, form: { integer: integer.type } }
}

/** Places in a dictionary in place of a column of texts. */
const placesOf = ({ id, type }: Column, { codes = [] }: Relation): Output | undefined => {
  const code = codes.find(({ columns, texts }) => texts !== undefined && columns.length === 1 && columns[0] === id)
  return type === 'string' && code?.texts !== undefined
    ? { id: code.id, type: 'smallint', form: { texts: code.texts } }
    : undefined
}

/** Asks for columns as what takes the least to read: as integers and places of texts where these are at hand. */
export const rowsQuery = (relation: Relation, columns: readonly Column[]): RowsQuery => {
  const outputs = columns.map(
    (column): Output =>
      integersOf(column, relation) ??
      placesOf(column, relation) ?? { id: column.id, type: SQL_CAST[column.type], form: column.type },
  )
  const query: Query = {
    kind: 'select',
    from: relation.query,
    columns: [
      ...outputs.map(({ id, type }, index) => ({
        id: `o${index}`,
        expr: { kind: 'cast', operand: { kind: 'column', id }, type } as const,
      })),
      // A result needs a column even when no field is wanted: the rows still count.
      ...(columns.length === 0 ? [{ id: 'o0', expr: { kind: 'literal', value: true } as const }] : []),
    ],
    orderBy: [{ expr: { kind: 'column', id: relation.order }, direction: 'asc' }],
  }
  return { query, columns, forms: outputs.map(({ form }) => form) }
}
