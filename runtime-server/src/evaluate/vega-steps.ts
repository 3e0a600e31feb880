import { isDeepStrictEqual } from 'node:util'
import { type Definition, MagpieError, type Scalar, type TaskId, type TransformTask } from '@magpie-vega/protocol'
import type { Table } from '../arrow/table.ts'
import type { JobAnswer, JobData, JobOutput } from '../vega/job.ts'
import { columnsRead, type Context, type Parts, type Values } from './context.ts'
import { transformAt } from './graph.ts'

/** Name of the data set that the steps make; no spec's. */
const ROWS = 'magpie_rows'
/** The signal that Vega's `identifier` counts in: the numbers that it gave so far. It makes one only where there is none. */
const COUNTER = ':vega_identifier:'
const outputName = (index: number): string => `magpie_output_${index}`
const projectionName = (index: number): string => `magpie_projection_${index}`

/** The rows, or what the last step writes to its `signal`. */
export type StepsOutput = 'signal' | { readonly columns: 'all' | readonly string[] }

/** These keep the tree that they build apart from the rows, so steps after them must run with them. */
const HIERARCHICAL: ReadonlySet<string> = new Set([
  'stratify',
  'nest',
  'tree',
  'treemap',
  'pack',
  'partition',
  'treelinks',
])

export const isHierarchical = (context: Context, step: TaskId): boolean =>
  HIERARCHICAL.has(transformAt(context.graph, step).definition.type.toLowerCase())

type Names = ReadonlyMap<string, TaskId>

/** Names that mean the same in each of the steps; undefined when one means two things. */
const merge = (names: Names, more: Readonly<Record<string, TaskId>>): Names | undefined => {
  const merged = new Map(names)
  for (const [name, task] of Object.entries(more)) {
    if ((merged.get(name) ?? task) !== task) return undefined
    merged.set(name, task)
  }
  return merged
}

interface Batch {
  readonly steps: readonly TaskId[]
  readonly signals: Names
  readonly data: Names
  readonly scales: Frames
  readonly projections: Frames
  readonly numbering: Numbering | undefined
}

/** The `identifier` of a batch: what Vega's counter stands at before it; undefined: at 0. */
interface Numbering {
  readonly after: TaskId | undefined
}

/** Scales or projections, by name. */
type Frames = ReadonlyMap<unknown, Definition>

/** The same for scales and projections. */
const mergeFrames = (frames: Frames, more: readonly Definition[] = []): Frames | undefined => {
  const merged = new Map(frames)
  for (const frame of more) {
    const { name } = frame
    if (!isDeepStrictEqual(merged.get(name) ?? frame, frame)) return undefined
    merged.set(name, frame)
  }
  return merged
}

const NONE: Batch = {
  steps: [],
  signals: new Map(),
  data: new Map(),
  scales: new Map(),
  projections: new Map(),
  numbering: undefined,
}

/** As many of the steps as can share one spec. */
const firstBatch = (context: Context, steps: readonly TaskId[]): Batch => {
  let batch = NONE
  for (const step of steps) {
    const task = transformAt(context.graph, step)
    const own = numberingOf(task)
    // A job has one counter of identifiers, which starts once.
    if (own !== undefined && batch.numbering !== undefined) return batch
    const signals = merge(batch.signals, own?.signals ?? task.signals)
    const data = merge(batch.data, task.data)
    const scales = mergeFrames(batch.scales, task.scales)
    const projections = mergeFrames(batch.projections, task.projections)
    if (signals === undefined || data === undefined || scales === undefined || projections === undefined) return batch
    const numbering = own ?? batch.numbering
    batch = { steps: [...batch.steps, step], signals, data, scales, projections, numbering }
  }
  return batch
}

/** What an `identifier` counts on from, and its other signals: the one that `after` names has a place of its own in a job. */
const numberingOf = ({
  definition: { type, after },
  signals,
}: TransformTask): (Numbering & Pick<TransformTask, 'signals'>) | undefined => {
  if (type !== 'identifier') return undefined
  const name = typeof after === 'object' && after !== null && 'signal' in after ? String(after.signal) : ''
  const { [name]: counter, ...others } = signals
  return { after: counter, signals: others }
}

type Definitions = readonly Readonly<Record<string, unknown>>[]

/** Signals reach a step by name and value, so what it writes itself needs another name. A projection has its own place. */
const definitionsOf = (context: Context, steps: readonly TaskId[]): Definitions =>
  steps.map((step, index) => {
    const { definition } = transformAt(context.graph, step)
    const signal = definition['signal'] === undefined ? {} : { signal: outputName(index) }
    return {
      ...definition,
      ...signal,
      ...(projectionOf(definition) === undefined ? {} : { projection: projectionName(index) }),
    }
  })

const projectionsOf = (context: Context, steps: readonly TaskId[]): Definitions =>
  steps.flatMap((step, index) => {
    const own = projectionOf(transformAt(context.graph, step).definition)
    return own === undefined ? [] : [{ ...own, name: projectionName(index) }]
  })

const projectionOf = (definition: Readonly<Record<string, unknown>>): object | undefined => {
  const { projection } = definition
  return typeof projection === 'object' && projection !== null ? projection : undefined
}

const runBatch = async (
  batch: Batch,
  input: Table | undefined,
  output: StepsOutput,
  context: Context,
  { vega }: Parts,
  values: Values,
  signal: AbortSignal,
): Promise<JobAnswer> => {
  const counter = batch.numbering?.after
  const named = counter === undefined ? batch.signals : new Map(batch.signals).set(COUNTER, counter)
  const signals = [...named].map(async ([name, task]): Promise<[string, Scalar]> => [
    name,
    await values.scalar(context, task, signal),
  ])
  const data = [...batch.data].map(async ([name, task]): Promise<JobData> => ({
    name,
    rows: await values.table(context, task, columnsRead(context, task), signal),
  }))
  const rows: JobData = {
    name: ROWS,
    ...(input === undefined ? {} : { rows: input }),
    transform: definitionsOf(context, batch.steps),
  }
  const wanted: JobOutput =
    output === 'signal'
      ? { kind: 'signal', name: outputName(batch.steps.length - 1) }
      : { kind: 'rows', data: ROWS, columns: output.columns }
  const job = {
    signals: Object.fromEntries(await Promise.all(signals)),
    projections: [...projectionsOf(context, batch.steps), ...batch.projections.values()],
    scales: [...batch.scales.values()],
    data: [...(await Promise.all(data)), rows],
    outputs: [wanted],
  }
  const [answer] = await vega.run(context.timeZone, job, signal)
  if (answer === undefined) throw new MagpieError('internal', 'A Vega process gave no answer')
  return answer
}

/** Runs steps in Vega, in one go unless a name means different things in two of them. */
export const runSteps = async (
  steps: readonly TaskId[],
  input: Table | undefined,
  output: StepsOutput,
  context: Context,
  parts: Parts,
  values: Values,
  signal: AbortSignal,
): Promise<JobAnswer> => {
  const batch = firstBatch(context, steps)
  const rest = steps.slice(batch.steps.length)
  if (rest.length === 0) return runBatch(batch, input, output, context, parts, values, signal)
  if (batch.steps.some((step) => isHierarchical(context, step))) {
    throw new MagpieError('unsupported', 'Steps over a tree use one name for two signals', {
      remedy: 'Rename one of the signals.',
    })
  }
  const half = await runBatch(batch, input, { columns: 'all' }, context, parts, values, signal)
  const between = half.kind === 'rows' ? half.table : undefined
  return runSteps(rest, between, output, context, parts, values, signal)
}
