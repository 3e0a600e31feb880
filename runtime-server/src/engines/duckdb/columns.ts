import { setImmediate } from 'node:timers/promises'
import { alphabetOf, type Column, commonAlphabet, isPlainText } from '@magpie-vega/dataflow'
import type { NullMeaning } from '@magpie-vega/protocol'
import { isSet } from '../../arrow/bitmap.ts'
import type { Cells, Numbers, Table, Vector } from '../../arrow/table.ts'

/** Rows looked at between two pauses for the event loop. */
const ROWS_PER_TURN = 200_000

const numberFacts = async (values: Numbers, valid: Uint8Array | undefined): Promise<Pick<Column, 'nans' | 'whole'>> => {
  let nans = false
  let whole = 0
  for (let row = 0; row < values.length; row++) {
    if (row % ROWS_PER_TURN === ROWS_PER_TURN - 1) await setImmediate()
    if (!isSet(valid, row)) continue
    const value = values[row] ?? Number.NaN
    if (Number.isNaN(value)) nans = true
    else if (Number.isInteger(value)) whole = Math.max(whole, Math.abs(value))
    else whole = Infinity
  }
  return Number.isFinite(whole) ? { nans, whole } : { nans }
}

const factsOf = async (
  cells: Cells,
  valid: Uint8Array | undefined,
): Promise<Pick<Column, 'alphabet' | 'nans' | 'plain' | 'whole'>> => {
  if (cells.type === 'number' || cells.type === 'date') return numberFacts(cells.values, valid)
  if (cells.type === 'string') {
    const alphabet = commonAlphabet(cells.dictionary.map(alphabetOf))
    return {
      plain: cells.dictionary.every(isPlainText),
      ...(alphabet === undefined ? {} : { alphabet }),
    }
  }
  return {}
}

/** What NULL stands for in a column. */
export const nullsOf = ({ absent, missing }: Pick<Column, 'absent' | 'missing'>): NullMeaning =>
  missing === true ? 'absent' : absent === true ? 'undefined' : 'null'

const columnOf = async (vector: Vector, id: string): Promise<Column> => ({
  name: vector.name,
  id,
  type: vector.cells.type,
  nulls: vector.valid !== undefined,
  ...(vector.valid !== undefined && vector.nulls !== 'null' ? { absent: true } : {}),
  ...(vector.valid !== undefined && vector.nulls === 'absent' ? { missing: true } : {}),
  ...(await factsOf(vector.cells, vector.valid)),
})

/** The relation columns of a table that is loaded under `prefix`, with the facts that its values show. */
export const columnsOf = (table: Table, prefix: string): Promise<readonly Column[]> =>
  Promise.all(table.columns.map((vector, index) => columnOf(vector, `${prefix}_c${index}`)))
