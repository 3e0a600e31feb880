import { DuckDBInstance } from '@duckdb/node-api'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Row } from '../answers.ts'
import { binsOf, type Bins } from '../bins.ts'
import type { Drawn } from '../charts.ts'

/** What a careful person gets from the same DuckDB by hand: typed columns in memory, one process, no protocol. */
export interface SqlPeer {
  rows(sql: string): Promise<readonly Row[]>
  bins(wanted: NonNullable<Drawn['bins']>): Promise<Readonly<Record<string, Bins>>>
  drawn(drawn: Drawn): Promise<readonly Row[]>
  close(): void
}

const cellOf = (cell: unknown): unknown =>
  typeof cell === 'bigint'
    ? Number(cell)
    : typeof cell === 'object' && cell !== null && 'micros' in cell
      ? Number(cell.micros) / 1000
      : cell

async function query(connection: DuckDBConnection, sql: string): Promise<readonly Row[]> {
  const reader = await connection.runAndReadAll(sql).catch((cause: unknown) => {
    throw new Error(`DuckDB refuses ${sql}`, { cause })
  })
  return reader
    .getRowObjects()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cellOf(cell)])))
}

export async function sqlPeer(parquet: string): Promise<SqlPeer> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  await connection.run(`create table flights as select * from read_parquet('${parquet}')`)
  const rows = (sql: string): Promise<readonly Row[]> => query(connection, sql)

  const bins: SqlPeer['bins'] = async (wanted) => {
    const asked = Object.entries(wanted)
    const same = asked.every(([, { where }]) => where === asked[0]?.[1].where)
    const part = ([name, { field }]: (typeof asked)[number]): string =>
      `min(${field})::double as "${name}_0", max(${field})::double as "${name}_1"`
    const statements = same ? [asked] : asked.map((one) => [one])
    const extents = await Promise.all(
      statements.map((list) =>
        rows(`select ${list.map(part).join(', ')} from flights where ${list[0]?.[1].where ?? ''}`),
      ),
    )
    const all: Row = Object.assign({}, ...extents.flat()) as Row
    return Object.fromEntries(
      asked.map(([name, { maxbins }]) => [name, binsOf([Number(all[`${name}_0`]), Number(all[`${name}_1`])], maxbins)]),
    )
  }

  return {
    rows,
    bins,
    drawn: async (drawn) => rows(drawn.sql(drawn.bins === undefined ? {} : await bins(drawn.bins))),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
