/** Protects: columns that are kept for the next brush hold the same values as columns that are computed anew. */
import type { Scalar, Task, TaskId } from '@magpie-vega/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCache, type Cache } from '../src/cache.ts'
import type { Evaluator } from '../src/evaluate.ts'
import { createEvaluatorWith } from '../src/evaluate/create.ts'
import { rowsOf } from './rows-of.ts'

const rows = Array.from({ length: 200 }, (_, i) => ({
  v: i % 37 === 0 ? null : (i * 7919) % 101,
  w: i % 41 === 0 ? null : ((i * 104729) % 997) / 8 - 60,
  g: ['a', 'b', null, 'null', 'a|b'][i % 5],
  h: ['x', 'y', 'z'][i % 3],
  zero: i % 2 === 0 ? 0 : -0,
  t: 1.6e12 + i * 5e7,
}))

const definitions = [
  { type: 'formula', expr: 'datum.zero * -1', as: 'zero' },
  { type: 'extent', field: 'v', signal: 'v_range' },
  { type: 'bin', field: 'v', extent: { signal: 'v_range' }, maxbins: 12, as: ['v0', 'v1'], signal: 'v_bins' },
  { type: 'formula', expr: 'datum.w / 2', as: 'half' },
  { type: 'extent', field: 'half', signal: 'w_range' },
  { type: 'bin', field: 'half', extent: { signal: 'w_range' }, step: 7, as: ['w0', 'w1'], signal: 'w_bins' },
  { type: 'timeunit', field: 't', units: ['year', 'month', 'date'], as: ['day', 'day_end'] },
] as const
const FILTER = '!length(data("store")) || vlSelectionTest("store", datum)'
const GROUPS = [['v0', 'v1'], ['w0', 'w1'], ['day'], ['g'], ['h'], ['zero'], ['v0', 'h'], []]

const tasks: Task[] = [
  { kind: 'root', name: 'store', type: 'data' },
  { kind: 'source', from: { kind: 'values', json: JSON.stringify(rows).replaceAll('"zero":0', '"zero":-0') } },
]
const add = (task: Task): TaskId => (tasks.push(task) - 1) as TaskId
const signals: Record<string, TaskId> = {}
const steps: TaskId[] = []
for (const definition of definitions) {
  const used = Object.fromEntries(Object.entries(signals).filter(([name]) => JSON.stringify(definition).includes(name)))
  const input = steps.at(-1) ?? (1 as TaskId)
  const step = add({ kind: 'transform', definition, input, signals: used, data: {} })
  steps.push(step)
  if ('signal' in definition) signals[definition.signal] = add({ kind: 'output', transform: step })
}
/** Filtered and grouped from the end of the steps and from the middle. */
const wanted = [steps.at(-1), steps[3]].flatMap((input) => {
  const filter = add({
    kind: 'transform',
    definition: { type: 'filter', expr: FILTER },
    input: input as TaskId,
    signals: {},
    data: { store: 0 as TaskId },
  })
  return GROUPS.filter((names) => input === steps.at(-1) || !names.some((name) => /^w|day/.test(name))).flatMap(
    (groupby) =>
      [input as TaskId, filter].map((from) => {
        const ops = ['count', 'sum', 'min']
        const fields = [null, 'half', 'v']
        return add({
          kind: 'transform',
          definition: { type: 'aggregate', groupby, ops, fields, as: ['n', 's', 'm'] },
          input: from,
          signals: {},
          data: {},
        })
      }),
  )
})

let cache: Cache
let kept: Evaluator
let anew: Evaluator
const evaluatorWith = (minRows: number, memory: Cache): Evaluator =>
  createEvaluatorWith({ cache: memory, tables: {} as never, kept: { minRows } })
beforeAll(() => {
  cache = createCache({ maxBytes: 50_000_000 })
  kept = evaluatorWith(0, cache)
  anew = evaluatorWith(Infinity, createCache({ maxBytes: 50_000_000 }))
})
afterAll(() => Promise.all([kept.close(), anew.close()]))

const ask = (evaluator: Evaluator, store: Scalar) =>
  rowsOf(evaluator, { tasks, wanted, roots: new Map([[0 as TaskId, store]]), timeZone: 'Asia/Kolkata' })

const brush = (field: string, range: readonly number[]): Scalar => [
  { unit: '', fields: [{ type: 'R', channel: 'x', field }], values: [range] },
]

test.each<[string, Scalar]>([
  ['nothing brushed', []],
  ['a binned field', brush('v', [20.5, 60])],
  ['a computed field', brush('half', [-10, 15.25])],
  ['a field that no step reads', brush('w', [-5, 40])],
  ['a bin', brush('v0', [20, 40])],
  ['a unit of time', brush('day', [1.6e12, 1.605e12])],
  ['a text', [{ unit: '', fields: [{ type: 'E', channel: 'x', field: 'g' }], values: ['a|b'] }]],
  ['no row', brush('v', [500, 600])],
])('%s', async (_, store) => {
  expect(await ask(kept, store)).toStrictEqual(await ask(anew, store))
})

test('brushes share what is kept', async () => {
  await ask(kept, brush('v', [1, 2]))
  const before = cache.stats().misses
  await ask(kept, brush('v', [3, 5]))
  // The store's rows, and rows and bytes of what is filtered.
  expect(cache.stats().misses - before).toBe(1 + wanted.length)
})
