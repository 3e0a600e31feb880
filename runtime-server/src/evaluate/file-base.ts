import type { SourceTask, TaskId } from '@magpie-vega/protocol'
import type { Relation } from '@magpie-vega/dataflow'
import type { Computed } from '../cache.ts'
import type { ColumnTables } from '../columns/column-tables.ts'
import type { AttachedFile, LoadedTable } from '../engines/engine.ts'
import { parsingOf } from '../sources/format.ts'
import { fieldsMade, isLeftAlone, typeOfField } from '../sources/parse-columns.ts'
import type { Context, Parts } from './context.ts'
import { taskAt } from './graph.ts'

type Columns = 'all' | readonly string[]

/** What an open file takes beside its share of the engine's buffers, about. */
const OPEN_BYTES = 65_536

/** The columns wanted of a file, in the viewer's zone; undefined where the file cannot give them as the source would. */
const relationOf = (
  file: AttachedFile,
  columns: Columns,
  task: SourceTask,
  { timeZone }: Context,
): Relation | undefined => {
  const lacking = columns === 'all' ? file.omitted : file.omitted.filter((name) => columns.includes(name))
  const parsing = parsingOf(task.format)
  const parsed = file.columns.some(({ name, type }) => {
    const wanted = typeOfField(parsing, name)
    return wanted !== undefined && !isLeftAlone(wanted, type)
  })
  const known = [...file.columns.map(({ name }) => name), ...file.omitted]
  const made = fieldsMade(parsing, known).filter((name) => columns === 'all' || columns.includes(name))
  const relation = lacking.length > 0 || parsed || made.length > 0 ? undefined : file.relation(timeZone)
  if (relation === undefined || columns === 'all') return relation
  return { ...relation, columns: relation.columns.filter(({ name }) => columns.includes(name)) }
}

/** Gives `work` the open file of an uploaded table; undefined where there is none. */
export const withOpenFile = <R>(
  sha256: string,
  tables: ColumnTables,
  { cache, engine }: Pick<Parts, 'cache' | 'engine'>,
  signal: AbortSignal,
  work: (file: AttachedFile | undefined) => Promise<R>,
): Promise<R> => {
  const open = async (within: AbortSignal): Promise<Computed<AttachedFile | undefined>> => {
    const path = await tables.path(sha256)
    if (path === undefined) return { value: undefined, bytes: 64 }
    const file = await engine.attach(path, within)
    return { value: file, bytes: OPEN_BYTES, dispose: () => void file.drop().catch(() => undefined) }
  }
  return cache.use(`columns/${sha256}`, open, signal, work)
}

/**
 * Gives `work` the rows of an uploaded table in the file that the engine reads in place; `otherwise` for any other task, and where
 * there is no file that has them.
 */
export const withFile = async <R>(
  id: TaskId,
  columns: Columns,
  context: Context,
  parts: Parts,
  signal: AbortSignal,
  work: (loaded: LoadedTable) => Promise<R>,
  otherwise: () => Promise<R>,
): Promise<R> => {
  const task = taskAt(context.graph, id)
  const { columns: tables } = parts
  if (tables === undefined || task.kind !== 'source' || task.from.kind !== 'table') return otherwise()
  return withOpenFile(task.from.sha256, tables, parts, signal, async (file) => {
    const relation = file === undefined ? undefined : relationOf(file, columns, task, context)
    if (file === undefined || relation === undefined) return otherwise()
    return work({ relation, rows: file.rows, bytes: OPEN_BYTES, drop: () => Promise.resolve() })
  })
}
