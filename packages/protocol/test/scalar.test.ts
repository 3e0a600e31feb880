// Protects: every JavaScript value of a signal or cell crosses the wire unchanged, or is refused with a reason.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeScalar, encodeScalar, MagpieError } from '../src/index.ts'
import type { Scalar } from '../src/index.ts'
import { anyScalar, SEEDED } from './arbitrary.ts'

const nested = (levels: number): Scalar => (levels === 0 ? 1 : [nested(levels - 1)])

test('every scalar survives a round trip', () => {
  fc.assert(
    fc.property(anyScalar, (value) => {
      expect(decodeScalar(encodeScalar(value))).toStrictEqual(value)
    }),
    SEEDED,
  )
})

test.each([
  [undefined, null],
  [0, -0],
  [Number.NaN, null],
  [new Date(5), 5],
  ['1', 1],
  [[], {}],
])('%o and %o are written differently', (left, right) => {
  expect(encodeScalar(left)).not.toEqual(encodeScalar(right))
})

test('a key named __proto__ is data', () => {
  const value: Scalar = Object.fromEntries([['__proto__', 1]])
  expect(Object.keys(decodeScalar(encodeScalar(value)) as object)).toEqual(['__proto__'])
})

test('values nested to the limit survive; deeper ones, and cycles, are refused', () => {
  expect(decodeScalar(encodeScalar(nested(32)))).toEqual(nested(32))
  expect(() => encodeScalar(nested(33))).toThrow(MagpieError)
  const cycle: Record<string, Scalar> = {}
  cycle.self = cycle
  expect(() => encodeScalar(cycle)).toThrow('nested deeper')
})

test('objects nested to the limit survive too', () => {
  const deep = (levels: number): Scalar => (levels === 0 ? 1 : { a: deep(levels - 1) })
  expect(decodeScalar(encodeScalar(deep(32)))).toEqual(deep(32))
})

test('what is no scalar is refused', () => {
  const notScalars: readonly unknown[] = [() => 1, Symbol('s'), 1n, new Map(), new DataView(new ArrayBuffer(2))]
  for (const value of notScalars) expect(() => encodeScalar(value as Scalar)).toThrow('cannot be sent')
})
