import { derives } from './derives.ts'
import { list } from './json.ts'
import type { DataId, DataSet, Model, User } from './model.ts'

/** Does a data set sort the very list of rows that its source hands on to others as well? */
const sortsSource = (set: DataSet): boolean => {
  const { sources, steps } = set
  if (sources.length !== 1 || derives(set)) return false
  const at = steps.findIndex(({ type, definition }) => type === 'collect' && list(definition.sort).length > 0)
  return at >= 0 && steps.slice(0, at).every(({ type }) => type === 'collect' || type === 'extent')
}

/**
 * The name of the data set that sorts the rows of `source` under those who read them after it: the list of new rows is one, and a
 * `collect` sorts it where it is. Undefined where none does, or nobody comes after.
 */
export const sortedInPlace = (model: Model, source: DataId): string | undefined => {
  const sorting = model.data.find((set) => set.sources[0] === source && sortsSource(set))
  if (sorting === undefined) return undefined
  const isAfter = (user: User): boolean => user.kind === 'view' || (user.kind !== 'signal' && user.data > sorting.id)
  return model.dataUses.some(({ data, user }) => data === source && isAfter(user)) ? sorting.name : undefined
}
