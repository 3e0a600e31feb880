import duckdb from '@duckdb/node-bindings'

/** Means of a database in memory, and the one directory where it may open files; without, it opens none. */
export interface Confines {
  /** As DuckDB writes it, such as `4GB`. */
  readonly memoryLimit: string
  readonly threads: number
  /** Where what does not fit into memory goes; empty: nowhere. */
  readonly tempDirectory: string
  readonly directory?: string | undefined
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A database in memory whose settings nobody can change any more. */
export const openConfined = async (confines: Confines): Promise<duckdb.Database> => {
  const { memoryLimit, threads, tempDirectory, directory } = confines
  const config = duckdb.create_config()
  const settings = {
    memory_limit: memoryLimit,
    threads: String(threads),
    temp_directory: tempDirectory,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Groups by small integers of so many bits together are found by index: linked charts group by three or four of them at once.
    perfect_ht_threshold: '16',
    ...(directory === undefined && { enable_external_access: 'false', lock_configuration: 'true' }),
  }
  for (const [name, value] of Object.entries(settings)) duckdb.set_config(config, name, value)
  const database = await duckdb.open(':memory:', config)
  if (directory === undefined) return database
  const connection = await duckdb.connect(database)
  try {
    // A list is no value that a configuration takes.
    await duckdb.query(connection, `set allowed_directories = [${quoted(directory)}]`)
    await duckdb.query(connection, 'set enable_external_access = false')
    await duckdb.query(connection, 'set lock_configuration = true')
  } finally {
    duckdb.disconnect_sync(connection)
  }
  return database
}
