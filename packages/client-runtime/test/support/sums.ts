import type { Plan } from '@magpie-vega/planner'
import type { QueryRequest, Scalar, TaskId, Value } from '@magpie-vega/protocol'

const id = (index: number): TaskId => index as TaskId

/** Roots a, b and c; values `ab` = a + b and `bc` = b + c; `one` is 1 and depends on nothing. */
export const SUMS: Plan = {
  client: { signals: ['a', 'b', 'c', 'ab', 'bc', 'one'].map((name) => ({ name, value: 0 })) },
  graph: {
    tasks: [
      { kind: 'root', name: 'a', type: 'signal' },
      { kind: 'root', name: 'b', type: 'signal' },
      { kind: 'root', name: 'c', type: 'signal' },
      { kind: 'expression', expression: 'a + b', signals: { a: id(0), b: id(1) }, data: {} },
      { kind: 'expression', expression: 'b + c', signals: { b: id(1), c: id(2) }, data: {} },
      { kind: 'expression', expression: '1', signals: {}, data: {} },
    ],
  },
  toServer: ['a', 'b', 'c'].map((name, index) => ({ task: id(index), kind: 'signal', name, initial: { value: 0 } })),
  toClient: [
    { wanted: { task: id(3), columns: 'all' }, kind: 'signal', name: 'ab', dependsOn: [0, 1] },
    { wanted: { task: id(4), columns: 'all' }, kind: 'signal', name: 'bc', dependsOn: [1, 2] },
    { wanted: { task: id(5), columns: 'all' }, kind: 'signal', name: 'one', dependsOn: [] },
  ],
  verdicts: [],
  counts: { pipelines: 0, full: 0, steps: 0, stepsTotal: 0 },
}

const number = (value: Scalar): number => (typeof value === 'number' ? value : Number.NaN)

/** What a service answers to a request over `SUMS`. A root that was not sent counts as NaN. */
export const evaluateSums = ({ roots, wanted }: QueryRequest): readonly Value[] => {
  const root = (index: number): number => (roots.has(id(index)) ? number(roots.get(id(index))) : Number.NaN)
  const values: Readonly<Record<number, number>> = { 3: root(0) + root(1), 4: root(1) + root(2), 5: 1 }
  return wanted.map(({ task }) => ({ kind: 'scalar', value: values[task] }))
}
