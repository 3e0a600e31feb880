import { list, type JsonObject } from './json.ts'

/** Transforms that make rows of their own, in the order in which their input stands. Of others nobody knows whether they do. */
export const MAKES_ROWS: ReadonlySet<string> = new Set([
  'aggregate',
  'countpattern',
  'cross',
  'flatten',
  'fold',
  'kde',
  'loess',
  'pivot',
  'project',
  'quantile',
  'regression',
])

/**
 * How many of the first `count` steps one side may do, so that the other, which does the rest, gets the rows in the order in which
 * Vega made them: by that it breaks the ties of later sorts, so a `collect` stays with what follows it.
 */
export const asMade = (
  steps: readonly { readonly type: string; readonly definition: JsonObject }[],
  count: number,
): number => {
  if (count >= steps.length) return count
  const made = steps.slice(0, count).findLastIndex(({ type }) => MAKES_ROWS.has(type))
  const sorted = steps.findIndex(
    ({ type, definition }, index) => index > made && type === 'collect' && list(definition.sort).length > 0,
  )
  return sorted < 0 ? count : Math.min(count, sorted)
}
