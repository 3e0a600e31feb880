import type { ToClient } from '@magpie-vega/planner'
import type { TaskId } from '@magpie-vega/protocol'
import { describe, expect, it } from 'vitest'
import { answeredRoots } from '../src/answered-roots.ts'

const VALUE: ToClient = {
  wanted: { task: 0 as TaskId, columns: 'all' },
  kind: 'data',
  name: 'groups',
  dependsOn: [0, 1],
  identity: { columns: ['g'], hidden: [], renewedBy: [1] },
}

describe('what becomes of rows when an answer arrives', () => {
  it('is said by the roots that changed since the value was last answered', () => {
    const answered = answeredRoots()
    expect(answered.changeOf(0, VALUE, [1, 1])).toBe('first')
    answered.answer(0, [1, 1])
    expect(answered.changeOf(0, VALUE, [2, 1])).toBe('kept')
    expect(answered.changeOf(0, VALUE, [2, 2])).toBe('renewed')
    expect(answered.changeOf(1, VALUE, [2, 2])).toBe('first')
  })

  it('is not forgotten over an answer that was refused', () => {
    const answered = answeredRoots()
    answered.answer(0, [1, 1])
    answered.changeOf(0, VALUE, [1, 2]) // refused: nothing is put into the View
    expect(answered.changeOf(0, VALUE, [5, 2])).toBe('renewed')
  })

  it('begins anew over other data', () => {
    const answered = answeredRoots()
    answered.answer(0, [1, 1])
    answered.forget()
    expect(answered.changeOf(0, VALUE, [1, 1])).toBe('first')
  })
})
