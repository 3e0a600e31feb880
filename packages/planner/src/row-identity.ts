import type { Task, TaskId, TransformTask } from '@magpie-vega/protocol'
import { IN_PLACE } from './in-place.ts'
import { list } from './json.ts'
import { columnsWritten, plainName } from './known-columns.ts'

/** Tasks, and the indices of the roots that each depends on. */
export interface Rooted {
  readonly tasks: readonly Task[]
  rootsOf(task: TaskId): readonly number[]
}

/** What makes a row that comes again the row that was there before, as in Vega's own dataflow. */
export interface RowIdentity {
  /** `rows`: it is a row of `of`, which never changes. Else the columns that tell a group from the others. */
  readonly by: 'rows' | readonly string[]
  /** The task from which on rows change, and those that change them. */
  readonly of: TaskId
  readonly steps: readonly TaskId[]
  /** Roots at whose change Vega makes all groups anew, in the order of their rows. */
  readonly renewedBy: readonly number[]
}

/** A column that a changing step writes, by all the roots at whose change it does. */
type Writers = readonly { readonly columns: readonly string[] | undefined; readonly roots: readonly number[] }[]

interface Walk {
  readonly by: RowIdentity['by']
  readonly renewedBy: readonly number[]
  readonly writers: Writers
}

/**
 * How the rows of a task that depends on roots are known again; undefined where the spec does not tell.
 *
 * Vega's `filter` keeps its rows, and appends those that come back; transforms in place write into them. An `aggregate` keeps a
 * group as long as it has rows, but makes all groups anew when its parameters change or a column that it reads is written.
 */
export const rowIdentity = (rooted: Rooted, task: TaskId): RowIdentity | undefined => {
  const changing = changingSteps(rooted, task)
  if (changing === undefined) return undefined
  let walk: Walk | undefined = { by: 'rows', renewedBy: [], writers: [] }
  for (const id of changing.steps) {
    const step = rooted.tasks[id]
    if (walk === undefined || step?.kind !== 'transform') return undefined
    walk = after(walk, step, rooted.rootsOf(id), ownRoots(step, rooted))
  }
  return walk && { ...changing, by: walk.by, renewedBy: walk.renewedBy }
}

/** The transforms from the first one on that depends on a root, and the task before; undefined where there is none before. */
const changingSteps = ({ tasks, rootsOf }: Rooted, task: TaskId): Pick<RowIdentity, 'of' | 'steps'> | undefined => {
  const steps: TaskId[] = []
  let at = task
  while (rootsOf(at).length > 0) {
    const step = tasks[at]
    if (step?.kind !== 'transform' || step.input === undefined) return undefined
    steps.unshift(at)
    at = step.input
  }
  return steps.length === 0 ? undefined : { of: at, steps }
}

/** The roots that a transform's own parameters depend on. */
const ownRoots = ({ signals, data }: TransformTask, { rootsOf }: Rooted): readonly number[] =>
  [...Object.values(signals), ...Object.values(data)].flatMap(rootsOf)

const after = (
  walk: Walk,
  { definition }: TransformTask,
  roots: readonly number[],
  own: readonly number[],
): Walk | undefined => {
  const { type } = definition
  if (type === 'aggregate') return grouped(walk, definition, own)
  if (!IN_PLACE.has(type)) return undefined
  if (type === 'collect') return list(definition['sort']).length > 0 ? undefined : walk
  if (type === 'filter' || type === 'extent') return walk
  const columns = columnsWritten({ type, definition }) ?? named(definition['as'])
  const over = walk.by !== 'rows' && (columns === undefined || walk.by.some((name) => columns.includes(name)))
  return over ? undefined : { ...walk, writers: [...walk.writers, { columns, roots }] }
}

const grouped = (walk: Walk, definition: TransformTask['definition'], own: readonly number[]): Walk | undefined => {
  const { groupby, fields, cross, drop, key } = definition
  const groups = list(groupby).map(plainName)
  const by = key === undefined ? groups : [plainName(key)]
  if (!isTexts(by) || !isTexts(groups) || !by.every((name) => groups.includes(name))) return undefined
  if (Boolean(cross) || (drop !== undefined && drop !== true)) return undefined
  const read = [...groups, ...list(fields).flatMap((field) => (field === null ? [] : [plainName(field)]))]
  const writes = ({ columns }: Writers[number]): boolean =>
    columns === undefined || read.some((name) => name === undefined || columns.includes(name))
  const renewed = [...walk.renewedBy, ...own, ...walk.writers.filter(writes).flatMap(({ roots }) => roots)]
  return {
    by,
    renewedBy: [...new Set(renewed)].sort((a, b) => a - b),
    // an aggregate tells those after it that all its columns are written, whenever it runs
    writers: [{ columns: undefined, roots: [] }],
  }
}

const named = (as: unknown): readonly string[] | undefined => {
  const names = list(as)
  return names.length > 0 && isTexts(names) ? names : undefined
}

const isTexts = (values: readonly unknown[]): values is readonly string[] =>
  values.every((value) => typeof value === 'string')
