import type { Scalar } from '@magpie-vega/protocol'
import { decodeCell } from '@magpie-vega/protocol'
import { isSet } from './bitmap.ts'
import type { Cells, Table, Vector } from './table.ts'

type Row = Record<string, Scalar>

const readerOf = (cells: Cells): ((row: number) => Scalar) => {
  switch (cells.type) {
    case 'number':
      return (row) => cells.values[row]
    case 'date':
      return (row) => new Date(cells.values[row] ?? Number.NaN)
    case 'boolean':
      return (row) => cells.values[row] === 1
    case 'string':
      return (row) => cells.dictionary[cells.codes[row] ?? 0]
    case 'json':
      return (row) => decodeCell(cells.values[row] ?? 'null')
  }
}

const fill = (rows: readonly Row[], { name, cells, valid, nulls }: Vector): void => {
  const read = readerOf(cells)
  rows.forEach((row, at) => {
    if (isSet(valid, at)) row[name] = read(at)
    else if (nulls !== 'absent') row[name] = nulls === 'null' ? null : undefined
  })
}

/** Fresh row objects, as Vega's loader would have made them. */
export const rowsFromTable = (table: Table): Row[] => {
  const rows = Array.from({ length: table.rows }, (): Row => ({}))
  for (const column of table.columns) fill(rows, column)
  return rows
}
