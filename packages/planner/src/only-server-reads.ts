import type { Draft } from './draft.ts'
import type { DataSet } from './model.ts'
import { TABLE_SCHEME } from './plan.ts'
import { originOf } from './sources.ts'

/**
 * Does a data set that stays in the browser, for what happens to its rows there, begin with rows that only the server can read?
 * They are sent as they are, before the View is made.
 */
export const onlyServerReads = ({ options }: Draft, set: DataSet): boolean => {
  const { url } = set.definition
  if (set.kind !== 'defined' || typeof url !== 'string') return false
  const granted = options.placement !== 'capability' && options.serverUrls?.includes(url) === true
  return (granted || url.startsWith(TABLE_SCHEME)) && originOf(set.definition, options, [url]).kind !== 'browser'
}
