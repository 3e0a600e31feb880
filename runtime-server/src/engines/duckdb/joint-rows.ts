import type { Column, Joint, Query, SqlExpr } from '@magpie-vega/dataflow'
import { bitmapOf, isSet } from '../../arrow/bitmap.ts'
import type { Cells, Table, Vector } from '../../arrow/table.ts'
import { nullsOf } from './columns.ts'

/** What is read of one of the queries. */
export interface Part {
  readonly columns: readonly Column[]
  /** Identifier of the column that gives the order of its rows. */
  readonly order: string
}

/** A column of the one result, which holds a column of each of some parts. */
type Slot = Pick<Column, 'name' | 'type'>

/** How several results are one: a number that tells them apart, and slots that hold their columns. */
export interface Layout {
  readonly query: Query
  /** The columns of the result. */
  readonly slots: readonly Slot[]
  /** By part and column, the index of its slot. */
  readonly places: readonly (readonly number[])[]
}

const PART = 'part'
const ROW = 'row_order'

type SqlCast = Extract<SqlExpr, { kind: 'cast' }>['type']

/** Texts of different parts do not share a slot, or each would have the dictionary of all. */
const isShared = ({ type }: Slot): boolean => type !== 'string' && type !== 'json'

const placesOf = (parts: readonly Part[]): Pick<Layout, 'slots' | 'places'> => {
  const slots: Slot[] = [{ name: PART, type: 'number' }]
  const places = parts.map(({ columns }) => {
    const taken = new Set<number>([0])
    return columns.map(({ type }) => {
      const free = slots.findIndex((slot, index) => !taken.has(index) && slot.type === type && isShared(slot))
      const place = free < 0 ? slots.push({ name: `o${slots.length}`, type }) - 1 : free
      taken.add(place)
      return place
    })
  })
  return { slots, places }
}

/** The parts of a joint grouping as one query. */
export const layoutOf = (
  { query, name, parts: queries }: Joint,
  parts: readonly Part[],
  castOf: (type: Column['type']) => SqlCast,
): Layout => {
  const { slots, places } = placesOf(parts)
  const inputs = queries.map((from, part): Query => {
    const { columns = [], order = '' } = parts[part] ?? {}
    const held = slots.map(({ type }, slot): SqlExpr => {
      if (slot === 0) return { kind: 'literal', value: part }
      const id = columns[places[part]?.indexOf(slot) ?? -1]?.id
      const operand: SqlExpr = id === undefined ? { kind: 'literal', value: null } : { kind: 'column', id }
      return { kind: 'cast', operand, type: castOf(type) }
    })
    const projections = slots.map(({ name: id }, index) => ({
      id,
      expr: held[index] ?? ({ kind: 'literal', value: null } as const),
    }))
    return { kind: 'select', from, columns: [...projections, { id: ROW, expr: { kind: 'column', id: order } }] }
  })
  const body: Query = {
    kind: 'select',
    from: { kind: 'union', inputs },
    columns: slots.map(({ name: id }) => ({ id, expr: { kind: 'column', id } })),
    orderBy: [PART, ROW].map((id) => ({ expr: { kind: 'column', id }, direction: 'asc' })),
  }
  return { query: { kind: 'with', name, query, body }, slots, places }
}

const cellsBetween = (cells: Cells, from: number, to: number): Cells => {
  switch (cells.type) {
    case 'number':
      return { type: 'number', values: cells.values.slice(from, to) }
    case 'date':
      return { type: 'date', values: cells.values.slice(from, to) }
    case 'boolean':
      return { type: 'boolean', values: cells.values.slice(from, to) }
    case 'string':
      return { ...cells, codes: cells.codes.slice(from, to) }
    case 'json':
      return { type: 'json', values: cells.values.slice(from, to) }
  }
}

const vectorBetween = ({ cells, valid }: Vector, from: number, to: number, column: Column): Vector => ({
  name: column.name,
  cells: cellsBetween(cells, from, to),
  valid: valid === undefined ? undefined : bitmapOf(to - from, (row) => isSet(valid, from + row)),
  nulls: nullsOf(column),
})

/** The results of the parts, from the result of all. */
export const partsOf = (all: Table, { places }: Layout, parts: readonly Part[]): readonly Table[] => {
  const cells = all.columns[0]?.cells
  const numbers = cells?.type === 'number' ? cells.values : new Float64Array()
  let end = 0
  return parts.map(({ columns }, part) => {
    const from = end
    while (end < all.rows && numbers[end] === part) end++
    const vectors = columns.flatMap((column, index) => {
      const held = all.columns[places[part]?.[index] ?? -1]
      return held === undefined ? [] : [vectorBetween(held, from, end, column)]
    })
    return { rows: end - from, columns: vectors }
  })
}
