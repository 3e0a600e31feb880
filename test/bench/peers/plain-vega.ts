import { DuckDBInstance } from '@duckdb/node-api'
import { parse, View } from 'vega'
import type { Spec as VegaSpec } from 'vega'
import type { Row } from '../answers.ts'
import { withFlights, type Spec } from '../charts.ts'

/** Rows as Vega holds them: objects, with dates as Dates. They are in memory before the clock starts. */
export async function rowsInMemory(parquet: string): Promise<readonly Row[]> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(
    `select delay, distance, epoch_ms(time)::double as time, airline, origin from read_parquet('${parquet}')`,
  )
  const rows = reader.getRowObjects().map((row) => ({ ...row, time: new Date(Number(row['time'])) }))
  connection.closeSync()
  instance.closeSync()
  return rows
}

/** A View without a picture, run once. */
export async function plainVega(spec: Spec, rows: readonly Row[]): Promise<View> {
  const filled = withFlights(spec, { values: rows })
  const view = new View(parse(filled as unknown as VegaSpec), { renderer: 'none' })
  await view.runAsync()
  return view
}

/** A copy of the rows of a data set: Vega's own change with the View. */
export const rowsOf = (view: View, data: string): readonly Row[] =>
  (view.data(data) as readonly Row[]).map((row) => ({ ...row }))
