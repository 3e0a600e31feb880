// Protects: cells of `json` columns keep what JSON loses, and stay readable where they are plain JSON.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCell, encodeCell } from '../src/index.ts'
import type { Scalar } from '../src/index.ts'
import { anyScalar, SEEDED } from './arbitrary.ts'

test('every scalar survives a round trip', () => {
  fc.assert(
    fc.property(anyScalar, (value) => {
      expect(decodeCell(encodeCell(value))).toStrictEqual(value)
    }),
    SEEDED,
  )
})

test('plain JSON is written as JSON', () => {
  const value: Scalar = { a: [1, 'x', null, true], b: { c: 0.5 } }
  expect(encodeCell(value)).toBe(JSON.stringify(value))
})

test.each<[Scalar, string]>([
  [undefined, '{"$magpie":"undefined"}'],
  [-0, '{"$magpie":"-0"}'],
  [[Number.NaN, -Infinity], '[{"$magpie":"NaN"},{"$magpie":"-Infinity"}]'],
  [new Date(0), '{"$magpie":{"date":0}}'],
  [/a/g, '{"$magpie":{"regexp":"/a/g"}}'],
  [Float32Array.of(1), '{"$magpie":{"numbers":["Float32Array","AACAPw=="]}}'],
  [{ $magpie: 'NaN' }, '{"$magpie":{"object":[["$magpie","NaN"]]}}'],
])('%o is written as %s', (value, text) => {
  expect(encodeCell(value)).toBe(text)
})

test('an escaped spelling of the tag is still a tag', () => {
  expect(decodeCell('{"\\u0024magpie":"NaN"}')).toBeNaN()
})

test.each(['{"$magpie":"what"}', '{"$magpie":{"object":[1]}}', '{"$magpie":{"numbers":["Map",""]}}', 'x'])(
  '%s is refused',
  (text) => {
    expect(() => decodeCell(text)).toThrow(/cell/)
  },
)
