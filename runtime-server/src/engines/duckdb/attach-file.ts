import type duckdb from '@duckdb/node-bindings'
import type { Column } from '@magpie-vega/dataflow'
import type { Table } from '../../arrow/table.ts'
import { type FileTable, FORMAT_VERSION } from '../../columns/file-column.ts'
import { fileRelation, viewColumns } from '../../columns/file-relation.ts'
import type { AttachedFile } from '../engine.ts'

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

const aboutOf = ({ columns: [found] }: Table): FileTable => {
  const text = found?.cells.type === 'json' ? found.cells.values[0] : undefined
  const about = JSON.parse(text ?? 'null') as FileTable | null
  if (about?.version !== FORMAT_VERSION) throw new Error('The file of columns is of another version')
  return about
}

type Run = (sql: string) => Promise<duckdb.Result>
type Read = (sql: string, columns: readonly Pick<Column, 'name' | 'type'>[]) => Promise<Table>

/** Opens a file of columns under names that begin with `prefix`. `runAlways`: nobody can cancel what has to be cleared away. */
export const attachFile = async (
  path: string,
  prefix: string,
  run: Run,
  runAlways: Run,
  read: Read,
): Promise<AttachedFile> => {
  const database = `${prefix}_file`
  await run(`attach ${quoted(path)} as ${database} (read_only)`)
  try {
    const about = aboutOf(await read(`select json from ${database}.about`, [{ name: 'json', type: 'json' }]))
    await run(`create view ${prefix} as select ${viewColumns(about, prefix).join(', ')} from ${database}.rows`)
    return {
      columns: about.columns,
      omitted: about.omitted,
      rows: about.rows,
      relation: (timeZone) => fileRelation(about, prefix, timeZone),
      drop: async () => {
        await runAlways(`drop view if exists ${prefix}`)
        await runAlways(`detach ${database}`)
      },
    }
  } catch (cause) {
    await runAlways(`detach ${database}`)
    throw cause
  }
}
