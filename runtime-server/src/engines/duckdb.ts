import { setMaxListeners } from 'node:events'
import duckdb from '@duckdb/node-bindings'
import { type Column, duckdb as dialect, print, type Query, type Relation, withoutUnused } from '@magpie-vega/dataflow'
import { type Table, tableBytes } from '../arrow/table.ts'
import { rowsFromTable } from '../arrow/table-to-rows.ts'
import { attachFile } from './duckdb/attach-file.ts'
import { columnsOf, nullsOf } from './duckdb/columns.ts'
import { createConnections } from './duckdb/connections.ts'
import { deriveTable } from './duckdb/derive-table.ts'
import { layoutOf, partsOf } from './duckdb/joint-rows.ts'
import { appendTable, SQL_TYPE } from './duckdb/load-table.ts'
import { type Confines, openConfined } from './duckdb/open-confined.ts'
import type { ReadQuery } from './duckdb/read-query.ts'
import { type Form, readResult } from './duckdb/read-result.ts'
import { rowsQuery, SQL_CAST } from './duckdb/rows-query.ts'
import type { Engine } from './engine.ts'

export interface DuckdbOptions extends Confines {
  /** Statements that run at a time. Keep it below libuv's thread pool, which they occupy. */
  readonly maxQueries: number
}

const never = new AbortController().signal
setMaxListeners(0, never)

const selection = (relation: Relation, wanted: 'all' | readonly string[]) => {
  const names = wanted === 'all' ? undefined : new Set(wanted)
  return relation.columns.filter((column) => names === undefined || names.has(column.name))
}

const readTable = async (
  result: duckdb.Result,
  columns: readonly Pick<Column, 'name' | 'type' | 'absent' | 'missing'>[],
  forms: readonly Form[] = columns.map(({ type }) => type),
): Promise<Table> => {
  const read = await readResult(result, forms)
  const vectors = columns.map((column, index) => {
    const { cells, valid } = read.columns[index] ?? { cells: { type: 'json' as const, values: [] }, valid: undefined }
    return { name: column.name, cells, valid, nulls: nullsOf(column) }
  })
  return { rows: read.rows, columns: vectors }
}

const isNumbered = (column: Column | undefined): column is Column => column !== undefined && column.type !== 'json'

/** About what a value takes. */
const CELL_BYTES = 8

/** About what a row of a kept table takes. */
const rowBytes = ({ columns, codes = [], stored = {} }: Relation): number => {
  const coded = new Set(codes.flatMap((code) => code.columns))
  const bytes = columns.map(({ id, type }): number =>
    coded.has(id) ? 0 : stored[id] ? 4 : type === 'string' || type === 'json' ? 16 : 8,
  )
  return bytes.reduce((sum, one) => sum + one, 8) + codes.length * 2
}

/** DuckDB, embedded. It opens no address, and no file but those of columns: other rows come and go through memory. */
export const openDuckdb = async (options: DuckdbOptions): Promise<Engine> => {
  const database = await openConfined(options)
  const connections = createConnections(database, options.maxQueries)
  let tables = 0

  const run = (sql: string, signal: AbortSignal): Promise<duckdb.Result> =>
    connections.use(signal, (connection) => duckdb.query(connection, sql))
  /** A result is read before its connection is given back: it lives in the memory of the database. */
  const read = (
    sql: string,
    columns: Parameters<typeof readTable>[1],
    signal: AbortSignal,
    forms?: readonly Form[],
  ): Promise<Table> =>
    connections.use(signal, async (connection) => readTable(await duckdb.query(connection, sql), columns, forms))

  const countOf = async (table: string, signal: AbortSignal): Promise<number> => {
    const sql = `select count(*)::double from ${table}`
    const counted = await read(sql, [{ name: 'rows', type: 'number' }], signal)
    return Number(rowsFromTable(counted)[0]?.['rows'])
  }
  const materialized = async (relation: Relation, columns: readonly Column[], name: string, signal: AbortSignal) => {
    const ids = [relation.order, ...(relation.ids === undefined ? [] : [relation.ids]), ...columns.map(({ id }) => id)]
    const query: Query = {
      kind: 'select',
      from: relation.query,
      columns: [...new Set(ids)].map((id) => ({ id, expr: { kind: 'column', id } })),
    }
    const drop = async (): Promise<void> => void (await run(`drop table if exists ${name}`, never))
    await run(`create table ${name} as ${print(withoutUnused(query), dialect)}`, signal)
    const { order, ids: ties, rows } = relation
    const held: Relation = { columns, query: { kind: 'table', name }, order }
    return { relation: { ...held, ...(ties && { ids: ties }), ...(rows === undefined ? {} : { rows }) }, drop }
  }

  return {
    name: 'duckdb',
    capabilities: { ordered: true, load: true },
    load: async (table, signal) => {
      const prefix = `t${++tables}`
      const columns = await columnsOf(table, prefix)
      const order = `${prefix}_rn`
      const definitions = [...columns.map(({ id, type }) => `${id} ${SQL_TYPE[type]}`), `${order} integer`]
      const drop = async (): Promise<void> => void (await run(`drop table if exists ${prefix}`, never))
      await run(`create table ${prefix} (${definitions.join(', ')})`, signal)
      try {
        await connections.use(signal, (connection) => appendTable(connection, prefix, table, signal))
      } catch (cause) {
        await drop()
        throw cause
      }
      const query: Query = { kind: 'table', name: prefix }
      return {
        relation: { columns, query, order, counted: query, rows: table.rows },
        rows: table.rows,
        bytes: tableBytes(table),
        drop,
      }
    },
    attach: (path, signal) =>
      attachFile(
        path,
        `t${++tables}`,
        (sql) => run(sql, signal),
        (sql) => run(sql, never),
        (sql, columns) => read(sql, columns, signal),
      ),
    keep: async (relation, names, groupings, signal) => {
      const prefix = `t${++tables}`
      const columns = selection(relation, names)
      const grouped = groupings.map((grouping) => grouping.map((name) => columns.find((one) => one.name === name)))
      const readQuery: ReadQuery = (query, types) => read(print(withoutUnused(query), dialect), types, signal)
      const drop = async (): Promise<void> => void (await run(`drop table if exists ${prefix}`, never))
      // What is costly about the rows is computed once, and then looked at several times.
      const { relation: computed, drop: done } = await materialized(relation, columns, `${prefix}_all`, signal)
      try {
        const { query, relation: kept } = await deriveTable(
          computed,
          columns,
          grouped.flatMap((grouping) => (grouping.every(isNumbered) && grouping.length > 0 ? [grouping] : [])),
          prefix,
          readQuery,
        )
        await run(`create table ${prefix} as ${print(withoutUnused(query), dialect)}`, signal)
        const rows = await countOf(prefix, signal)
        return { relation: { ...kept, rows }, rows, bytes: rows * rowBytes(kept), drop }
      } finally {
        await done()
      }
    },
    materialize: async (query, signal) => {
      const name = `t${++tables}`
      await run(`create table ${name} as ${print(withoutUnused(query), dialect)}`, signal)
      const drop = async (): Promise<void> => void (await run(`drop table if exists ${name}`, never))
      const rows = await countOf(name, signal)
      const columns = query.kind === 'select' ? query.columns.length : 1
      return { query: { kind: 'table', name }, rows, bytes: rows * columns * CELL_BYTES, drop }
    },
    rows: async (relation, wanted, signal) => {
      const { query, columns, forms } = rowsQuery(relation, selection(relation, wanted))
      return read(print(withoutUnused(query), dialect), columns, signal, forms)
    },
    jointRows: async (reads, joint, signal) => {
      const parts = reads.map(({ relation, columns }) => ({
        columns: selection(relation, columns),
        order: relation.order,
      }))
      const layout = layoutOf(joint, parts, (type) => SQL_CAST[type])
      const all = await read(print(withoutUnused(layout.query), dialect), layout.slots, signal)
      return partsOf(all, layout, parts)
    },
    text: (query) => print(query, dialect),
    close: async () => {
      await connections.close()
      duckdb.close_sync(database)
    },
  }
}
