import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { columnUse, TABLE_SCHEME } from '@magpie-vega/planner'
import { read, type Format } from 'vega'
import type { DataServer } from '../data-server.ts'
import { isObject, type Json } from '../json.ts'
import { arrowColumn, type ArrowColumn } from './arrow-column.ts'
import { arrowTable, type ArrowTable } from './arrow-table.ts'
import { frameOf } from './frame.ts'

/** A spec over tables, the tables, and what Vega alone is given: the same rows, inline. */
export interface SpecWithTables {
  readonly alone: Record<string, unknown>
  /** The same with the columns alone that the tables have. */
  readonly narrow: Record<string, unknown>
  readonly planned: Record<string, unknown>
  readonly tables: readonly ArrowTable[]
}

interface Held {
  readonly columns: ReadonlyMap<string, ArrowColumn>
  readonly rows: number
}

const DELIMITED: ReadonlySet<unknown> = new Set(['csv', 'tsv', 'dsv'])
const UNREAD = new Set(['arrow', 'parquet'])

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What the fields are read as: texts of a file get the types that a frame read from it would have. */
const parseOf = ({ type, parse }: Json): unknown => parse ?? (DELIMITED.has(type) ? 'auto' : undefined)

/** The rows of a data set with their own types; what is parsed as a date is one. */
function rowsOf(definition: Json, data: DataServer): readonly unknown[] | undefined {
  const { url, values, format } = definition
  if (values !== undefined ? url !== undefined : typeof url !== 'string') return undefined
  const own: Json = isObject(format) ? format : {}
  if (JSON.stringify(own).includes('"signal":') || UNREAD.has(String(own.type))) return undefined
  const file = typeof url === 'string' ? data.file(url) : undefined
  if (values === undefined && file === undefined) return undefined
  const source = file === undefined ? structuredClone(values) : new TextDecoder().decode(readFileSync(file))
  if (isObject(source) && source['signal'] !== undefined) return undefined
  const parse = parseOf(own)
  const rows: unknown = read(source as string, { type: 'json', ...own, parse } as unknown as Format)
  if (!Array.isArray(rows)) return undefined
  const dates = isObject(parse) ? Object.keys(parse).filter((name) => /^(?:date|utc)/.test(String(parse[name]))) : []
  for (const row of rows as unknown[])
    if (typeof row === 'object' && row !== null)
      for (const name of dates) {
        const value: unknown = Reflect.get(row, name)
        if (typeof value === 'number') Reflect.set(row, name, new Date(value))
      }
  return rows
}

/** Vega-Lite makes a data set of each selection; nobody has it as a frame. */
const isStore = ({ name }: Json): boolean => /_store$/.test(String(name))

function held(definition: Json, data: DataServer): Held | undefined {
  const rows = isStore(definition) ? undefined : rowsOf(definition, data)
  const frame = rows === undefined || rows.length === 0 ? undefined : frameOf(rows)
  if (rows === undefined || frame === undefined) return undefined
  const columns = [...frame].map(([name, column]) => {
    const choice = Number.parseInt(hash(name).slice(0, 8), 16)
    return [name, arrowColumn(column, choice)] as const
  })
  return { columns: new Map(columns), rows: rows.length }
}

/** What Vega reads of the fields, whoever holds the rows. */
const parsing = ({ format }: Json): Json => {
  const parse = isObject(format) ? format.parse : undefined
  return parse === undefined ? {} : { format: { parse } }
}

/** A copy of a spec, or of a part of it, with each data set that it defines, in groups too, replaced. */
const eachSet = (value: unknown, replace: (set: Json) => Json): unknown => {
  if (Array.isArray(value)) return value.map((item) => eachSet(item, replace))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      if (key !== 'data' || !Array.isArray(child)) return [key, key === 'values' ? child : eachSet(child, replace)]
      return [key, child.map((set: unknown) => (isObject(set) ? replace(set) : set))]
    }),
  )
}

const rowsIn = (columns: Held['columns'], rows: number): readonly Json[] =>
  Array.from({ length: rows }, (_, at) =>
    Object.fromEntries([...columns].map(([name, { meant }]) => [name, meant[at]])),
  )

/**
 * Puts a table in the place of each file and each list of inline rows that one can hold: with the columns that the spec reads, as
 * the Python client sends them.
 */
export function withTables(spec: Json, data: DataServer): SpecWithTables {
  const found = new Map<string, Held>()
  const named = new Map<Json, string>()
  eachSet(spec, (set) => {
    const table = held(set, data)
    if (table === undefined) return set
    const url = TABLE_SCHEME + hash(JSON.stringify([found.size]))
    found.set(url, table)
    named.set(set, url)
    return set
  })
  const replaced = (replace: (table: Held, url: string) => Json) =>
    eachSet(spec, (set) => {
      const url = named.get(set)
      const table = url === undefined ? undefined : found.get(url)
      if (url === undefined || table === undefined) return set
      const { url: _url, values: _values, format: _format, ...rest } = set
      return { ...rest, ...parsing(set), ...replace(table, url) }
    }) as Record<string, unknown>
  const draft = replaced((_table, url) => ({ url }))
  const uses = new Map(columnUse(draft).map(({ url, columns }) => [url, columns]))
  const sent = new Map([...found].map(([url, table]) => [url, used(table, uses.get(url))]))
  const tables = new Map([...found].map(([url, { rows }]) => [url, arrowTable(sent.get(url) ?? new Map(), rows)]))
  return {
    alone: replaced(({ columns, rows }) => ({ values: rowsIn(columns, rows) })),
    narrow: replaced(({ rows }, url) => ({ values: rowsIn(sent.get(url) ?? new Map(), rows) })),
    planned: replaced((_table, url) => ({ url: TABLE_SCHEME + (tables.get(url)?.sha256 ?? '') })),
    tables: [...tables.values()],
  }
}

/** Rows of which nothing is read keep their number by one column. */
function used({ columns }: Held, use: 'all' | readonly string[] = []): ReadonlyMap<string, ArrowColumn> {
  if (use === 'all') return columns
  const names = new Set(use)
  const kept = [...columns].filter(([name]) => names.has(name))
  return new Map(kept.length > 0 ? kept : [...columns].slice(0, 1))
}
