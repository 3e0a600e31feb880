import { reason, type Reason } from '../reason.ts'
import type { Measure } from './measure-input.ts'

const QUARTILES: ReadonlySet<string> = new Set(['median', 'q1', 'q3'])
const EXTREMES: ReadonlySet<string> = new Set(['argmin', 'argmax'])

/**
 * Vega's store of a group's rows remembers the last quartiles and the last extreme rows, and one field for both: a field of which
 * it knows either may be given the other of the field before. Whether it asks the store for extreme rows depends on the rows.
 *
 * @param measures in the order in which Vega writes them
 */
export const staleStore = (measures: readonly Measure[]): Reason | undefined => {
  const found = measures.find(
    ({ op, field }, last) =>
      isStale(measures.slice(0, last), op, field?.name, QUARTILES, EXTREMES) ||
      isStale(measures.slice(0, last), op, field?.name, EXTREMES, QUARTILES),
  )
  return found && reason('Vega may take quartiles or extreme rows of another field', found.as)
}

/** Is it one of `ops` after one of `others` of the same field, and that after one of `ops` of another field? */
const isStale = (
  before: readonly Measure[],
  op: string,
  name: string | undefined,
  ops: ReadonlySet<string>,
  others: ReadonlySet<string>,
): boolean => {
  if (!ops.has(op)) return false
  const between = before.findLastIndex((measure) => others.has(measure.op) && measure.field?.name === name)
  return before.slice(0, Math.max(between, 0)).some((measure) => ops.has(measure.op) && measure.field?.name !== name)
}
