// Protects: queries are taken for one only where they are the same, down to the last number; and then have one hash, too.
import { expect, test } from 'vitest'
import { isSameQuery, type Query, queryHash, type SqlExpr } from '../../src/index.ts'
import { untestedHash } from '../../src/sql/query-hash.ts'

const literal = (value: null | boolean | number | string): SqlExpr => ({ kind: 'literal', value })
const x: SqlExpr = { kind: 'column', id: 'x' }
const above = (value: SqlExpr): SqlExpr => ({ kind: 'binary', op: '<', left: value, right: x })
const rows = (): Query => ({
  kind: 'select',
  star: true,
  columns: [{ id: 'y', expr: { kind: 'call', name: 'list_value', args: [literal(1.5), literal(Number.NaN)] } }],
  from: { kind: 'table', name: 't' },
})
const where = (test: SqlExpr, from = rows()): Query => ({ kind: 'select', from, star: true, columns: [], where: test })

const VALUES = [
  0,
  -0,
  1,
  1.5,
  1.25,
  Number.NaN,
  Infinity,
  -Infinity,
  2 ** 40,
  2 ** 41,
  null,
  true,
  false,
  '1',
  'NaN',
  '',
]

test('a query made anew is the same, with the same hash', () => {
  for (const value of VALUES) {
    const [one, other] = [where(above(literal(value))), where(above(literal(value)))]
    expect(isSameQuery(one, other)).toBe(true)
    expect(queryHash(one)).toBe(queryHash(other))
  }
})

test('one with another value is not', () => {
  for (const [index, value] of VALUES.entries())
    for (const other of VALUES.slice(index + 1))
      expect([value, other, isSameQuery(where(above(literal(value))), where(above(literal(other))))]).toEqual([
        value,
        other,
        false,
      ])
})

test.each<[string, Query]>([
  ['a clause more', { ...where(above(literal(1))), kind: 'select', limit: 3 } as Query],
  ['a clause less', rows()],
  ['other rows below', where(above(literal(1)), { kind: 'table', name: 't' })],
  ['a test more', where(above(literal(1)), where(above(literal(1))))],
  ['an item more', { kind: 'union', inputs: [where(above(literal(1))), rows()] }],
])('nor is one with %s', (_, other) => {
  const one = where(above(literal(1)))
  expect(isSameQuery(one, other)).toBe(false)
  expect(isSameQuery(other, one)).toBe(false)
  expect(queryHash(one)).not.toBe(queryHash(other))
})

test('a clause that is undefined is none', () => {
  const one = { kind: 'select', from: rows(), columns: [], limit: undefined } as unknown as Query
  const other: Query = { kind: 'select', from: rows(), columns: [] }
  expect(isSameQuery(one, other) && isSameQuery(other, one)).toBe(true)
  expect(queryHash(one)).toBe(queryHash(other))
})

test('deep queries are compared in steps that do not multiply', () => {
  const nested = (depth: number): Query => (depth === 0 ? rows() : where(above(literal(depth)), nested(depth - 1)))
  expect(isSameQuery(nested(200), nested(200))).toBe(true)
})

test('without their tests, queries that leave out other rows have one hash', () => {
  expect(untestedHash(where(above(literal(1))))).toBe(untestedHash(where(above(literal(2)))))
  expect(untestedHash(where(above(literal(1))))).not.toBe(untestedHash(rows()))
})
