import duckdb from '@duckdb/node-bindings'
import { arrowSlices } from '../arrow/arrow-slices.ts'
import type { Table } from '../arrow/table.ts'
import { type Confines, openConfined } from '../engines/duckdb/open-confined.ts'
import { addSlice, fileColumns } from './add-slice.ts'
import { columnFacts } from './column-facts.ts'
import { type FileColumn, type FileTable, FORMAT_VERSION } from './file-column.ts'
import { isTimeEverywhere, arrowColumns } from './storable.ts'

/** What is to be built from what, and with which means; both files are in the directory, or below. */
export interface BuildJob extends Confines {
  /** The Arrow IPC stream. */
  readonly arrow: string
  /** The file of columns; must not exist. */
  readonly file: string
}

/** Rows that are in memory at a time, a little more at most. */
const SLICE_ROWS = 2 ** 20
const asIs = (wall: number): number => wall
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

interface Learned {
  readonly columns: readonly FileColumn[]
  readonly omitted: readonly string[]
  readonly rows: number
  /** All of the rows, where they are one slice. */
  readonly whole: Table | undefined
}

/** Looks at all values. */
const learn = async (arrow: string): Promise<Learned> => {
  const all = await arrowColumns(arrow)
  const { storable } = all
  if (new Set(all.names).size < all.names.length) throw new Error('Two columns have the same name')
  const names = storable.map(({ name }) => name)
  const facts = storable.map(({ name, type, wall }) => columnFacts(name, type, wall))
  let [rows, whole]: [number, Table | undefined] = [0, undefined]
  for await (const slice of arrowSlices(arrow, names, asIs, SLICE_ROWS)) {
    slice.columns.forEach((vector, index) => facts[index]?.add(vector, slice.rows))
    whole = rows === 0 ? slice : undefined
    rows += slice.rows
  }
  const columns = facts.map((fact, index) => fact.column(index)).filter(isTimeEverywhere)
  const omitted = all.names.filter((name) => columns.every((column) => column.name !== name))
  return { columns, omitted, rows, whole }
}

/** Writes the rows of an Arrow IPC stream as a DuckDB database: a table `rows`, and in `about` what it says of itself. */
export const buildColumns = async (job: BuildJob): Promise<void> => {
  const { columns, omitted, rows, whole } = await learn(job.arrow)
  const database = await openConfined(job)
  const connection = await duckdb.connect(database)
  const run = (sql: string): Promise<duckdb.Result> => duckdb.query(connection, sql)
  try {
    await run(`attach ${quoted(job.file)} as file`)
    await run(`create table file.rows (${fileColumns(columns).join(', ')})`)
    const names = columns.map(({ name }) => name)
    const slices = whole === undefined ? arrowSlices(job.arrow, names, asIs, SLICE_ROWS) : [whole]
    let before = 0
    for await (const slice of slices) {
      await addSlice(connection, slice, columns, before)
      before += slice.rows
    }
    const about: FileTable = { version: FORMAT_VERSION, rows, columns, omitted }
    await run(`create table file.about as select ${quoted(JSON.stringify(about))} as json`)
    await run('detach file')
  } finally {
    duckdb.disconnect_sync(connection)
    duckdb.close_sync(database)
  }
}
