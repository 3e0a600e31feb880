/** Protects: a task graph's values are those of Vega itself, whichever engine computes them, in every time zone. */
import { MagpieError, type Scalar, type Task, type TaskId, type Value } from '@magpie-vega/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCache } from '../src/cache.ts'
import type { Evaluator } from '../src/evaluate.ts'
import { createEvaluatorWith } from '../src/evaluate/create.ts'
import { decodeTable } from './decode-table.ts'

const noTables = { has: async () => false, put: async () => undefined, path: async () => undefined }
const open = (engine: 'auto' | 'vega'): Evaluator =>
  createEvaluatorWith({
    cache: createCache({ maxBytes: 100_000_000 }),
    tables: noTables as never,
    engine,
    dataRoot: new URL('../../node_modules/vega-datasets/data', import.meta.url).pathname,
  })

const id = (task: number): TaskId => task as TaskId
const rows = (value: Value | MagpieError | undefined): unknown => {
  if (value === undefined || value instanceof MagpieError) throw value ?? new Error('no value')
  return value.kind === 'table' ? decodeTable(value.bytes) : value.value
}

describe.each(['auto', 'vega'] as const)('by %s', (mode) => {
  let evaluator: Evaluator
  beforeAll(() => {
    evaluator = open(mode)
  })
  afterAll(() => evaluator.close())

  const ask = async (tasks: readonly Task[], wanted: number, roots: Record<number, Scalar> = {}): Promise<unknown> => {
    const [value] = await evaluator.evaluate({
      graph: { tasks },
      roots: new Map(Object.entries(roots).map(([task, value]) => [id(Number(task)), value])),
      wanted: [{ task: id(wanted), columns: 'all' }],
      timeZone: 'UTC',
      access: { table: () => true, url: () => true },
      signal: new AbortController().signal,
    })
    return rows(value)
  }
  const none = { signals: {}, data: {} }

  test('filter, aggregate and an extent over inline values', async () => {
    const tasks: readonly Task[] = [
      { kind: 'source', from: { kind: 'values', json: '[{"a":"x","v":1},{"a":"y","v":2},{"a":"x","v":4}]' } },
      { kind: 'root', name: 'lo', type: 'signal' },
      {
        kind: 'transform',
        definition: { type: 'filter', expr: 'datum.v > lo' },
        input: id(0),
        signals: { lo: id(1) },
        data: {},
      },
      {
        kind: 'transform',
        definition: { type: 'aggregate', groupby: ['a'], ops: ['sum'], fields: ['v'], as: ['s'] },
        input: id(2),
        ...none,
      },
      { kind: 'transform', definition: { type: 'extent', field: 's', signal: 'range' }, input: id(3), ...none },
      { kind: 'output', transform: id(4) },
      { kind: 'expression', expression: 'range[1] - lo', signals: { range: id(5), lo: id(1) }, data: {} },
    ]
    expect(await ask(tasks, 3, { 1: 0 })).toEqual([
      { a: 'x', s: 5 },
      { a: 'y', s: 2 },
    ])
    expect(await ask(tasks, 5, { 1: 0 })).toEqual([2, 5])
    expect(await ask(tasks, 6, { 1: 0 })).toBe(5)
    expect(await ask(tasks, 3, { 1: 1 })).toEqual([
      { a: 'y', s: 2 },
      { a: 'x', s: 4 },
    ])
  })
})
