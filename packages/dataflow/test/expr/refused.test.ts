import { expect, it } from 'vitest'
import { compileExpression, compilePredicate, isReason } from '../../src/index.ts'
import { WORLD } from './expressions.ts'
import { COLUMNS } from './nasty-rows.ts'

const scope = { ...WORLD, columns: COLUMNS, timeZone: 'UTC' }

// Vega refuses such a spec while it reads it, whether the call would be made or not.
it.each([
  'month()',
  'clamp(datum.n, 1)',
  'if(datum.b, 1)',
  'data(text)',
  "indata('several', text, 1)",
  '{toString: 1}',
  '[{valueOf: 2}]',
])('an expression in which %s is never evaluated is left to Vega', (call) => {
  for (const text of [call, `true ? datum.n : ${call}`, `false && ${call}`]) {
    expect(isReason(compileExpression(text, scope)), text).toBe(true)
    expect(isReason(compilePredicate(text, scope)), text).toBe(true)
  }
})
