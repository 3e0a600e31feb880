import { MagpieError } from '@magpie-vega/protocol'
import type { Value } from '@magpie-vega/protocol'

/** The rows that were given last, as they were sent. */
export interface GivenRows {
  /** Are the rows of this value those that were given last? They count as given from now on. */
  isSame(index: number, answer: Value | MagpieError | undefined): boolean
  /** Whatever comes next is new. */
  forget(): void
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/**
 * Remembers rows, so that those that have not changed stay in the View: Vega keeps the groups of an aggregate, and the items
 * drawn of them, where new rows would get new items. Not so signals: Vega tells of one that is computed again, and of an equal
 * list too.
 */
export const givenRows = (): GivenRows => {
  const given = new Map<number, Uint8Array>()
  return {
    isSame: (index, answer) => {
      if (answer === undefined || answer instanceof MagpieError || answer.kind === 'scalar') {
        given.delete(index)
        return false
      }
      const before = given.get(index)
      if (before !== undefined && equal(before, answer.bytes)) return true
      given.set(index, answer.bytes)
      return false
    },
    forget: () => given.clear(),
  }
}
