import fc from 'fast-check'
import type { Scalar } from '../src/index.ts'

/** The same values in every run. */
export const SEEDED = { seed: 20_261_121 }

/** Every kind of scalar, nested a little, with the values that JSON loses well represented. */
export const anyScalar: fc.Arbitrary<Scalar> = fc.letrec<{ scalar: Scalar }>((tie) => ({
  scalar: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.constantFrom<Scalar>(undefined, null, true, false, Number.NaN, -0, 0, Infinity, -Infinity, '', '$magpie'),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.date({ noInvalidDate: false }),
    fc.oneof(fc.float32Array({ maxLength: 3 }), fc.float64Array({ maxLength: 3 }), fc.int16Array({ maxLength: 3 })),
    fc.constantFrom<Scalar>(/a+/i, /\/"/u, new RegExp('')),
    fc.array(tie('scalar'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$magpie', '__proto__', '1', 'object')), tie('scalar'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).scalar
