/** Protects: groups that are made once for several values, and extents that are read together, are those that Vega has. */
import { MagpieError, type Task, type TaskId, type TransformTask, type Value } from '@magpie-vega/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCache, type Cache } from '../src/cache.ts'
import type { Evaluator } from '../src/evaluate.ts'
import { createEvaluatorWith } from '../src/evaluate/create.ts'
import { decodeTable } from './decode-table.ts'

const rows = Array.from({ length: 300 }, (_, i) => ({
  v: i % 37 === 0 ? null : (i * 7919) % 101,
  w: i % 41 === 0 ? null : ((i * 104729) % 997) - 60,
  g: ['a', 'b', 'c', 'd'][i % 4],
}))

const tasks: Task[] = [{ kind: 'source', from: { kind: 'values', json: JSON.stringify(rows) } }]
const add = (task: Task): TaskId => (tasks.push(task) - 1) as TaskId
const step = (
  definition: TransformTask['definition'],
  input: TaskId,
  signals: Readonly<Record<string, TaskId>> = {},
): TaskId => add({ kind: 'transform', definition, input, signals, data: {} })
const output = (transform: TaskId): TaskId => add({ kind: 'output', transform })

const filtered = step({ type: 'filter', expr: 'isValid(datum.v) && datum.w >= -20 && datum.w <= 700' }, 0 as TaskId)
const first = step({ type: 'extent', field: 'v', signal: 'one' }, filtered)
const one = output(first)
const edges = { type: 'bin', maxbins: 10, as: ['v0', 'v1'] }
const binned = step({ ...edges, field: 'v', extent: { signal: 'one' }, signal: 'bins' }, first, { one })
const second = step({ type: 'extent', field: 'w', signal: 'two' }, binned)
const two = output(second)
const wide = step({ ...edges, field: 'w', extent: { signal: 'two' }, as: ['w0', 'w1'], signal: 'more' }, second, {
  two,
})
const groups = step(
  {
    type: 'aggregate',
    groupby: ['v0', 'v1', 'g'],
    ops: ['count', 'median', 'q1', 'min', 'mean'],
    fields: [null, 'w', 'w', 'w', 'w'],
    as: ['n', 'mid', 'low', 'least', 'mean'],
  },
  wide,
)
const third = output(step({ type: 'extent', field: 'n', signal: 'three' }, groups))
const ends = ['datum.n > 5', 'isValid(datum.mid) && datum.mid > 100', "datum.g == 'b'", 'true'].map((expr) =>
  step({ type: 'filter', expr }, groups),
)
const wanted = [one, two, third, ...ends]

let cache: Cache
let shared: Evaluator
let vega: Evaluator
beforeAll(() => {
  cache = createCache({ maxBytes: 50_000_000 })
  const tables = {} as never
  shared = createEvaluatorWith({ cache, tables, kept: { minRows: 0 } })
  vega = createEvaluatorWith({ cache: createCache({ maxBytes: 50_000_000 }), tables, engine: 'vega' })
})
afterAll(() => Promise.all([shared.close(), vega.close()]))

const ask = async (evaluator: Evaluator): Promise<readonly unknown[]> => {
  const values = await evaluator.evaluate({
    graph: { tasks },
    roots: new Map(),
    wanted: wanted.map((task) => ({ task, columns: 'all' })),
    timeZone: 'UTC',
    access: { table: () => false, url: () => false },
    signal: new AbortController().signal,
  })
  return values.map((value: Value | MagpieError) => {
    if (value instanceof MagpieError) throw value
    return value.kind === 'table' ? decodeTable(value.bytes) : value.value
  })
}

test('each value is what Vega makes of the rows', async () => {
  expect(await ask(shared)).toStrictEqual(await ask(vega))
})
