import { evaluate, reason, type Reason } from '@magpie-vega/dataflow'
import { asMade } from '@magpie-vega/planner'
import { type ExpressionTask, MagpieError, type Scalar, type TaskId } from '@magpie-vega/protocol'
import { projectTable, type Table, tableBytes } from '../arrow/table.ts'
import { rowsFromTable } from '../arrow/table-to-rows.ts'
import type { JobAnswer } from '../vega/job.ts'
import { baseTable } from './base-table.ts'
import { columnsRead, type Context, fingerprintOf, type Parts, rowsKey, type Values } from './context.ts'
import { extentsBeside, signalChain } from './extent-chain.ts'
import { outputsTogether } from './joint-extents.ts'
import { type Chain, chainOf, readersOf, taskAt, transformAt } from './graph.ts'
import { type Prefix, withPrefix } from './sql-prefix.ts'
import { isHierarchical, runSteps, type StepsOutput } from './vega-steps.ts'

type Columns = 'all' | readonly string[]

/** An expression over more rows than this is Vega's. */
const MAX_ROWS_HERE = 10_000

const scalarBytes = (value: Scalar): number =>
  64 + (typeof value === 'object' ? JSON.stringify(value ?? null).length : 0)

const tableFrom = (answer: JobAnswer): Table => {
  if (answer.kind !== 'rows') throw new MagpieError('internal', 'A Vega process answered something else')
  return answer.table
}

const scalarFrom = (answer: JobAnswer): Scalar => {
  if (answer.kind !== 'scalar') throw new MagpieError('internal', 'A Vega process answered something else')
  return answer.value
}

/** The last step, but the final one, whose rows others read too and can be handed over: there the work is shared. */
const sharedStep = (context: Context, steps: readonly TaskId[]): number => {
  const tree = steps.findIndex((step) => isHierarchical(context, step))
  const end = tree < 0 ? steps.length - 1 : Math.min(tree, steps.length - 1)
  const transforms = steps.map((step) => {
    const { definition } = transformAt(context.graph, step)
    return { type: definition.type, definition }
  })
  return steps
    .slice(0, end)
    .findLastIndex((step, at) => readersOf(context.graph, step) > 1 && asMade(transforms, at + 1) === at + 1)
}

const refused = (why: Reason): MagpieError =>
  new MagpieError('unsupported', `SQL cannot do this step: ${why.reason}`, { place: why.about ?? '' })

/** A statement that the engine does not take is our defect, not the chart's: Vega still answers. */
const unlessDefect = (cause: unknown): Reason => {
  if (cause instanceof MagpieError && cause.code === 'internal') return reason(cause.message)
  throw cause
}

/** Computes values, each once for its fingerprint. */
export const createValues = (parts: Parts): Values => {
  const { cache, engine, vega, mode, onTask } = parts

  /** Runs the steps that SQL did not do. */
  const inVega = async (
    { base, steps }: Chain,
    prefix: Prefix | undefined,
    output: StepsOutput,
    context: Context,
    signal: AbortSignal,
  ): Promise<JobAnswer> => {
    const rest = steps.slice(prefix?.done ?? 0)
    const shared = sharedStep(context, rest)
    const from = rest[shared]
    if (from !== undefined) {
      const input = await values.table(context, from, columnsRead(context, from), signal)
      return runSteps(rest.slice(shared + 1), input, output, context, parts, values, signal)
    }
    const input =
      prefix !== undefined && prefix.done > 0
        ? await engine.rows(prefix.relation, 'all', signal)
        : base === undefined
          ? undefined
          : await values.table(context, base, columnsRead(context, base), signal)
    return runSteps(rest, input, output, context, parts, values, signal)
  }

  /** Asks SQL first, then Vega for what is left. */
  const compute = async <T>(
    task: TaskId,
    chain: Chain,
    output: 'rows' | 'signal',
    context: Context,
    signal: AbortSignal,
    sql: (prefix: Prefix) => Promise<T | Reason>,
    inRest: (prefix: Prefix | undefined) => Promise<T>,
  ): Promise<T> => {
    const { base } = chain
    if (mode === 'vega') {
      onTask(task, 'vega', reason('Vega was asked for'))
      return inRest(undefined)
    }
    return withPrefix(chain, output, context, parts, values, signal, async (prefix) => {
      const answer = prefix.reason ?? (await sql(prefix).catch(unlessDefect))
      if (!isReason(answer)) {
        onTask(task, 'sql')
        return answer
      }
      if (mode === 'sql') throw refused(answer)
      onTask(task, 'vega', answer)
      // Rows out of nothing are made by whoever goes on with them.
      return inRest(prefix.reason === undefined || base === undefined ? undefined : prefix)
    })
  }

  const transformed = (context: Context, task: TaskId, columns: Columns, signal: AbortSignal): Promise<Table> => {
    const chain = chainOf(context.graph, task)
    return compute<Table>(
      task,
      chain,
      'rows',
      context,
      signal,
      (prefix) => engine.rows(prefix.relation, columns, signal),
      async (prefix) => tableFrom(await inVega(chain, prefix, { columns }, context, signal)),
    )
  }

  /** Extents of the same rows, by transform; undefined where this is the only one, or SQL does not know them. */
  const extentsTogether = async (
    context: Context,
    chain: Chain,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<TaskId, Scalar> | undefined> => {
    const beside = mode === 'vega' ? [] : extentsBeside(context, chain)
    if (beside.length < 2) return undefined
    const steps = [...chain.steps.slice(0, -1), ...beside.map(({ transform }) => transform)]
    return cache.getOrCompute(
      `extents/${beside.map(({ output: of }) => fingerprintOf(context, of)).join('/')}`,
      (within) =>
        withPrefix({ base: chain.base, steps }, 'signal', context, parts, values, within, async (prefix) => {
          const found = prefix.reason ?? (await outputsTogether(prefix.outputs, engine, within).catch(unlessDefect))
          if (isReason(found)) return { value: undefined, bytes: 64 }
          for (const { output: of } of beside) onTask(of, 'sql')
          return { value: found, bytes: 64 + found.size * 32 }
        }),
      signal,
    )
  }

  const output = async (context: Context, task: TaskId, transform: TaskId, signal: AbortSignal): Promise<Scalar> => {
    const chain = signalChain(context, transform)
    const together = await extentsTogether(context, chain, signal)
    if (together?.has(transform) === true) return together.get(transform)
    const { value } = await compute<{ readonly value: Scalar }>(
      task,
      chain,
      'signal',
      context,
      signal,
      async ({ output: found }) => {
        if (found === undefined) return reason('the transform has no output in SQL')
        if (found.kind === 'value') return { value: found.value }
        const [row] = rowsFromTable(await engine.rows(found.relation, 'all', signal))
        return { value: found.read(row ?? {}) }
      },
      async (prefix) => ({ value: scalarFrom(await inVega(chain, prefix, 'signal', context, signal)) }),
    )
    return value
  }

  const expression = async (
    context: Context,
    id: TaskId,
    task: ExpressionTask,
    signal: AbortSignal,
  ): Promise<Scalar> => {
    const signals = Object.fromEntries(
      await Promise.all(
        Object.entries(task.signals).map(
          async ([name, of]) => [name, await values.scalar(context, of, signal)] as const,
        ),
      ),
    )
    const data = await Promise.all(
      Object.entries(task.data).map(async ([name, of]) => ({
        name,
        rows: await values.table(context, of, columnsRead(context, of), signal),
      })),
    )
    const here =
      mode === 'vega'
        ? reason('Vega was asked for')
        : data.some(({ rows }) => rows.rows > MAX_ROWS_HERE)
          ? reason('the expression reads a large data set')
          : evaluate(task.expression, {
              signals,
              data: Object.fromEntries(data.map(({ name, rows }) => [name, rowsFromTable(rows)])),
              timeZone: context.timeZone,
            })
    if (!isReason(here)) return here.constant
    onTask(id, 'vega', here)
    const outputs = [{ kind: 'expression', expression: task.expression }] as const
    const frames = { scales: task.scales ?? [], projections: task.projections ?? [] }
    const [answer] = await vega.run(context.timeZone, { signals, data, ...frames, outputs }, signal)
    if (answer === undefined) throw new MagpieError('internal', 'A Vega process gave no answer')
    return scalarFrom(answer)
  }

  const computeScalar = async (context: Context, id: TaskId, signal: AbortSignal): Promise<Scalar> => {
    const task = taskAt(context.graph, id)
    if (task.kind === 'output') return output(context, id, task.transform, signal)
    if (task.kind === 'expression') return expression(context, id, task, signal)
    throw new MagpieError('bad-request', `Task ${id} is no scalar`)
  }

  const values: Values = {
    scalar: async (context, id, signal) => {
      const task = taskAt(context.graph, id)
      if (task.kind === 'root' && context.roots.has(id)) return context.roots.get(id)
      if (task.kind === 'root') throw new MagpieError('bad-request', `The value of ${task.name} is missing`)
      const found = await cache.getOrCompute(
        `scalar/${fingerprintOf(context, id)}`,
        async (within) => {
          const value = await computeScalar(context, id, within)
          return { value: { value }, bytes: scalarBytes(value) }
        },
        signal,
      )
      return found.value
    },
    table: (context, id, columns, signal) =>
      cache.getOrCompute(
        rowsKey(context, id, columns),
        async (within) => {
          const task = taskAt(context.graph, id)
          const table =
            task.kind === 'transform'
              ? await transformed(context, id, columns, within)
              : projectTable(await baseTable(context, id, columns, parts, values, within), columns)
          return { value: table, bytes: tableBytes(table) }
        },
        signal,
      ),
  }
  return values
}

const isReason = (value: unknown): value is Reason =>
  typeof value === 'object' && value !== null && 'reason' in value && typeof value.reason === 'string'
