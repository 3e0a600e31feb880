import { IN_PLACE } from './in-place.ts'
import { list } from './json.ts'
import type { Step } from './model.ts'

/**
 * How many of the first `count` steps the server may do so that the browser, which does the others, gets the rows in the order in
 * which Vega made them: by that it breaks the ties of later sorts, so a `collect` stays with what follows it.
 */
export const asMade = (steps: readonly Pick<Step, 'type' | 'definition'>[], count: number): number => {
  if (count >= steps.length) return count
  const made = steps.slice(0, count).findLastIndex(({ type }) => !IN_PLACE.has(type))
  const sorted = steps.findIndex(
    ({ type, definition }, index) => index > made && type === 'collect' && list(definition.sort).length > 0,
  )
  return sorted < 0 ? count : Math.min(count, sorted)
}
