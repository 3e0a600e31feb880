import duckdb from '@duckdb/node-bindings'
import { join } from 'node:path'
import { duckdb as dialect, print, type Query, type Relation, withoutUnused } from '@magpie-vega/dataflow'
import type { Table } from '../../runtime-server/src/arrow/table.ts'
import { buildColumns } from '../../runtime-server/src/columns/build-columns.ts'
import { attachFile } from '../../runtime-server/src/engines/duckdb/attach-file.ts'
import { openConfined } from '../../runtime-server/src/engines/duckdb/open-confined.ts'
import { type Form, readResult } from '../../runtime-server/src/engines/duckdb/read-result.ts'

/** A table in the engine, as a service has it: the steps of a query, one by one. */
export interface OpenColumns {
  readonly relation: Relation
  /** What the engine found, still in its own memory. */
  ask(query: Query): Promise<duckdb.Result>
  read(result: duckdb.Result, names: readonly string[], forms: readonly Form[]): Promise<Table>
  close(): void
}

/** Writes the file of columns of an Arrow stream into the folder, and opens it. */
export const openColumns = async (arrow: string, folder: string): Promise<OpenColumns> => {
  const file = join(folder, 'bench.duckdb')
  const means = { memoryLimit: '4GB', threads: 2, tempDirectory: join(folder, 'spill') }
  await buildColumns({ ...means, directory: '/', arrow, file })
  const database = await openConfined({ ...means, directory: folder })
  const connection = await duckdb.connect(database)
  const run = (sql: string): Promise<duckdb.Result> => duckdb.query(connection, sql)
  const read: OpenColumns['read'] = async (result, names, forms) => {
    const { rows, columns } = await readResult(result, forms)
    const vectors = columns.map((column, index) => ({ ...column, name: names[index] ?? '', nulls: 'null' as const }))
    return { rows, columns: vectors }
  }
  const attached = await attachFile(file, 'flights', run, run, async (sql, columns) =>
    read(
      await run(sql),
      columns.map(({ name }) => name),
      columns.map(({ type }) => type),
    ),
  )
  const relation = attached.relation('UTC')
  if (relation === undefined) throw new Error('The flights cannot be read in UTC')
  return {
    relation,
    ask: (query) => run(print(withoutUnused(query), dialect)),
    read,
    close: () => {
      duckdb.disconnect_sync(connection)
      duckdb.close_sync(database)
    },
  }
}
