import { encodeCell, MagpieError } from '@magpie-vega/protocol'
import { type Data, tableFromIPC, type Vector as ArrowVector } from 'apache-arrow'
import { type ArrowValues, arrowValues, type Instant, type ReadSlot } from './arrow-values.ts'
import { bitmapOf } from './bitmap.ts'
import type { Cells, Table, Vector } from './table.ts'
import { toScalar } from './to-scalar.ts'

interface Chunk {
  readonly data: Data
  readonly start: number
}

const chunksOf = (vector: ArrowVector): readonly Chunk[] => {
  let start = 0
  return vector.data.map((data: Data) => {
    const chunk = { data, start }
    start += data.length
    return chunk
  })
}

const eachValue = (
  chunks: readonly Chunk[],
  values: ArrowValues,
  take: (row: number, value: unknown) => void,
): void => {
  for (const { data, start } of chunks) {
    const read: ReadSlot = values.reader(data)
    const whole = data.nullCount === 0
    for (let at = 0; at < data.length; at++) if (whole || data.getValid(at)) take(start + at, read(at))
  }
}

const fillNumbers = (chunks: readonly Chunk[], values: ArrowValues, target: Float64Array): void => {
  for (const chunk of chunks) {
    const raw: unknown = chunk.data.values
    if (raw instanceof Float64Array && values.type === 'number')
      target.set(raw.subarray(0, chunk.data.length), chunk.start)
    else eachValue([chunk], values, (row, value) => (target[row] = Number(value)))
  }
}

const textCells = (chunks: readonly Chunk[], values: ArrowValues, rows: number): Cells => {
  const codes = new Int32Array(rows)
  const index = new Map<string, number>()
  eachValue(chunks, values, (row, value) => {
    const text = String(value)
    let code = index.get(text)
    if (code === undefined) index.set(text, (code = index.size))
    codes[row] = code
  })
  return { type: 'string', codes, dictionary: [...index.keys()] }
}

const CELLS: Readonly<Record<Cells['type'], (chunks: readonly Chunk[], values: ArrowValues, rows: number) => Cells>> = {
  number: (chunks, values, rows) => {
    const cells = new Float64Array(rows)
    fillNumbers(chunks, values, cells)
    return { type: 'number', values: cells }
  },
  date: (chunks, values, rows) => {
    const cells = new Float64Array(rows)
    fillNumbers(chunks, values, cells)
    return { type: 'date', values: cells }
  },
  boolean: (chunks, values, rows) => {
    const cells = new Uint8Array(rows)
    eachValue(chunks, values, (row, value) => (cells[row] = value === true ? 1 : 0))
    return { type: 'boolean', values: cells }
  },
  string: textCells,
  json: (chunks, values, rows) => {
    const cells = new Array<string>(rows).fill('')
    eachValue(chunks, values, (row, value) => (cells[row] = encodeCell(toScalar(value))))
    return { type: 'json', values: cells }
  },
}

/** Null slots, and dictionary entries that are null. */
const validityOf = (chunks: readonly Chunk[], values: ArrowValues, rows: number): Uint8Array | undefined => {
  const mayBeNull = ({ data }: Chunk): boolean => data.nullCount > 0 || (data.dictionary?.nullCount ?? 0) > 0
  if (!chunks.some(mayBeNull)) return undefined
  const valid = new Uint8Array(rows)
  eachValue(chunks, values, (row, value) => (valid[row] = value === null ? 0 : 1))
  return bitmapOf(rows, (row) => valid[row] === 1)
}

const unsupported = (name: string, type: string): MagpieError =>
  new MagpieError('unsupported', `The column ${name} has the type ${type}, which a chart cannot show`, {
    place: name,
    remedy: 'Convert the column to numbers, text or timestamps, or leave it out.',
  })

const vectorOf = (name: string, column: ArrowVector, rows: number, instant: Instant): Vector => {
  const values = arrowValues(column.type, instant)
  if (values === undefined) throw unsupported(name, String(column.type))
  const chunks = chunksOf(column)
  return {
    name,
    cells: CELLS[values.type](chunks, values, rows),
    valid: validityOf(chunks, values, rows),
    nulls: 'null',
  }
}

const decode = (bytes: Uint8Array) => {
  try {
    return tableFromIPC(bytes)
  } catch (cause) {
    throw new MagpieError(
      'table-invalid',
      `The Arrow data cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        remedy: 'Write the table again, as an uncompressed Arrow IPC stream or file.',
        cause,
      },
    )
  }
}

/**
 * The rows of an Arrow IPC stream or file. Integers of any width and decimals become numbers, dictionaries what they hold,
 * lists and structs nested values. A timestamp with a zone is an instant; dates and timestamps without one are wall times,
 * made instants by `instant`. Throws `table-invalid`, and `unsupported` with the name of the column.
 */
export const readArrow = (bytes: Uint8Array, instant: Instant): Table => {
  const table = decode(bytes)
  const columns = table.schema.fields.map((field, index) => {
    const column = table.getChildAt(index)
    if (column === null) throw unsupported(field.name, String(field.type))
    return vectorOf(field.name, column, table.numRows, instant)
  })
  return { rows: table.numRows, columns }
}
