/** Protects: a statement says nothing of columns that nobody reads, and keeps those that somebody does. */
import { expect, test } from 'vitest'
import type { Query } from '../../src/sql/ast.ts'
import { add, as, call, column, extend, literal, select, table, where, greater } from '../../src/sql/build.ts'
import { duckdb } from '../../src/sql/dialects/duckdb.ts'
import { print } from '../../src/sql/print.ts'
import { withoutUnused } from '../../src/sql/unused.ts'

const base = table('t1')
const twice = extend(base, [as('x1', add(column('c1'), column('c1'))), as('x2', literal(2))])
const text = (query: Query): string => print(withoutUnused(query), duckdb)

test('a column that nobody reads is left out', () => {
  expect(text(select({ from: twice, columns: [as('o1', column('x1'))] }))).toBe(
    'select x1 as o1 from (select *, (c1 + c1) as x1 from t1) as s1',
  )
})

test('so are the columns that only such a column reads', () => {
  const more = extend(twice, [as('x3', column('x1'))])
  expect(text(select({ from: more, columns: [as('o1', column('x2'))] }))).toBe(
    'select x2 as o1 from (select * from (select *, 2e0 as x2 from t1) as s1) as s2',
  )
})

test('a column that a test or another query reads stays', () => {
  const tested = where(twice, greater(column('x2'), column('c2')))
  const named: Query = {
    kind: 'with',
    name: 'r1',
    query: tested,
    body: select({ from: table('r1'), columns: [as('o1', column('x1'))] }),
  }
  expect(text(named)).toBe(
    'with r1 as (select * from (select *, (c1 + c1) as x1, 2e0 as x2 from t1) as s1 where (x2 > c2)) select x1 as o1 from r1',
  )
})

test('columns that are seen from outside stay', () => {
  expect(withoutUnused(twice)).toBe(twice)
  const union: Query = { kind: 'union', inputs: [twice, twice] }
  expect(withoutUnused(select({ from: union, columns: [as('o1', column('x1'))] }))).toEqual(
    select({ from: union, columns: [as('o1', column('x1'))] }),
  )
})

test('a column that makes rows stays', () => {
  const rows = extend(base, [as('x1', call('unnest', call('range', column('c1')))), as('x2', literal(2))])
  expect(text(select({ from: rows, columns: [as('o1', column('c2'))] }))).toBe(
    'select c2 as o1 from (select *, unnest(range(c1)) as x1 from t1) as s1',
  )
})
