import { expect, test } from 'vitest'
import { plan } from '../src/index.ts'

const LIST = { type: 'formula', as: 'i', expr: 'sequence(1, count)' }
const FLATTEN = { type: 'flatten', fields: ['i'] }
const ENDS = { type: 'formula', as: 'v', expr: 'datum.i === 1 ? low : datum.i === count - 1 ? 9 : null' }
const BETWEEN = { type: 'formula', as: 'v', expr: 'isValid(datum.v) ? datum.v : low + datum.i / count' }
const slider = (name: string, value: number): object => ({ name, value, bind: { input: 'range', min: 2, max: 9 } })

const full = (transform: readonly object[]): number =>
  plan(
    {
      signals: [slider('low', 2), slider('count', 5), slider('other', 3)],
      data: [{ name: 'rows', values: [{}], transform }],
      marks: [{ type: 'symbol', from: { data: 'rows' } }],
    },
    { placement: 'capability' },
  ).counts.full

test('a column may be written over that is written anew before, whenever it is read', () => {
  expect(full([LIST, FLATTEN, ENDS, BETWEEN])).toBe(1)
})

test.each<[string, readonly object[]]>([
  ['its reader follows another signal', [LIST, FLATTEN, ENDS, { ...BETWEEN, expr: `${BETWEEN.expr} + other` }]],
  ['the rows before are not all new', [LIST, FLATTEN, { type: 'formula', as: 'w', expr: 'other' }, ENDS, BETWEEN]],
  ['the first to write it reads it', [LIST, FLATTEN, { ...ENDS, expr: 'datum.v + low * count' }, BETWEEN]],
  ['a filter stands between', [LIST, FLATTEN, ENDS, { type: 'filter', expr: 'datum.i > low' }, BETWEEN]],
  ['nothing writes it before', [LIST, FLATTEN, BETWEEN]],
])('it stays in the browser where %s', (_, transform) => {
  expect(full(transform)).toBe(0)
})
