// Protects: only tests of whole values are taken out from under a grouping, and only from where all rows are still there.
import { expect, test } from 'vitest'
import { duckdb, groupingOf, partialGroups, print, type Query, type SqlExpr, testedGrouping } from '../../src/index.ts'

const column = (id: string): SqlExpr => ({ kind: 'column', id })
const number = (value: number): SqlExpr => ({ kind: 'literal', value })
const binary = (op: '<' | '/' | 'and' | '*', left: SqlExpr, right: SqlExpr): SqlExpr => ({
  kind: 'binary',
  op,
  left,
  right,
})
const rows: Query = { kind: 'table', name: 't' }
const where = (from: Query, test: SqlExpr): Query => ({ kind: 'select', from, star: true, columns: [], where: test })
const counts = (from: Query): Query => ({
  kind: 'select',
  from,
  columns: [
    { id: 'g', expr: column('k') },
    { id: 'n', expr: { kind: 'aggregate', name: 'count', args: [] } },
  ],
  groupBy: [column('k')],
})
const taken = (from: Query) => {
  const grouping = groupingOf(counts(from))
  return grouping && testedGrouping(grouping)
}

const below = binary('<', column('x'), number(3))
const above = binary('<', number(1), column('x'))

test('each part of a conjunction is a test of its own', () => {
  const found = taken(where(rows, binary('and', above, below)))
  expect(found?.tests.map(({ columns }) => columns)).toEqual([['x'], ['x']])
  expect(found?.tests.map(({ expr }) => expr)).toEqual([above, below])
})

test.each<[string, SqlExpr]>([
  ['0 and -0', binary('<', binary('/', number(1), column('x')), number(0))],
  ['texts of numbers', binary('<', { kind: 'cast', operand: column('x'), type: 'varchar' }, number(0))],
  ['what is random', binary('<', { kind: 'call', name: 'random', args: [] }, number(0))],
])('a test that tells %s apart stays', (_, other) => {
  expect(taken(where(rows, other))).toBeUndefined()
  const found = taken(where(rows, binary('and', other, below)))
  expect(found?.tests.map(({ expr }) => expr)).toEqual([below])
  expect(print(found?.rows ?? rows, duckdb)).toContain(print(where(rows, other), duckdb).split('where ')[1])
})

test.each<[string, Query]>([
  ['a limit', { kind: 'select', from: where(rows, below), star: true, columns: [], limit: 3 }],
  [
    'numbers of rows',
    {
      kind: 'select',
      from: where(rows, below),
      star: true,
      columns: [
        { id: 'w', expr: { kind: 'aggregate', name: 'row_number', args: [], over: { partitionBy: [], orderBy: [] } } },
      ],
    },
  ],
])('a test under %s stays', (_, from) => {
  expect(taken(from)).toBeUndefined()
  expect(taken(where(from, above))?.tests.map(({ expr }) => expr)).toEqual([above])
})

test('the groups have the columns that move, and answer tests of these only', () => {
  const tested = taken(where(where(rows, binary('<', column('y'), number(2))), below))
  if (tested === undefined) throw new Error('There are tests')
  const [fixed, moving] = tested.tests
  if (fixed === undefined || moving === undefined) throw new Error('There are two tests')
  const partial = partialGroups(tested, [fixed], ['x'], 'p')
  const kept: Query = { kind: 'table', name: 'kept' }
  expect(print(partial?.query ?? rows, duckdb)).toMatchInlineSnapshot(
    `"select "x" as p_k0, "k" as p_k1, count(*) as p_a0 from (select * from (select * from (select * from "t") as s1) as s2 where ("y" < 2e0)) as s3 group by "x", "k""`,
  )
  const over = partial?.over(kept, [moving])
  expect(over && print(over, duckdb)).toMatchInlineSnapshot(
    `"select p_k1 as "g", cast(coalesce(sum(p_a0), 0) as bigint) as "n" from (select * from "kept" where (p_k0 < 3e0)) as s1 group by p_k1"`,
  )
  expect(partial?.over(kept, [fixed])).toBeUndefined()
})
