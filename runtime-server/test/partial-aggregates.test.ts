// Protects: while brushes are dragged, one at a time or several in turn, the values that follow from kept groups are those of the rows.
import type { Scalar, Task, TaskId } from '@magpie-vega/protocol'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createCache, type Cache } from '../src/cache.ts'
import type { Evaluator } from '../src/evaluate.ts'
import { createEvaluatorWith } from '../src/evaluate/create.ts'
import { rowsOf } from './rows-of.ts'

const rows = Array.from({ length: 12_000 }, (_, i) => ({
  x: i % 53 === 0 ? null : ((i * 7919) % 40) / 2 - 3,
  y: (i * 104_729) % 23 === 0 ? -0 : (i * 104_729) % 23,
  g: ['a', 'b', 'c', 'd', ''][i % 5],
}))
const FILTER = '!length(data("store")) || vlSelectionTest("store", datum, "intersect")'

const tasks: Task[] = [
  { kind: 'root', name: 'store', type: 'data' },
  { kind: 'source', from: { kind: 'values', json: JSON.stringify(rows) } },
]
const transform = (input: TaskId, definition: { readonly type: string }, data = {}): TaskId =>
  (tasks.push({ kind: 'transform', definition, input, signals: {}, data }) - 1) as TaskId
const binOf = (input: TaskId, field: string): TaskId =>
  transform(input, { type: 'bin', field, extent: [-4, 24], maxbins: 8, as: [field + '0', field + '1'] } as never)
const binned = binOf(binOf(1 as TaskId, 'x'), 'y')
const filtered = transform(binned, { type: 'filter', expr: FILTER } as never, { store: 0 as TaskId })
const wanted = [['x0', 'x1'], ['y0', 'y1'], ['g']].map((groupby) =>
  transform(filtered, {
    type: 'aggregate',
    groupby,
    ops: ['count', 'valid', 'missing'],
    fields: [null, 'x', 'y'],
    as: ['n', 'v', 'm'],
  } as never),
)

let cache: Cache
let kept: Evaluator
let anew: Evaluator
beforeAll(() => {
  cache = createCache({ maxBytes: 50_000_000 })
  kept = createEvaluatorWith({ cache, tables: {} as never, kept: { minRows: 0 } })
  anew = createEvaluatorWith({
    cache: createCache({ maxBytes: 50_000_000 }),
    tables: {} as never,
    kept: { minRows: 0, partial: false },
  })
})
afterAll(() => Promise.all([kept.close(), anew.close()]))

const ask = (evaluator: Evaluator, store: Scalar) =>
  rowsOf(evaluator, { tasks, wanted, roots: new Map([[0 as TaskId, store]]) })

const brush = (unit: string, field: string, ...range: readonly number[]) => ({
  unit,
  fields: [{ type: 'R', channel: 'x', field }],
  values: [range],
})
const same = async (store: Scalar): Promise<void> =>
  expect(await ask(kept, store)).toStrictEqual(await ask(anew, store))
/** Resolves when groups are kept for so many values. */
const isKept = (count: number): Promise<void> =>
  vi.waitFor(
    () => {
      const found = Array.from({ length: 20 }, (_, key) => cache.recall(`partial/${key}`))
      expect(found.filter((groups) => groups !== undefined)).toHaveLength(count)
    },
    { timeout: 10_000 },
  )

test('one brush, then another beside it, then the first again', async () => {
  for (const at of [-3, -2.5, -1.25]) await same([brush('a', 'x', at, at + 7)])
  await isKept(wanted.length)
  for (const at of [0, 3.3, 16.5, 100]) await same([brush('a', 'x', at + 7, at)])
  const first = brush('a', 'x', 1, 12.5)
  for (const at of [-1, 0, 0.5]) await same([first, brush('b', 'y', at, at + 9)])
  await isKept(2 * wanted.length)
  for (const at of [-4, 2, 7.5, 22]) await same([first, brush('b', 'y', at, at + 9)])
  for (const at of [-3, 5, 7, 9]) await same([brush('a', 'x', at, at + 7), brush('b', 'y', 0, 4)])
  await same([])
  await same([brush('b', 'y', -0, 0)])
})
