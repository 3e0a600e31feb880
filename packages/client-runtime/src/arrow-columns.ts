import { tableFromIPC, Type } from '@uwdata/flechette'
import type { Batch, Column } from '@uwdata/flechette'
import { decodeCell, MagpieError, NULL_KEY, ROWS_KEY, TYPE_KEY } from '@magpie-vega/protocol'
import type { ColumnType, Scalar } from '@magpie-vega/protocol'

/** A column of an answer, as the rows of a Vega data set see it. */
export interface TupleColumn {
  readonly name: string
  /** One value per row; undefined in the empty slots of an `absent` or `undefined` column. */
  readonly values: readonly Scalar[]
  /** Which rows have the property at all; every row when not given. */
  readonly present?: readonly boolean[]
}

export interface TupleColumns {
  readonly rows: number
  readonly columns: readonly TupleColumn[]
}

// flechette's own decoder drops a leading U+FEFF of every string
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true })

const text = (batch: Batch<unknown>, index: number): unknown => {
  if (isDictionary(batch)) return textIn(batch.dictionary, Number(batch.values[index]))
  if (batch.type.typeId !== Type.Utf8 || !(batch.values instanceof Uint8Array)) return batch.at(index)
  return UTF8.decode(batch.values.subarray(Number(batch.offsets[index]), Number(batch.offsets[index + 1])))
}

const isDictionary = (batch: Batch<unknown>): batch is Batch<unknown> & { readonly dictionary: Column<unknown> } =>
  batch.type.typeId === Type.Dictionary && 'dictionary' in batch

const textIn = (column: Column<unknown>, index: number): unknown => {
  let rest = index
  for (const batch of column.data) {
    if (rest < batch.length) return batch.at(rest) === null ? null : text(batch, rest)
    rest -= batch.length
  }
  return null
}

type Read = (batch: Batch<unknown>, index: number) => Scalar

/** Reads a valid slot by the meaning that the field's metadata gives it. */
const READERS: Readonly<Record<ColumnType, Read>> = {
  number: (batch, index) => Number(batch.at(index)),
  string: (batch, index) => String(text(batch, index)),
  boolean: (batch, index) => batch.at(index) === true,
  date: (batch, index) => new Date(Number(batch.at(index))),
  json: (batch, index) => decodeCell(String(text(batch, index))),
}

const isColumnType = (value: string | undefined): value is ColumnType =>
  value !== undefined && Object.hasOwn(READERS, value)

const columnOf = (name: string, column: Column<unknown>, metadata: ReadonlyMap<string, string>): TupleColumn => {
  const type = metadata.get(TYPE_KEY)
  if (!isColumnType(type)) throw new MagpieError('internal', `The column has no known ${TYPE_KEY}`, { place: name })
  const read = READERS[type]
  const meaning = metadata.get(NULL_KEY)
  const absent = meaning === 'absent'
  const values: Scalar[] = []
  const present: boolean[] = []
  for (const batch of column.data) {
    for (let index = 0; index < batch.length; index++) {
      const valid = batch.at(index) !== null
      values.push(valid ? read(batch, index) : absent || meaning === 'undefined' ? undefined : null)
      if (absent) present.push(valid)
    }
  }
  return absent ? { name, values, present } : { name, values }
}

/** flechette takes an empty name for none. */
const nameOf = ({ name }: { readonly name: string | null }): string => name ?? ''

/** Reads the bytes of an Arrow IPC stream, written as packages/protocol/src/table.ts says. Throws `internal`. */
export const readColumns = (bytes: Uint8Array): TupleColumns => {
  try {
    // flechette makes typed arrays over the buffer, so a view that starts inside a larger message is moved first
    const table = tableFromIPC(bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes))
    const columns = table.schema.fields.map((field, index) =>
      columnOf(nameOf(field), table.getChildAt(index), field.metadata ?? new Map<string, string>()),
    )
    return { rows: Number(table.schema.metadata?.get(ROWS_KEY) ?? table.numRows), columns }
  } catch (cause) {
    if (cause instanceof MagpieError) throw cause
    throw new MagpieError('internal', 'A table of the service’s answer could not be read', {
      remedy: 'Reload the page.',
      cause,
    })
  }
}
