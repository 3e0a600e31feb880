/** Protects: only the columns that a request reads are loaded, and never one too few. */
import type { Scalar, Task, TaskId, Wanted } from '@magpie-vega/protocol'
import { describe, expect, test } from 'vitest'
import type { Fields } from '../src/evaluate/fields-read.ts'
import { needsOf } from '../src/evaluate/needs.ts'

type Definition = Readonly<Record<string, unknown>> & { readonly type: string }

const source: Task = { kind: 'source', from: { kind: 'url', url: 'x.parquet' } }
const store = [{ unit: '', fields: [{ type: 'R', channel: 'x', field: 'brushed' }], values: [[0, 1]] }]

/** What is read of the source by the steps, when `columns` of the last one's rows are wanted. */
const read = (steps: readonly Definition[], columns: Wanted['columns'], rows: Scalar = store): Fields | undefined => {
  const tasks: Task[] = [{ kind: 'root', name: 'store', type: 'data' }, source]
  for (const definition of steps) {
    const input = (tasks.length - 1) as TaskId
    const data = JSON.stringify(definition).includes('store') ? { store: 0 as TaskId } : {}
    tasks.push({ kind: 'transform', definition, input, signals: {}, data })
  }
  const wanted = [{ task: (tasks.length - 1) as TaskId, columns }]
  return needsOf({ tasks }, new Map([[0 as TaskId, rows]]), wanted).get(1 as TaskId)
}

const count: Definition = { type: 'aggregate', groupby: ['g'], ops: ['count'], fields: [null], as: ['n'] }

describe('what is read of a source', () => {
  test('the fields of each step, and of the rows that are wanted', () => {
    const bin: Definition = { type: 'bin', field: "['a b']", extent: { signal: 'e' }, signal: 'bins', as: ['x', 'y'] }
    expect(read([bin, { type: 'filter', expr: "datum.v > 1 && datum['w.w']" }], ['x', 'z'])).toEqual(
      new Set(['a b', 'v', 'w.w', 'x', 'z']),
    )
  })
  test('nothing beyond an aggregate but its own fields', () => {
    expect(read([{ type: 'formula', expr: 'datum.a', as: 'g' }, count], ['n'])).toEqual(new Set(['a', 'g']))
  })
  test('fields of a nested path by their first name', () => {
    expect(read([{ ...count, groupby: ['a.b', 'c\\.d'] }], 'all')).toEqual(new Set(['a', 'c.d']))
  })
  test('fields of the tuples that a selection test tests', () => {
    const test = { type: 'filter', expr: '!length(data("store")) || vlSelectionTest("store", datum)' }
    expect(read([test, count], ['n'])).toEqual(new Set(['brushed', 'g']))
  })
  test.each<[string, Definition]>([
    ['the whole row in an expression', { type: 'filter', expr: 'keys(datum)' }],
    ['a field that a signal names', { ...count, groupby: [{ signal: 's' }] }],
    ['a field of an empty path', { ...count, ops: ['min'], fields: [''] }],
    ['a field that is a list', { ...count, ops: ['min'], fields: [[]] }],
    ['whole rows as values', { ...count, ops: ['argmax'], fields: ['v'], as: ['top'] }],
    ['an operation that a signal names', { ...count, ops: [{ signal: 's' }], fields: ['v'] }],
    ['a transform that is not known', { type: 'nest', keys: ['g'] }],
    ['an expression that does not parse', { type: 'filter', expr: 'datum.' }],
  ])('everything for %s', (_, definition) => expect(read([definition, count], ['n'])).toBe('all'))
  test('everything when all columns are wanted', () => {
    expect(read([{ type: 'filter', expr: 'datum.a' }], 'all')).toBe('all')
  })
})
