import type { ColumnType, NullMeaning } from '@magpie-vega/protocol'
import { encodeCell } from '@magpie-vega/protocol'
import { bitmapOf } from './bitmap.ts'
import { toScalar } from './to-scalar.ts'
import type { Cells, Table, Vector } from './table.ts'

type Row = Readonly<Record<string, unknown>>

/** Names of the rows' properties, in the order in which they first appear. */
const propertyNames = (rows: readonly Row[]): readonly string[] => {
  const names = new Set<string>()
  for (const row of rows) for (const name of Object.keys(row)) names.add(name)
  return [...names]
}

/** Such a text has no UTF-8, but JSON can write it. */
const LONE_SURROGATE = /\p{Surrogate}/u

const typeOf = (value: unknown): ColumnType => {
  if (typeof value === 'number') return 'number'
  if (typeof value === 'string') return LONE_SURROGATE.test(value) ? 'json' : 'string'
  if (typeof value === 'boolean') return 'boolean'
  return value instanceof Date ? 'date' : 'json'
}

interface Shape {
  readonly type: ColumnType
  readonly nulls: NullMeaning
}

/** The narrowest column that keeps every value, null, undefined and missing property apart. */
const shapeOf = (rows: readonly Row[], name: string): Shape => {
  let type: ColumnType | undefined
  const nothing = new Set<NullMeaning>()
  for (const row of rows) {
    const value = row[name]
    if (value === null) nothing.add('null')
    else if (value === undefined) nothing.add(Object.hasOwn(row, name) ? 'undefined' : 'absent')
    else {
      const found = typeOf(value)
      if (type === undefined) type = found
      else if (type !== found) type = 'json'
      if (type === 'json') return { type, nulls: 'absent' }
    }
  }
  const [nulls = 'null', ...others] = nothing
  return others.length > 0 ? { type: 'json', nulls: 'absent' } : { type: type ?? 'number', nulls }
}

const dictionaryOf = (rows: readonly Row[], name: string): Cells => {
  const index = new Map<string, number>()
  const codes = new Int32Array(rows.length)
  rows.forEach((row, at) => {
    const value = row[name]
    if (typeof value !== 'string') return
    let code = index.get(value)
    if (code === undefined) index.set(value, (code = index.size))
    codes[at] = code
  })
  return { type: 'string', codes, dictionary: [...index.keys()] }
}

const cellsOf: Readonly<Record<ColumnType, (rows: readonly Row[], name: string) => Cells>> = {
  number: (rows, name) => ({ type: 'number', values: Float64Array.from(rows, (row) => Number(row[name] ?? 0)) }),
  date: (rows, name) => ({ type: 'date', values: Float64Array.from(rows, (row) => Number(row[name] ?? 0)) }),
  boolean: (rows, name) => ({ type: 'boolean', values: Uint8Array.from(rows, (row) => (row[name] === true ? 1 : 0)) }),
  string: dictionaryOf,
  json: (rows, name) => ({
    type: 'json',
    values: rows.map((row) => (Object.hasOwn(row, name) ? encodeCell(toScalar(row[name])) : '')),
  }),
}

const isValid = (row: Row, name: string, type: ColumnType): boolean =>
  type === 'json' ? Object.hasOwn(row, name) : row[name] !== null && row[name] !== undefined

const vectorOf = (rows: readonly Row[], name: string): Vector => {
  const { type, nulls } = shapeOf(rows, name)
  const valid = bitmapOf(rows.length, (at) => isValid(rows[at] ?? {}, name, type))
  return { name, cells: cellsOf[type](rows, name), valid, nulls }
}

/** Rows by column. A row that is no object has the one property `data`, as Vega ingests it. */
export const tableFromRows = (values: readonly unknown[], wanted: 'all' | readonly string[] = 'all'): Table => {
  const rows = values.map((value): Row => (value === Object(value) ? (value as Row) : { data: value }))
  const names = new Set(wanted === 'all' ? [] : wanted)
  const columns = propertyNames(rows).filter((name) => wanted === 'all' || names.has(name))
  return { rows: rows.length, columns: columns.map((name) => vectorOf(rows, name)) }
}
