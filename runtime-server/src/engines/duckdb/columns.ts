import type { Column } from '@magpie-vega/dataflow'
import { isSet } from '../../arrow/bitmap.ts'
import type { Cells, Table, Vector } from '../../arrow/table.ts'

const numberFacts = (values: Float64Array, valid: Uint8Array | undefined): Pick<Column, 'nans' | 'whole'> => {
  let nans = false
  let whole = 0
  for (let row = 0; row < values.length; row++) {
    if (!isSet(valid, row)) continue
    const value = values[row] ?? Number.NaN
    if (Number.isNaN(value)) nans = true
    else if (Number.isInteger(value)) whole = Math.max(whole, Math.abs(value))
    else whole = Infinity
  }
  return Number.isFinite(whole) ? { nans, whole } : { nans }
}

const factsOf = (cells: Cells, valid: Uint8Array | undefined): Pick<Column, 'nans' | 'plain' | 'whole'> => {
  if (cells.type === 'number' || cells.type === 'date') return numberFacts(cells.values, valid)
  if (cells.type === 'string') {
    return { plain: !cells.dictionary.some((text) => text === 'null' || text.includes('|')) }
  }
  return {}
}

const columnOf = (vector: Vector, id: string): Column => ({
  name: vector.name,
  id,
  type: vector.cells.type,
  nulls: vector.valid !== undefined,
  ...(vector.valid !== undefined && vector.nulls === 'absent' ? { absent: true } : {}),
  ...factsOf(vector.cells, vector.valid),
})

/** The relation columns of a table that is loaded under `prefix`, with the facts that its values show. */
export const columnsOf = (table: Table, prefix: string): readonly Column[] =>
  table.columns.map((vector, index) => columnOf(vector, `${prefix}_c${index}`))
