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

class NotYet extends Error {}

/** Gives `work` the open file of an uploaded table; undefined where there is none, `building` where there is none yet. */
export const withOpenFile = async <R>(
  sha256: string,
  tables: ColumnTables,
  { cache, engine }: Pick<Parts, 'cache' | 'engine'>,
  signal: AbortSignal,
  work: (file: AttachedFile | 'building' | undefined) => Promise<R>,
): Promise<R> => {
  const open = async (within: AbortSignal): Promise<Computed<AttachedFile | undefined>> => {
    const path = await tables.path(sha256)
    if (path === 'building') throw new NotYet('The file is being built')
    if (path === undefined) return { value: undefined, bytes: 64 }
    const file = await engine.attach(path, within)
    return { value: file, bytes: OPEN_BYTES, dispose: () => void file.drop().catch(() => undefined) }
  }
  let begun = false
  const begin = (file: AttachedFile | undefined): Promise<R> => {
    begun = true
    return work(file)
  }
  try {
    return await cache.use(`columns/${sha256}`, open, signal, begin)
  } catch (cause) {
    // What is thrown is not kept: the next question looks for the file again.
    if (begun || !(cause instanceof NotYet)) throw cause
    return work('building')
  }
}

/** Rows without a file that the engine reads in place; for the time being, where there will be one. */
export type Otherwise<R> = (forNow: boolean) => Promise<R>

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
  otherwise: Otherwise<R>,
): Promise<R> => {
  const task = taskAt(context.graph, id)
  const { columns: tables } = parts
  if (tables === undefined || task.kind !== 'source' || task.from.kind !== 'table') return otherwise(false)
  return withOpenFile(task.from.sha256, tables, parts, signal, async (file) => {
    if (file === undefined || file === 'building') return otherwise(file === 'building')
    const relation = relationOf(file, columns, task, context)
    if (relation === undefined) return otherwise(false)
    return work({ relation, rows: file.rows, bytes: OPEN_BYTES, drop: () => Promise.resolve() })
  })
}
