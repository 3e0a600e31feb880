import type { Scalar } from '@magpie-vega/protocol'
import type { TupleColumns } from './arrow-columns.ts'

/** Equal for rows that are the same row of a data set, in different answers. */
export type RowKey = number | string

const textOf = (value: Scalar): string =>
  value instanceof Date ? `date ${value.getTime()}` : `${typeof value} ${JSON.stringify(value) ?? ''}`

/** The key of each row by what it holds in some columns; undefined where these are not there or do not tell all rows apart. */
export const rowKeys = ({ rows, columns }: TupleColumns, names: readonly string[]): readonly RowKey[] | undefined => {
  const found = names.flatMap((name) => columns.find((column) => column.name === name) ?? [])
  if (found.length < names.length) return undefined
  const [only] = found
  const numbers = found.length === 1 && only?.values.every((value) => typeof value === 'number' && !Number.isNaN(value))
  const keys = Array.from({ length: rows }, (_, row): RowKey =>
    numbers === true ? Number(only?.values[row]) : JSON.stringify(found.map(({ values }) => textOf(values[row]))),
  )
  return new Set(keys).size === keys.length ? keys : undefined
}
