import { alphabetOf, commonAlphabet, integerType, isPlainText } from '@magpie-vega/dataflow'
import { isSet } from '../arrow/bitmap.ts'
import type { Cells, Numbers, Vector } from '../arrow/table.ts'
import type { FileColumn } from './file-column.ts'

/** Learns what the values of one column have in common, slice by slice. */
export interface ColumnFacts {
  add(vector: Vector, rows: number): void
  /** What all slices showed. */
  column(number: number): FileColumn
}

interface Known {
  readonly nans: boolean
  readonly infinite: boolean
  readonly fractions: boolean
  /** Some are no whole thousands. */
  readonly partial: boolean
  readonly negativeZero: boolean
  readonly min: number
  readonly max: number
}

const NONE: Known = {
  nans: false,
  infinite: false,
  fractions: false,
  partial: false,
  negativeZero: false,
  min: Infinity,
  max: -Infinity,
}

const addNumbers = (known: Known, values: Numbers, valid: Uint8Array | undefined, rows: number): Known => {
  let { nans, infinite, fractions, partial, negativeZero, min, max } = known
  for (let row = 0; row < rows; row++) {
    if (valid !== undefined && !isSet(valid, row)) continue
    const value = values[row] ?? Number.NaN
    if (value - value !== 0) {
      if (Number.isNaN(value)) nans = true
      else infinite = true
      continue
    }
    if (value < min) min = value
    if (value > max) max = value
    if (Math.floor(value) !== value) fractions = true
    else if (value === 0 && 1 / value < 0) negativeZero = true
    else if (!partial && value % 1000 !== 0) partial = true
  }
  return { nans, infinite, fractions, partial, negativeZero, min, max }
}

type Layout = Pick<
  FileColumn,
  'nans' | 'plain' | 'alphabet' | 'whole' | 'infinite' | 'range' | 'integer' | 'negativeZeros' | 'dictionary' | 'values'
>

const numbersLayout = (type: Cells['type'], numbers: Known): Layout => {
  const { nans, infinite, fractions, partial, negativeZero, min, max } = numbers
  const some = min <= max
  const integer = some && !fractions ? integerType(min, max) : undefined
  return {
    nans,
    infinite,
    ...(type === 'date' && { plain: !nans && !fractions && !partial }),
    ...(some && { range: { min, max } }),
    ...(!infinite && !fractions && { whole: some ? Math.max(Math.abs(min), Math.abs(max)) : 0 }),
    ...(integer !== undefined && { integer }),
    ...(integer !== undefined && negativeZero && { negativeZeros: true }),
    values: integer === undefined || nans || infinite || negativeZero,
  }
}

/** So many texts fit into a statement that tells their numbers. */
const MAX_DICTIONARY = 512

const textsLayout = (texts: ReadonlySet<string>): Layout => {
  const all = [...texts]
  const alphabet = commonAlphabet(all.map(alphabetOf))
  const few = all.length > 0 && all.length <= MAX_DICTIONARY
  return {
    infinite: false,
    plain: all.every(isPlainText),
    ...(alphabet !== undefined && { alphabet }),
    ...(few && { dictionary: all }),
    values: !few,
  }
}

/** Over this many texts, nothing is said of them. */
const MAX_TEXTS = 100_000

export const columnFacts = (name: string, type: Cells['type'], wall: boolean): ColumnFacts => {
  const texts = new Set<string>()
  let numbers = NONE
  let nulls = false

  const layout = (): Layout => {
    if (type === 'number' || type === 'date') return numbersLayout(type, numbers)
    if (type === 'string' && texts.size <= MAX_TEXTS) return textsLayout(texts)
    return { infinite: false, values: true }
  }
  return {
    add: ({ cells, valid }, rows) => {
      if (valid !== undefined) nulls = true
      if (cells.type === 'number' || cells.type === 'date') numbers = addNumbers(numbers, cells.values, valid, rows)
      if (cells.type !== 'string') return
      for (const text of cells.dictionary) if (texts.size <= MAX_TEXTS) texts.add(text)
    },
    column: (number) => ({ name, type, number, wall, nulls, ...layout() }),
  }
}
