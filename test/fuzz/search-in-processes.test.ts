import { expect, test } from 'vitest'
import { verdictOf } from './search-in-processes.ts'

// Protects: a chart that takes its process down is refused where Vega alone was running, and nowhere else.
test('the end of a process in Vega alone refuses the chart, and any other end is wrong', () => {
  expect(verdictOf({ kind: 'at', n: 7, phase: 'vega' }, 7, 'hangs').found).toBe('refused')
  expect(verdictOf({ kind: 'at', n: 7, phase: 'planned' }, 7, 'hangs').found).toBe('wrong')
  expect(verdictOf({ kind: 'done', n: 6, found: 'refused', text: '' }, 7, 'hangs').found).toBe('wrong')
  expect(verdictOf({ kind: 'wrong', n: 7, text: 'differs' }, 7, 'hangs')).toEqual({ found: 'wrong', text: 'differs' })
})
