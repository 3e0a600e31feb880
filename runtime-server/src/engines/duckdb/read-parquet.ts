import duckdb from '@duckdb/node-bindings'
import { setImmediate } from 'node:timers/promises'
import { MagpieError } from '@magpie-vega/protocol'
import type { Instant } from '../../arrow/arrow-values.ts'
import type { Cells, Table, Vector } from '../../arrow/table.ts'
import { readResult } from './read-result.ts'

interface ParquetColumn {
  readonly name: string
  readonly type: Cells['type']
  /** The value as SQL of the type that `readResult` expects. */
  readonly sql: string
  /** A date without a zone: a wall time of the viewer's. */
  readonly wall: boolean
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE)$/
const NESTED = /(\[\d*\]$)|^(STRUCT|MAP|UNION)\(|^JSON$/
const milliseconds = (id: string): string => `floor(epoch_us(${id})::double / 1000)`

const columnOf = (name: string, type: string): ParquetColumn => {
  const id = quoted(name)
  const of = (cells: Cells['type'], sql: string, wall = false): ParquetColumn => ({ name, type: cells, sql, wall })
  if (NESTED.test(type)) return of('json', `to_json(${id})::varchar`)
  if (NUMBER.test(type)) return of('number', `${id}::double`)
  // A cast from DECIMAL to DOUBLE may be off by one unit in the last place; one from text is not.
  if (type.startsWith('DECIMAL')) return of('number', `${id}::varchar::double`)
  if (type === 'VARCHAR' || type === 'UUID' || type.startsWith('ENUM')) return of('string', `${id}::varchar`)
  if (type === 'BOOLEAN') return of('boolean', id)
  if (type === 'DATE' || type.startsWith('TIMESTAMP')) {
    const zoned = type.includes('WITH TIME ZONE')
    return of('date', milliseconds(zoned ? id : `${id}::timestamp`), !zoned)
  }
  throw new MagpieError('unsupported', `The column ${name} has the type ${type}, which a chart cannot show`, {
    place: name,
    remedy: 'Convert the column to numbers, text or timestamps.',
  })
}

/** Closes everything to a connection but this one file. */
const confine = async (connection: duckdb.Connection, path: string): Promise<void> => {
  const settings = [
    'autoinstall_known_extensions = false',
    'autoload_known_extensions = false',
    `allowed_paths = [${text(path)}]`,
    'enable_external_access = false',
    'lock_configuration = true',
  ]
  for (const setting of settings) await duckdb.query(connection, `set ${setting}`)
}

const describeColumns = async (
  connection: duckdb.Connection,
  file: string,
  wanted: 'all' | readonly string[],
): Promise<readonly ParquetColumn[]> => {
  const sql = `select column_name, column_type from (describe select * from ${file})`
  const { columns, rows } = await readResult(await duckdb.query(connection, sql), ['string', 'string'])
  const [names, types] = columns.map(({ cells }) => cells)
  if (names?.type !== 'string' || types?.type !== 'string') return []
  return Array.from({ length: rows }, (_, row) => ({
    name: names.dictionary[names.codes[row] ?? 0] ?? '',
    type: types.dictionary[types.codes[row] ?? 0] ?? '',
  }))
    .filter(({ name }) => wanted === 'all' || wanted.includes(name))
    .map(({ name, type }) => columnOf(name, type))
}

/** Rows moved to another zone between two pauses for the event loop. */
const ROWS_PER_TURN = 100_000

const instants = async (walls: Float64Array, instant: Instant): Promise<Float64Array> => {
  const times = new Float64Array(walls.length)
  for (let row = 0; row < walls.length; row++) {
    if (row % ROWS_PER_TURN === ROWS_PER_TURN - 1) await setImmediate()
    times[row] = instant(walls[row] ?? Number.NaN)
  }
  return times
}

const vectorOf = async (
  { name, wall }: ParquetColumn,
  { cells, valid }: Pick<Vector, 'cells' | 'valid'>,
  instant: Instant,
): Promise<Vector> => {
  const moved =
    wall && cells.type === 'date' ? { type: cells.type, values: await instants(cells.values, instant) } : cells
  return { name, cells: moved, valid, nulls: 'null' }
}

const unreadable = (path: string, cause: unknown): MagpieError =>
  new MagpieError(
    'source-unreadable',
    `The Parquet file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    { place: path, remedy: 'Check that the file is complete.', cause },
  )

/**
 * The rows of a Parquet file with the columns wanted, in the order of the file. Dates and timestamps without a zone are wall
 * times, made instants by `instant`; nested values are what JSON makes of them.
 */
export const readParquet = async (
  path: string,
  wanted: 'all' | readonly string[],
  instant: Instant,
  signal: AbortSignal,
): Promise<Table> => {
  const database = await duckdb.open(':memory:')
  const connection = await duckdb.connect(database)
  const interrupt = (): void => duckdb.interrupt(connection)
  signal.addEventListener('abort', interrupt, { once: true })
  try {
    await confine(connection, path)
    signal.throwIfAborted()
    const file = `read_parquet(${text(path)})`
    const columns = await describeColumns(connection, file, wanted)
    // A result needs a column, also when none is wanted: the rows still count.
    const outputs = columns.length === 0 ? ['true'] : columns.map((column) => column.sql)
    const sql = `select ${outputs.join(', ')} from ${file}`
    const read = await readResult(
      await duckdb.query(connection, sql),
      columns.map(({ type }) => type),
    )
    const vectors = columns.flatMap((column, index) => {
      const found = read.columns[index]
      return found === undefined ? [] : [vectorOf(column, found, instant)]
    })
    return { rows: read.rows, columns: await Promise.all(vectors) }
  } catch (cause) {
    if (signal.aborted) throw new MagpieError('cancelled', 'The request was cancelled', { cause })
    throw cause instanceof MagpieError ? cause : unreadable(path, cause)
  } finally {
    signal.removeEventListener('abort', interrupt)
    duckdb.disconnect_sync(connection)
    duckdb.close_sync(database)
  }
}
