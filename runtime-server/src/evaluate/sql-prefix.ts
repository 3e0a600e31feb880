import { compileTransform, type Output, reason, type Reason, type Relation } from '@magpie-vega/dataflow'
import type { Scalar, TaskId, TransformTask } from '@magpie-vega/protocol'
import { tableBytes } from '../arrow/table.ts'
import { rowsFromTable } from '../arrow/table-to-rows.ts'
import type { LoadedTable } from '../engines/engine.ts'
import { baseTable } from './base-table.ts'
import { type Context, fingerprintOf, type Parts, rowsKey, type Values } from './context.ts'
import { type Chain, transformAt } from './graph.ts'

/** Data sets with more rows than this are not written into a statement. */
const MAX_ROWS_IN_STATEMENT = 10_000
/** Loaded rows up to this size are kept in memory as well. */
const KEPT_BYTES = 2 ** 24

/** The steps of a chain that one SQL statement does, and why it ends there. */
export interface Prefix {
  readonly relation: Relation
  /** Steps done. */
  readonly done: number
  /** Why the next step is not done; undefined when all are. */
  readonly reason: Reason | undefined
  /** What the last step writes to its `signal`. */
  readonly output: Output | undefined
}

interface Read {
  readonly signals: Readonly<Record<string, Scalar>>
  readonly data: Readonly<Record<string, readonly Readonly<Record<string, Scalar>>[]>>
}

const readBindings = async (
  task: TransformTask,
  context: Context,
  values: Values,
  signal: AbortSignal,
): Promise<Read | Reason> => {
  const signals = Object.entries(task.signals).map(async ([name, id]) => [
    name,
    await values.scalar(context, id, signal),
  ])
  const data: [string, readonly Readonly<Record<string, Scalar>>[]][] = []
  for (const [name, id] of Object.entries(task.data)) {
    const table = await values.table(context, id, 'all', signal)
    if (table.rows > MAX_ROWS_IN_STATEMENT) return reason('the transform reads a large data set', name)
    data.push([name, rowsFromTable(table)])
  }
  return { signals: Object.fromEntries(await Promise.all(signals)), data: Object.fromEntries(data) }
}

const freshIdentifiers = (): (() => string) => {
  let count = 0
  return () => `x${++count}`
}

const compileChain = async (
  base: Relation,
  steps: readonly TaskId[],
  context: Context,
  values: Values,
  signal: AbortSignal,
): Promise<Prefix> => {
  const fresh = freshIdentifiers()
  let prefix: Prefix = { relation: base, done: 0, reason: undefined, output: undefined }
  for (const step of steps) {
    const task = transformAt(context.graph, step)
    const read = await readBindings(task, context, values, signal)
    if ('reason' in read) return { ...prefix, reason: read }
    const build = { ...read, relations: {}, timeZone: context.timeZone, fresh }
    const compiled = compileTransform(task.definition, prefix.relation, build)
    if ('reason' in compiled) return { ...prefix, reason: compiled }
    const { relation, output } = compiled
    prefix = { relation, done: prefix.done + 1, reason: undefined, output }
  }
  return prefix
}

/** Gives `work` the longest prefix of a chain that SQL does exactly; the tables it reads stay while `work` runs. */
export const withPrefix = <R>(
  { base, steps }: Chain & { readonly base: TaskId },
  context: Context,
  parts: Parts,
  values: Values,
  signal: AbortSignal,
  work: (prefix: Prefix) => Promise<R>,
): Promise<R> => {
  const load = async (within: AbortSignal) => {
    const table = await baseTable(context, base, parts, values, within)
    const bytes = tableBytes(table)
    // Vega may need the rows too: few are kept, many are rather read again.
    const keep = bytes <= KEPT_BYTES ? rowsKey(context, base, 'all') : undefined
    if (keep !== undefined) await parts.cache.getOrCompute(keep, async () => ({ value: table, bytes }), within)
    const loaded = await parts.engine.load(table, within)
    return { value: loaded, bytes: loaded.bytes, dispose: () => void loaded.drop().catch(() => undefined) }
  }
  return parts.cache.use(`relation/${fingerprintOf(context, base)}`, load, signal, async (loaded: LoadedTable) =>
    work(await compileChain(loaded.relation, steps, context, values, signal)),
  )
}
