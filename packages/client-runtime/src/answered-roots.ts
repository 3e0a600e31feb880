import type { ToClient } from '@magpie-vega/planner'
import type { Scalar } from '@magpie-vega/protocol'
import { sameValue } from './same-value.ts'
import type { Change } from './update.ts'

/** The root values that each value was last answered for. */
export interface AnsweredRoots {
  /** What becomes of the rows that there are, when an answer for these roots arrives. */
  changeOf(index: number, value: ToClient, roots: readonly Scalar[]): Change
  /** The value is answered for these roots. */
  answer(index: number, roots: readonly Scalar[]): void
  /** Whatever is answered next is the first answer. */
  forget(): void
}

export const answeredRoots = (): AnsweredRoots => {
  const answered = new Map<number, readonly Scalar[]>()
  return {
    changeOf: (index, { identity }, roots) => {
      const before = answered.get(index)
      if (before === undefined) return 'first'
      const renewed = identity?.renewedBy.some((root) => !sameValue(before[root], roots[root]))
      return renewed === true ? 'renewed' : 'kept'
    },
    answer: (index, roots) => void answered.set(index, roots),
    forget: () => answered.clear(),
  }
}
