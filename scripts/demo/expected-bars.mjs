import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { ROOT } from '../setup/run.mjs'

const FILE = process.env.MAGPIE_FLIGHTS ?? join(ROOT, 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet')

/** The start of each view's bin, written by hand and apart from Magpie. */
const BINS = {
  distance: 'floor(distance / 100) * 100',
  delay: 'floor(least(greatest(delay, -60), 179) / 10.0) * 10',
  hour: 'hour(date)',
}

/**
 * The bars of one histogram as DuckDB counts them: start of the bin → flights.
 * @param {'distance' | 'delay' | 'hour'} view
 * @param {readonly [number, number] | undefined} extent of a brush over the distances, both ends included
 * @returns {Promise<Map<number, number>>}
 */
export async function expectedBars(view, extent) {
  const connection = await (await DuckDBInstance.create()).connect()
  const where = extent === undefined ? '' : `where distance between ${Math.min(...extent)} and ${Math.max(...extent)}`
  const sql = `select (${BINS[view]})::double, count(*)::double from read_parquet('${FILE.replaceAll("'", "''")}') ${where} group by 1`
  const rows = (await connection.runAndReadAll(sql)).getRowsJS()
  connection.closeSync()
  return new Map(rows)
}
