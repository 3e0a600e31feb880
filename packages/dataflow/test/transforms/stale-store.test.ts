// Protects: what Vega's store of a group's rows remembers of one field and gives for another stays with Vega.
import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { numbers } from './harness.ts'

// the first row has the least b: Vega then asks its store for it
const table = { a: numbers(1, 2, 6), b: numbers(10, 30, 20) }
const of = (...measures: readonly (readonly [op: string, field: string])[]) => ({
  ops: measures.map(([op]) => op),
  fields: measures.map(([, field]) => field),
})

describe('aggregate', () => {
  it.each([
    of(['median', 'a'], ['argmin', 'b'], ['median', 'b']),
    of(['q1', 'a'], ['argmax', 'b'], ['q3', 'b']),
    of(['argmin', 'a'], ['median', 'b'], ['argmin', 'b']),
  ])('leaves $ops of $fields to Vega', (measures) =>
    expectReason({ table, transforms: [{ type: 'aggregate', ...measures }] }, /another field/),
  )

  it.each([
    of(['median', 'a'], ['median', 'b'], ['argmin', 'b']),
    of(['argmin', 'b'], ['median', 'b'], ['median', 'a']),
    of(['median', 'a'], ['argmin', 'a'], ['median', 'b']),
  ])('computes $ops of $fields', (measures) => expectEqual({ table, transforms: [{ type: 'aggregate', ...measures }] }))
})
