// Protects: what moves is found among the queries of several viewers, and only tests that groups can answer are asked of them.
import type { RowTest } from '@magpie-vega/dataflow'
import { expect, test } from 'vitest'
import { isWithin, movement, remaining } from '../../src/engines/moving-tests.ts'

const tested = (text: string, ...columns: readonly string[]): RowTest => ({
  text,
  columns,
  expr: { kind: 'literal', value: true },
})
const x1 = tested('x > 1', 'x')
const x2 = tested('x > 2', 'x')
const y1 = tested('y > 1', 'y')
const y2 = tested('y > 2', 'y')
const xy = tested('x > y', 'x', 'y')
const z1 = tested('z > 1', 'z')

test('one test moves, the others stay', () => {
  expect(movement([[x1, y1]], [x2, y1])).toEqual({ fixed: [y1], columns: ['x'] })
})

test('a brush that appears moves; one that goes does not', () => {
  expect(movement([[y1]], [x1, y1])).toEqual({ fixed: [y1], columns: ['x'] })
  expect(movement([[x1]], [y1])).toEqual({ fixed: [], columns: ['y'] })
  expect(movement([[x1, y1]], [y1])).toBeUndefined()
  expect(movement([[x1]], [x1])).toBeUndefined()
})

test('tests of the same columns may change as they like', () => {
  expect(movement([[x1, xy]], [x1, tested('x < y', 'x', 'y')])).toEqual({ fixed: [], columns: ['x', 'y'] })
  expect(isWithin({ fixed: [y1], columns: ['x'] }, [y1, x1, x2])).toBe(true)
  expect(isWithin({ fixed: [y1], columns: ['x'] }, [y1, xy])).toBe(false)
  expect(isWithin({ fixed: [y1], columns: ['x'] }, [y2, x1])).toBe(false)
  expect(remaining([y1], [x1, y1, x2])).toEqual([x1, x2])
})

test('the change of the fewest columns counts, of the newest of them', () => {
  expect(
    movement(
      [
        [x1, y1],
        [x2, y2],
      ],
      [x2, y1],
    ),
  ).toEqual({ fixed: [y1], columns: ['x'] })
  expect(movement([[z1], [x2, y2]], [x2, y1])).toEqual({ fixed: [x2], columns: ['y'] })
})

test('of three columns that change at once nothing is said', () => {
  expect(movement([[]], [x1, y1, z1])).toBeUndefined()
})
