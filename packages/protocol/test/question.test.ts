// Protects: a request is told from others by everything in it but its grants, and by all of that.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeQueryRequest, encodeQueryRequest, questionOf } from '../src/index.ts'
import type { QueryRequest, TaskId } from '../src/index.ts'
import { anyScalar } from './arbitrary.ts'

const id = (index: number): TaskId => index as TaskId

const anyRequest: fc.Arbitrary<QueryRequest> = fc.record({
  graph: fc.record({ kind: fc.constant('hash' as const), hash: fc.uint8Array({ minLength: 1, maxLength: 32 }) }),
  roots: fc.array(anyScalar, { maxLength: 3 }).map((values) => new Map(values.map((value, at) => [id(at), value]))),
  wanted: fc.array(
    fc.record({
      task: fc.nat(300).map(id),
      columns: fc.oneof(fc.constant('all' as const), fc.array(fc.string(), { minLength: 1, maxLength: 2 })),
    }),
    { maxLength: 3 },
  ),
  timeZone: fc.constantFrom('UTC', 'Asia/Kolkata'),
  grants: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }),
})

const textOf = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('hex')

test('the grants come apart, and the rest is the request without them', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const question = questionOf(encodeQueryRequest(request))
      expect(question?.grants).toEqual(request.grants)
      expect(textOf(question?.asked)).toBe(textOf(encodeQueryRequest({ ...request, grants: [] })))
    }),
  )
})

test('grants between other fields come apart as the decoder reads them', () => {
  const [one, two] = ['first.grant', 'second.grant'].map((grant) =>
    Buffer.from([58, grant.length, ...Buffer.from(grant)]),
  )
  const rest = Buffer.from(
    encodeQueryRequest({
      graph: { kind: 'hash', hash: new Uint8Array([1, 2]) },
      roots: new Map(),
      wanted: [],
      timeZone: 'UTC',
      grants: [],
    }),
  )
  const mixed = Buffer.concat([one ?? rest, rest, two ?? rest])
  const question = questionOf(mixed)
  expect(question?.grants).toEqual(decodeQueryRequest(mixed).grants)
  expect(textOf(question?.asked)).toBe(textOf(rest))
})

test('bytes that are no request are no question', () => {
  expect(questionOf(Buffer.from([0x12, 0xff, 1]))).toBeUndefined()
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void questionOf(bytes)))
})
