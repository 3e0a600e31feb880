// Protects: what runs in Vega after a sort gets the rows as they were made, since Vega breaks the ties of later sorts by that.
import type { Task, TaskId } from '@magpie-vega/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCache } from '../src/cache.ts'
import type { Evaluator } from '../src/evaluate.ts'
import { createEvaluatorWith } from '../src/evaluate/create.ts'
import { rowsOf } from './rows-of.ts'

const rows = Array.from({ length: 40 }, (_, i) => ({ t: 'abc'[(i * 7) % 3], u: i % 4, j: (i * 31) % 17 }))
const collect = { type: 'collect', sort: { field: ['t', 'j'], order: ['descending', 'ascending'] } }
/** Vega's own, since it writes the field that it looks back at. */
const window = {
  type: 'window',
  sort: { field: ['u'] },
  ops: ['row_number', 'lag'],
  fields: [null, 't'],
  params: [null, 1],
  as: ['x', 't'],
}
const formula = { type: 'formula', expr: 'datum.u * 2', as: 'v' }
const count = { type: 'aggregate', groupby: ['t', 'u'], ops: ['count'], as: ['j'] }

let mixed: Evaluator
let alone: Evaluator
beforeAll(() => {
  const evaluator = (engine: 'auto' | 'vega'): Evaluator =>
    createEvaluatorWith({ cache: createCache({ maxBytes: 1e7 }), tables: {} as never, engine, kept: { minRows: 0 } })
  mixed = evaluator('auto')
  alone = evaluator('vega')
})
afterAll(() => Promise.all([mixed.close(), alone.close()]))

const ask = (evaluator: Evaluator, definitions: readonly object[], read: readonly number[]) => {
  const tasks: Task[] = [
    { kind: 'source', from: { kind: 'values', json: JSON.stringify(rows) } },
    ...definitions.map((definition, index): Task => {
      return { kind: 'transform', definition: definition as never, input: index as TaskId, signals: {}, data: {} }
    }),
    // Others that read the rows in between.
    ...read.map((input): Task => {
      return { kind: 'transform', definition: formula as never, input: input as TaskId, signals: {}, data: {} }
    }),
  ]
  return rowsOf(evaluator, { tasks, wanted: [definitions.length as TaskId] })
}

test.each<[string, readonly object[], readonly number[]]>([
  ['a sort', [collect, window], []],
  ['a sort of computed rows', [formula, collect, window], []],
  ['a sort, and a step between', [collect, formula, window], []],
  ['a sort that others read', [collect, window], [1]],
  ['a sort that others read after a step in Vega', [window, collect, formula, window], [2, 3]],
  ['groups of sorted rows', [collect, count, window], [2]],
])('%s', async (_, definitions, read) => {
  expect(await ask(mixed, definitions, read)).toStrictEqual(await ask(alone, definitions, []))
})
