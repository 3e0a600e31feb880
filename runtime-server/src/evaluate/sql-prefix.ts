import {
  type Build,
  type Compiled,
  compileTransform,
  type Output,
  type Question,
  reason,
  type Reason,
  type Relation,
} from '@magpie-vega/dataflow'
import type { Scalar, TaskId, TransformTask } from '@magpie-vega/protocol'
import { rowsFromTable } from '../arrow/table-to-rows.ts'
import { withBase } from './base-relation.ts'
import { columnsRead, type Context, type Parts, type Values } from './context.ts'
import { type Chain, chainOf, transformAt } from './graph.ts'
import { isWorthKeeping, keptPart } from './kept-part.ts'
import { keptShare, sharedPart } from './shared-part.ts'
import { staticPart } from './static-part.ts'
import { type TablesRead, tablesReadBy, withTables } from './tables-read.ts'

/** Data sets with more rows than this are not written into a statement. */
const MAX_ROWS_IN_STATEMENT = 10_000

/** The steps of a chain that one SQL statement does, and why it ends there: where it does not do all, not after a sort. */
export interface Prefix {
  readonly relation: Relation
  /** Steps done. */
  readonly done: number
  /** Why the next step is not done; undefined when all are. */
  readonly reason: Reason | undefined
  /** What the last step writes to its `signal`. */
  readonly output: Output | undefined
  /** What each of the steps writes to its `signal`. */
  readonly outputs: ReadonlyMap<TaskId, Output>
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
  const tables = tablesReadBy(task)
  for (const [name, id] of Object.entries(task.data)) {
    if (tables.includes(name)) continue
    const table = await values.table(context, id, columnsRead(context, id), signal)
    if (table.rows > MAX_ROWS_IN_STATEMENT) return reason('the transform reads a large data set', name)
    data.push([name, rowsFromTable(table)])
  }
  return { signals: Object.fromEntries(await Promise.all(signals)), data: Object.fromEntries(data) }
}

const freshIdentifiers = (): (() => string) => {
  let count = 0
  return () => `x${++count}`
}

/** What a transform becomes, with its questions answered. */
const compileStep = async (
  { definition }: TransformTask,
  input: Relation,
  build: Build,
  { engine }: Parts,
  signal: AbortSignal,
): Promise<Exclude<Compiled, Question>> => {
  let compiled = compileTransform(definition, input, build)
  while ('ask' in compiled) {
    compiled = compiled.answered(rowsFromTable(await engine.rows(compiled.ask, 'all', signal)))
  }
  return compiled
}

const compileChain = async (
  base: Relation,
  steps: readonly TaskId[],
  tables: TablesRead,
  context: Context,
  parts: Parts,
  values: Values,
  signal: AbortSignal,
): Promise<Prefix> => {
  const fresh = freshIdentifiers()
  let prefix: Prefix = { relation: base, done: 0, reason: undefined, output: undefined, outputs: new Map() }
  let asMade = prefix
  for (const step of steps) {
    const task = transformAt(context.graph, step)
    const read = await readBindings(task, context, values, signal)
    if ('reason' in read) return { ...asMade, reason: read }
    const relations = Object.fromEntries(
      Object.entries(task.data).flatMap(([name, id]) => {
        const relation = tables.get(id)
        return relation === undefined ? [] : [[name, relation]]
      }),
    )
    const build = { ...read, relations, timeZone: context.timeZone, fresh }
    const compiled = await compileStep(task, prefix.relation, build, parts, signal)
    if ('reason' in compiled) return { ...asMade, reason: compiled }
    const { relation, output } = compiled
    const outputs = output === undefined ? prefix.outputs : new Map([...prefix.outputs, [step, output]])
    prefix = { relation, done: prefix.done + 1, reason: undefined, output, outputs }
    if (isAsMade(relation)) asMade = prefix
  }
  return prefix
}

/** Are the rows in the order in which Vega made them? By that it breaks the ties of later sorts, so it must be given them so. */
const isAsMade = ({ ids }: Relation): boolean => ids === undefined

/** No rows, for transforms that make their own. */
const NOTHING: Relation = { columns: [], query: { kind: 'values', ids: ['n0'], rows: [] }, order: 'n0', rows: 0 }

/** Gives `work` the longest prefix of a chain that SQL does exactly; the tables it reads stay while `work` runs. */
export const withPrefix = <R>(
  chain: Chain,
  output: 'rows' | 'signal',
  context: Context,
  parts: Parts,
  values: Values,
  signal: AbortSignal,
  work: (prefix: Prefix) => Promise<R>,
): Promise<R> => {
  const { base, steps } = chain
  if (base !== undefined) return withPrefixOver({ base, steps }, output, context, parts, values, signal, work)
  return withTables(steps, context, parts, values, signal, async (tables) =>
    work(await compileChain(NOTHING, steps, tables, context, parts, values, signal)),
  )
}

/** The same, over the rows of a task. */
const withPrefixOver = <R>(
  { base, steps }: Chain & { readonly base: TaskId },
  output: 'rows' | 'signal',
  context: Context,
  parts: Parts,
  values: Values,
  signal: AbortSignal,
  work: (prefix: Prefix) => Promise<R>,
): Promise<R> =>
  withBase(base, context, parts, values, signal, (loaded) =>
    withTables(steps, context, parts, values, signal, async (tables) => {
      const whole = async () => work(await compileChain(loaded.relation, steps, tables, context, parts, values, signal))
      // What a signal says is needed before what depends on it can be kept.
      const part = output === 'signal' ? undefined : staticPart(context, { base, steps })
      const kept = part !== undefined && isWorthKeeping(part, loaded, parts) ? part : undefined
      const shared = kept === undefined ? sharedPart(context, { base, steps }, loaded, parts) : undefined
      const found = kept ?? shared
      if (found === undefined) return whole()
      const { key, make } = kept === undefined ? keptShare(found, context, parts) : keptPart(kept, context, parts)
      const { steps: path } = chainOf(context.graph, found.end)
      // Whoever waits for the kept rows may leave, and with him his hold on the base: they hold it themselves.
      const compute = (within: AbortSignal) =>
        withBase(base, context, parts, values, within, ({ relation }) =>
          withTables(path, context, parts, values, within, async (read) =>
            make(await compileChain(relation, path, read, context, parts, values, within), within),
          ),
        )
      return parts.cache.use(key, compute, signal, async (table) => {
        if (table === undefined) return whole()
        const rest = await compileChain(
          table.relation,
          steps.slice(found.steps),
          tables,
          context,
          parts,
          values,
          signal,
        )
        if (rest.reason !== undefined && !isAsMade(rest.relation)) return whole()
        return work({ ...rest, done: rest.done + found.steps })
      })
    }),
  )
