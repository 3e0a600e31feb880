/** Protects: an expression has Vega's value wherever it is evaluated, and a plain one needs no process of Vega's. */
import type { Scalar, Task, TaskId } from '@magpie-vega/protocol'
import { MagpieError } from '@magpie-vega/protocol'
import { afterAll, expect, test } from 'vitest'
import { createCache } from '../src/cache.ts'
import { createEvaluatorWith } from '../src/evaluate/create.ts'

const byVega: string[] = []
const evaluatorBy = (engine: 'auto' | 'vega') =>
  createEvaluatorWith({
    cache: createCache({ maxBytes: 1_000_000 }),
    tables: {} as never,
    engine,
    onTask: (task, by) => {
      if (engine === 'auto') byVega.push(`${task} ${by}`)
    },
  })
const auto = evaluatorBy('auto')
const vega = evaluatorBy('vega')
afterAll(() => Promise.all([auto.close(), vega.close()]))

const EXPRESSIONS: readonly (readonly [string, 'here' | 'in Vega'])[] = [
  ['width / 3 - 2.5', 'here'],
  ['[0, width]', 'here'],
  ['width > 100 ? {a: null, b: -0} : "no"', 'here'],
  ['length(data("store"))', 'here'],
  ['data("store")[0].v + 1', 'here'],
  ['datetime(2020, 2, 8, 2, 30)', 'here'],
  ['range[1] - range[0]', 'here'],
  ['timeFormat(datetime(2020, 0, 1), "%A")', 'in Vega'],
  ['sin(width)', 'here'],
]

test.each(EXPRESSIONS)('%s', async (expression, where) => {
  const tasks: Task[] = [
    { kind: 'root', name: 'width', type: 'signal' },
    { kind: 'root', name: 'range', type: 'signal' },
    { kind: 'root', name: 'store', type: 'data' },
    {
      kind: 'expression',
      expression,
      signals: { width: 0 as TaskId, range: 1 as TaskId },
      data: expression.includes('store') ? { store: 2 as TaskId } : {},
    },
  ]
  const roots = new Map<TaskId, Scalar>([
    [0 as TaskId, 200],
    [1 as TaskId, [0.1, 0.3]],
    [2 as TaskId, [{ v: 1 }, { v: null }]],
  ])
  byVega.length = 0
  const [ours, theirs] = await Promise.all(
    [auto, vega].map(async (evaluator) => {
      const [value] = await evaluator.evaluate({
        graph: { tasks },
        roots,
        wanted: [{ task: 3 as TaskId, columns: 'all' }],
        timeZone: 'America/New_York',
        access: { table: () => false, url: () => false },
        signal: new AbortController().signal,
      })
      if (value === undefined || value instanceof MagpieError) throw value ?? new Error('no value')
      return value
    }),
  )
  expect(ours).toStrictEqual(theirs)
  expect(byVega).toEqual(where === 'here' ? [] : ['3 vega'])
})
