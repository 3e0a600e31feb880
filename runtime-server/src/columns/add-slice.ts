import duckdb from '@duckdb/node-bindings'
import type { Cells, Table, Vector } from '../arrow/table.ts'
import { appendTable, SQL_TYPE } from '../engines/duckdb/load-table.ts'
import { codeId, type FileColumn, integerId, ORDER_ID, valuesId } from './file-column.ts'

const never = new AbortController().signal

const VALUES: Readonly<Record<Cells['type'], string>> = SQL_TYPE
/** Codes of a dictionary of 512 texts at most. */
const CODE = 'usmallint'

/** The columns of a file as they are declared. */
export const fileColumns = (columns: readonly FileColumn[]): readonly string[] => [
  ...columns.flatMap((column) => [
    ...(column.values ? [`${valuesId(column)} ${VALUES[column.type]}`] : []),
    ...(column.integer === undefined ? [] : [`${integerId(column)} ${column.integer}`]),
    ...(column.dictionary === undefined ? [] : [`${codeId(column)} ${CODE}`]),
  ]),
  `${ORDER_ID} integer`,
]

/** What goes into these columns, of a slice's values. */
const projected = (columns: readonly FileColumn[], before: number): readonly string[] => [
  ...columns.flatMap((column) => {
    const id = valuesId(column)
    const finite = column.nans === true || column.infinite ? `case when isfinite(${id}) then ${id} end` : id
    return [
      ...(column.values ? [id] : []),
      ...(column.integer === undefined ? [] : [`(${finite})::${column.integer}`]),
      ...(column.dictionary === undefined ? [] : [`${id}::${CODE}`]),
    ]
  }),
  `${ORDER_ID} + ${before}`,
]

/** Texts by the dictionary of the whole column. */
const coded = ({ cells, ...vector }: Vector, dictionary: readonly string[]): Vector => {
  if (cells.type !== 'string') return { cells, ...vector }
  const codes = new Map(dictionary.map((text, code) => [text, code]))
  const own = Float64Array.from(cells.dictionary, (text) => codes.get(text) ?? 0)
  const values = new Float64Array(cells.codes.length)
  cells.codes.forEach((code, row) => (values[row] = own[code] ?? 0))
  return { ...vector, cells: { type: 'number', values } }
}

/** Copies a slice into memory as it is, then from there into the file, which all threads do together. */
export const addSlice = async (
  connection: duckdb.Connection,
  slice: Table,
  columns: readonly FileColumn[],
  before: number,
): Promise<void> => {
  const run = (sql: string): Promise<duckdb.Result> => duckdb.query(connection, sql)
  const vectors = columns.flatMap(({ name, dictionary }) => {
    const found = slice.columns.find((vector) => vector.name === name)
    if (found === undefined) return []
    return [dictionary === undefined ? found : coded(found, dictionary)]
  })
  const definitions = vectors.map(({ cells }, index) => {
    const column = columns[index]
    return column === undefined ? '' : `${valuesId(column)} ${SQL_TYPE[cells.type]}`
  })
  await run(`create table slice (${[...definitions, `${ORDER_ID} integer`].join(', ')})`)
  await appendTable(connection, 'slice', { rows: slice.rows, columns: vectors }, never)
  await run(`insert into file.rows select ${projected(columns, before).join(', ')} from slice`)
  await run('drop table slice')
}
