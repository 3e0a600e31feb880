// Protects: a `nest` whose tree nobody reads costs nothing, and every other nest is done by Vega.
import { describe, expect, test } from 'vitest'
import { plan } from '../src/index.ts'

const URL = 'magpie+table://0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'
const AGGREGATE = { type: 'aggregate', groupby: ['a'] }

const typesOf = (nest: object, ...others: readonly object[]): readonly unknown[] => {
  const rows = { name: 'rows', url: URL, transform: [{ type: 'nest', ...nest }, AGGREGATE] }
  const marks = ['rows', ...others.map((_, i) => `other${i}`)].map((data) => ({ type: 'rect', from: { data } }))
  const made = plan({ data: [rows, ...others.map((other, i) => ({ name: `other${i}`, ...other }))], marks })
  return made.graph.tasks.flatMap((task) => (task.kind === 'transform' ? [task.definition.type] : []))
}

describe('a nest', () => {
  test.each([{ keys: ['a', 'b'] }, { keys: ['a'], generate: false }, {}])('%o without readers is left out', (nest) => {
    expect(typesOf(nest)).toEqual(['aggregate'])
  })

  test.each([
    { keys: ['a'], generate: true },
    { keys: ['a'], generate: { signal: 'true' } },
    { keys: [{ signal: '"a"' }] },
    { keys: ['a.b'] },
    { keys: ['a'], signal: 'tree' },
  ])('%o is done', (nest) => {
    expect(typesOf(nest)).toEqual(['nest', 'aggregate'])
  })

  test('is done where a data set, or one that comes from it, reads its tree', () => {
    const filtered = { source: 'rows', transform: [{ type: 'filter', expr: 'datum.a' }] }
    const links = { source: 'other0', transform: [{ type: 'treelinks' }] }
    expect(typesOf({ keys: ['a'] }, filtered, links)).not.toEqual(['aggregate', 'filter'])
    expect(typesOf({ keys: ['a'] }, filtered)).toEqual(['aggregate', 'filter'])
  })
})
