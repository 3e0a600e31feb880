/** Protects: a copy of a table is kept where it saves work at the next brush, and only there. */
import type { Task, TaskId, TransformTask } from '@magpie-vega/protocol'
import { expect, test } from 'vitest'
import type { Context } from '../src/evaluate/context.ts'
import { needsOf } from '../src/evaluate/needs.ts'
import { staticPart } from '../src/evaluate/static-part.ts'

const id = (index: number): TaskId => index as TaskId
type Definition = TransformTask['definition']
const FILTER: Definition = { type: 'filter', expr: 'datum.v > least' }

const keptOf = (...definitions: readonly Definition[]): readonly string[] | undefined => {
  const tasks: Task[] = [
    { kind: 'root', name: 'least', type: 'signal' },
    { kind: 'source', from: { kind: 'table', sha256: '0'.repeat(64) } },
  ]
  for (const definition of definitions)
    tasks.push({
      kind: 'transform',
      definition,
      input: id(tasks.length - 1),
      signals: definition === FILTER ? { least: id(0) } : {},
      data: {},
    })
  const graph = { tasks }
  const roots = new Map([[id(0), 3]])
  const needs = needsOf(graph, roots, [{ task: id(tasks.length - 1), columns: ['v', 'row'] }])
  const context: Context = { graph, roots, needs, fingerprints: [], timeZone: 'UTC' }
  return staticPart(context, { base: id(1), steps: definitions.map((_, index) => id(index + 2)) })?.columns
}

test('computed columns are kept', () => {
  expect(keptOf({ type: 'formula', expr: 'datum.w * 2', as: 'v' }, FILTER)).toEqual(['row', 'v'])
})

test('rows that are numbered, and nothing else, are not', () => {
  expect(keptOf({ type: 'identifier', as: 'row' }, FILTER)).toBeUndefined()
  expect(keptOf(FILTER)).toBeUndefined()
})
