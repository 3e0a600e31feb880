// Protects: no regular expression of a chart is tried without end in the service's own process.
import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/expr/evaluate.ts'
import { isReason } from '../../src/reason.ts'

const scope = { signals: { long: 'a'.repeat(1001) }, data: {}, timeZone: 'UTC' }
const endless = `'${'a'.repeat(40)}!'`

describe('left to Vega', () => {
  test.each([
    `test(/(a+)+$/, ${endless})`,
    `test('(a|aa)*$', ${endless})`,
    `test(regexp('(a{1,9}){1,9}$'), ${endless})`,
    `replace(${endless}, /(a+)+$/, '')`,
    `split(${endless}, /(a+)+$/)`,
    `test(/a*a*a*a*b/, ${endless})`,
    'test(/a/, long)',
  ])('%s', (expression) => {
    expect(isReason(evaluate(expression, scope))).toBe(true)
  })
})

test.each([
  ["test(/^a+b*$/, 'aab')", true],
  ["test(/(a|b)c/, 'xbc')", true],
  ["replace('a1b22', /[0-9]+/g, '-')", 'a-b-'],
  ["replace('a.b', '.', '-')", 'a-b'],
])('%s', (expression, constant) => {
  expect(evaluate(expression, scope)).toMatchObject({ constant })
})
