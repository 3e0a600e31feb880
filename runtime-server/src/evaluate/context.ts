import type { Reason } from '@magpie-vega/dataflow'
import { MagpieError, type Scalar, type TaskGraph, type TaskId } from '@magpie-vega/protocol'
import type { Table } from '../arrow/table.ts'
import type { Cache } from '../cache.ts'
import type { ColumnTables } from '../columns/column-tables.ts'
import type { Engine } from '../engines/engine.ts'
import type { Sources } from '../sources/sources.ts'
import type { VegaPool } from '../vega/vega-pool.ts'
import type { Loads } from './loads.ts'
import type { Needs } from './needs.ts'

/** A graph with everything that its values depend on. Equal fingerprints mean equal values. */
export interface Context {
  readonly graph: TaskGraph
  readonly roots: ReadonlyMap<TaskId, Scalar>
  readonly fingerprints: readonly string[]
  readonly timeZone: string
  /** The fields that the request reads. */
  readonly needs: Needs
}

/** Told which engine computed a task, and why it was not SQL. */
export type OnTask = (task: TaskId, engine: 'sql' | 'vega', reason?: Reason) => void

/** Which tables of computed columns are kept. */
export interface KeptTables {
  /** Over fewer rows nothing is: to compute them anew takes few milliseconds. */
  readonly minRows: number
  readonly maxBytes: number
  /** Are groups kept, too, by the columns whose tests change again and again? */
  readonly partial: boolean
}

/** What evaluation works with. */
export interface Parts {
  readonly cache: Cache
  readonly engine: Engine
  readonly vega: VegaPool
  readonly sources: Sources
  /** Uploaded tables in files that the engine reads in place; absent: all are read into memory. */
  readonly columns?: ColumnTables | undefined
  readonly loads: Loads
  readonly kept: KeptTables
  /** `auto`: SQL as far as it is exact. `vega`: everything in Vega. `sql`: an error where SQL is not exact. */
  readonly mode: 'auto' | 'sql' | 'vega'
  readonly onTask: OnTask
}

/** Values of tasks, from the cache where they are known. */
export interface Values {
  scalar(context: Context, task: TaskId, signal: AbortSignal): Promise<Scalar>
  table(context: Context, task: TaskId, columns: 'all' | readonly string[], signal: AbortSignal): Promise<Table>
}

export const fingerprintOf = (context: Context, task: TaskId): string => {
  const fingerprint = context.fingerprints[task]
  if (fingerprint === undefined) throw new MagpieError('bad-request', `There is no task ${task}`)
  return fingerprint
}

/** The columns of a task's rows that the request may read. */
export const columnsRead = ({ needs }: Context, task: TaskId): 'all' | readonly string[] => {
  const fields = needs.get(task) ?? 'all'
  return fields === 'all' ? 'all' : [...fields].sort()
}

/** What the rows of a task are cached under. */
export const rowsKey = (context: Context, task: TaskId, columns: 'all' | readonly string[]): string =>
  `rows/${fingerprintOf(context, task)}/${columnsKey(columns)}`

/** The same for the same set of columns. */
export const columnsKey = (columns: 'all' | readonly string[]): string =>
  columns === 'all' ? 'all' : JSON.stringify([...columns].sort())
