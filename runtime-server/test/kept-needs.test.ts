/** Protects: what a question reads is found out once for all values of a brush, and anew when the brush tests another field. */
import type { Scalar, Task, TaskGraph, TaskId, Wanted } from '@magpie-vega/protocol'
import { expect, test } from 'vitest'
import { createNeeds } from '../src/evaluate/kept-needs.ts'
import { needsOf } from '../src/evaluate/needs.ts'

const id = (index: number): TaskId => index as TaskId
const tasks: readonly Task[] = [
  { kind: 'root', name: 'store', type: 'data' },
  { kind: 'root', name: 'least', type: 'signal' },
  { kind: 'source', from: { kind: 'table', sha256: '0'.repeat(64) } },
  {
    kind: 'transform',
    definition: { type: 'filter', expr: '!length(data("store")) || vlSelectionTest("store", datum)' },
    input: id(2),
    signals: {},
    data: { store: id(0) },
  },
]
const graph: TaskGraph = { tasks }
const wanted = (...columns: readonly string[]): readonly Wanted[] => [{ task: id(3), columns }]
const brush = (field: string, ends: readonly number[]): Scalar => [
  { unit: '', fields: [{ type: 'R', channel: 'x', field }], values: [ends] },
]
const roots = (store: Scalar, least = 1): ReadonlyMap<TaskId, Scalar> =>
  new Map([
    [id(0), store],
    [id(1), least],
  ])

const ASKED: readonly (readonly [ReadonlyMap<TaskId, Scalar>, readonly Wanted[]])[] = [
  [roots(brush('a', [0, 1])), wanted('v')],
  [roots(brush('b', [0, 1])), wanted('v')],
  [roots([]), wanted('v')],
  [roots([...(brush('a', [0, 1]) as Scalar[]), ...(brush('b', [0, 1]) as Scalar[])]), wanted('v')],
  [roots([{ unit: '', fields: 'a' }]), wanted('v')],
  [roots(brush('a', [0, 1])), wanted('v', 'w')],
  [roots(brush('a', [0, 1])), [{ task: id(3), columns: 'all' }]],
  [new Map(), wanted('v')],
]

test('whatever was asked before, the answer is that of the question itself', () => {
  const needs = createNeeds()
  for (const [values, what] of [...ASKED, ...ASKED.toReversed()])
    expect(needs(graph, values, what)).toEqual(needsOf(graph, values, what))
})

test('a brush that moves asks nothing new; one of another field does, and so does another graph', () => {
  const needs = createNeeds()
  const first = needs(graph, roots(brush('a', [0, 1])), wanted('v'))
  expect(needs(graph, roots(brush('a', [2, 3]), 5), wanted('v'))).toBe(first)
  expect(needs(graph, roots(brush('b', [2, 3])), wanted('v'))).not.toBe(first)
  expect(needs({ tasks }, roots(brush('a', [0, 1])), wanted('v'))).not.toBe(first)
})
