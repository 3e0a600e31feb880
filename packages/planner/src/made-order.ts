import { asMade, MAKES_ROWS } from './as-made.ts'
import { derives, GENERATES } from './derives.ts'
import type { Draft, Limit } from './draft.ts'
import { isServerData } from './live.ts'
import type { DataId, DataSet, Model } from './model.ts'
import { readersOf } from './readers.ts'

/** Do the rows of a data set stand in another order than that in which they were made? */
const isSorted = (model: Model, id: DataId): boolean => {
  const set = model.data[id]
  if (set === undefined) return false
  const { steps, sources } = set
  if (asMade(withNext(set), steps.length) < steps.length) return true
  if (steps.some(({ type }) => MAKES_ROWS.has(type)) || derives(set)) return false
  const [source, ...others] = sources
  return others.length === 0 && source !== undefined && isSorted(model, source)
}

/** The transforms of a data set, and what may come after them. */
const withNext = ({ steps }: DataSet): Parameters<typeof asMade>[0] => [...steps, { type: '', definition: {} }]

/**
 * Are the rows of a data set copies, made in the order of its source, of rows that were made in another one? It is the order of the
 * copies by which Vega breaks the ties of later sorts.
 */
export const derivesSorted = (model: Model, set: DataSet): boolean =>
  derives(set) && set.sources.some((source) => source !== undefined && isSorted(model, source))

/**
 * Does a data set hold the very rows of several others, and does it, or one that goes on from it, sort them? Then ties go by which
 * row was made first, wherever it stands in the union.
 */
export const sortsUnion = (model: Model, set: DataSet): boolean =>
  set.sources.length > 1 && !derives(set) && isSortedLater(model, set)

const isSortedLater = (model: Model, set: DataSet): boolean => {
  const { steps } = set
  const made = steps.findIndex(({ type }) => GENERATES.has(type))
  if (steps.slice(0, made < 0 ? undefined : made + 1).some(({ definition }) => definition.sort !== undefined))
    return true
  return made < 0 && goOn(model, set).some((next) => isSortedLater(model, next))
}

const BY_TIES = 'later sorts break ties by the order in which rows were made'

/** The data sets that hold the very rows of another one, perhaps not all of them. */
const goOn = (model: Model, set: DataSet): readonly DataSet[] => readersOf(model, set).filter((next) => !derives(next))

/**
 * How many transforms of a data set the server may run, so that sorts of the browser find its rows as they were made; undefined: as
 * many as now.
 */
export const toKeepTies = (draft: Draft, set: DataSet): Limit | undefined => {
  const { model, data } = draft
  const side = data[set.id]
  if (side === undefined || !side.placed) return undefined
  if (isServerData(draft, set.id)) {
    const goesOn = (next: DataSet): boolean => data[next.id]?.placed !== true && isSortedLater(model, next)
    if (!isSorted(model, set.id) || !draft.crossing.has(set.id) || !goOn(model, set).some(goesOn)) return undefined
    const steps = asMade(withNext(set), set.steps.length)
    return { steps: steps < set.steps.length ? steps : 0, reason: BY_TIES }
  }
  const isLate =
    !derives(set) &&
    set.sources.some((source) => source !== undefined && isSorted(model, source)) &&
    !set.steps.slice(0, side.steps).some(({ type }) => MAKES_ROWS.has(type)) &&
    isSortedLater(model, { ...set, steps: set.steps.slice(side.steps) })
  return isLate ? { steps: 0, reason: BY_TIES } : undefined
}
