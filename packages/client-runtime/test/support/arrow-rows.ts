import { encodeCell } from '@magpie-vega/protocol'
import type { Scalar } from '@magpie-vega/protocol'
import { Bool, Field, Float64, Schema, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import type { DataType } from 'apache-arrow'

type Row = Readonly<Record<string, Scalar>>

interface Kind {
  readonly type: string
  readonly arrow: DataType
  readonly fits: (value: Scalar) => boolean
  readonly write: (value: Scalar) => unknown
}

const KINDS: readonly Kind[] = [
  { type: 'number', arrow: new Float64(), fits: (value) => typeof value === 'number', write: Number },
  { type: 'string', arrow: new Utf8(), fits: (value) => typeof value === 'string', write: String },
  { type: 'boolean', arrow: new Bool(), fits: (value) => typeof value === 'boolean', write: Boolean },
  { type: 'date', arrow: new Float64(), fits: (value) => value instanceof Date, write: Number },
]
const JSON_KIND: Kind = { type: 'json', arrow: new Utf8(), fits: () => true, write: encodeCell }

/** Rows as the service sends them: an Arrow IPC stream with the metadata of packages/protocol/src/table.ts. */
export const arrowOf = (rows: readonly Row[], wanted: 'all' | readonly string[]): Uint8Array => {
  const present = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const names = wanted === 'all' ? present : present.filter((name) => wanted.includes(name))
  const columns = names.map((name) => {
    const absent = rows.some((row) => !Object.hasOwn(row, name))
    const empty = (row: Row): boolean => (absent ? !Object.hasOwn(row, name) : row[name] === null)
    const filled = rows.filter((row) => !empty(row))
    const { type, arrow, write } = KINDS.find(({ fits }) => filled.every((row) => fits(row[name]))) ?? JSON_KIND
    const metadata = new Map([
      ['magpie:type', type],
      ['magpie:null', absent ? 'absent' : 'null'],
    ])
    const vector = vectorFromArray(
      rows.map((row) => (empty(row) ? null : write(row[name]))),
      arrow,
    )
    return { field: new Field(name, arrow, true, metadata), vector }
  })
  const table = new Table(
    new Schema(columns.map(({ field }) => field)),
    Object.fromEntries(columns.map(({ field, vector }) => [field.name, vector])),
  )
  return tableToIPC(table, 'stream')
}
