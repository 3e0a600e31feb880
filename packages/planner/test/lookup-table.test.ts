import { expect, test } from 'vitest'
import { plan } from '../src/index.ts'

const TABLE = `magpie+table://${'0'.repeat(62)}aa`
const FILTER = { type: 'filter', expr: 'datum.v > low' }
const VALUES = [
  { k: 'a', v: 1 },
  { k: 'a', v: 2 },
]

/** How many of two data sets the server computes: a table with a slider before it, and one that looks up in it. */
const full = (table: object): number =>
  plan(
    {
      signals: [{ name: 'low', value: 0, bind: { input: 'range' } }],
      data: [
        { name: 'table', ...table },
        {
          name: 'rows',
          url: TABLE,
          transform: [{ type: 'lookup', from: 'table', key: 'k', fields: ['k'], values: ['v'] }],
        },
      ],
      marks: ['table', 'rows'].map((data) => ({ type: 'symbol', from: { data } })),
    },
    { placement: 'capability' },
  ).counts.full

test.each<[string, object]>([
  ['repeat in the spec', { values: VALUES, transform: [FILTER] }],
  [
    'are one of several that make a group',
    { url: TABLE, transform: [FILTER, { type: 'aggregate', groupby: ['k', 'v'] }] },
  ],
  ['are of rows that were made of one', { url: TABLE, transform: [FILTER, { type: 'fold', fields: ['a', 'b'] }] }],
])('a table whose rows come and go stays with its lookup where keys %s', (_, table) => {
  expect(full(table)).toBe(0)
})

test.each<[string, object]>([
  ['the rows stay', { values: VALUES, transform: [{ type: 'formula', as: 'v', expr: 'low' }] }],
  ['nothing changes', { values: VALUES, transform: [{ type: 'filter', expr: 'datum.v > 1' }] }],
  ['a group has the key to itself', { url: TABLE, transform: [FILTER, { type: 'aggregate', groupby: ['k'] }] }],
])('the server looks up where %s', (_, table) => {
  expect(full(table)).toBe(2)
})
