// Protects: equal work shares a fingerprint wherever it stands, and nothing different ever does.
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Scalar, Task, TaskId } from '@magpie-vega/protocol'
import { canonical } from '../src/canonical.ts'
import { fingerprints } from '../src/fingerprint.ts'
import type { FingerprintContext } from '../src/fingerprint.ts'

const id = (index: number): TaskId => index as TaskId
const context: FingerprintContext = { roots: new Map(), sourceVersions: new Map(), timeZone: 'UTC', version: '1' }
const none = { signals: {}, data: {} }
const cars: Task = { kind: 'source', from: { kind: 'url', url: 'cars.json' } }
const root = (name: string): Task => ({ kind: 'root', name, type: 'signal' })
const filter = (input: number, signals: Record<string, TaskId> = {}): Task => ({
  kind: 'transform',
  definition: { type: 'filter', expr: 'datum.x > lo' },
  input: id(input),
  signals,
  data: {},
})
const of = (tasks: readonly Task[], more: Partial<FingerprintContext> = {}) =>
  fingerprints({ tasks }, { ...context, ...more })
const last = (tasks: readonly Task[], more: Partial<FingerprintContext> = {}) => of(tasks, more).at(-1)

const anyJson = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<Scalar>(
    undefined,
    null,
    Number.NaN,
    0,
    -0,
    Infinity,
    new Date(0),
    new Date(Number.NaN),
    /a/g,
    '',
    'u',
  ),
  fc.string({ unit: 'binary' }),
)

test('values have equal bytes exactly when they are the same', () => {
  fc.assert(
    fc.property(fc.array(anyJson), fc.array(anyJson), (left, right) => {
      expect(canonical(left).equals(canonical(structuredClone(left)))).toBe(true)
      if (!isDeepStrictEqual(left, right)) expect(canonical(left).equals(canonical(right))).toBe(false)
    }),
    { seed: 20_261_121 },
  )
})

test.each<[unknown, unknown]>([
  [undefined, null],
  [Number.NaN, null],
  [0, -0],
  [new Date(0), 0],
  [new Date(Number.NaN), new Date(0)],
  [
    ['ab', 'c'],
    ['a', 'bc'],
  ],
  [[[1], 2], [[1, 2]]],
  [{ a: undefined }, {}],
  [[undefined], []],
  ['\ud800', '\ud801'],
  [/a/g, ['a', 'g']],
  [{}, []],
])('%o and %o differ', (left, right) => {
  expect(canonical(left).equals(canonical(right))).toBe(false)
})

test('the order of keys does not matter; what is no value is refused', () => {
  expect(canonical({ a: 1, b: { d: 1, c: 2 } })).toEqual(canonical({ b: { c: 2, d: 1 }, a: 1 }))
  expect(() => canonical(() => 1)).toThrow(TypeError)
})

test('the same work has one fingerprint at any position, whatever stands beside it', () => {
  const alone = last([cars, filter(0)])
  const beside = of([root('other'), cars, root('more'), filter(1)], { roots: new Map([[id(0), 5]]) })
  expect(beside[3]).toBe(alone)
})

test('the name of a root does not matter, the name it is bound to does', () => {
  const roots = new Map<TaskId, Scalar>([[id(0), 5]])
  const bound = (name: string, as: string) => last([root(name), cars, filter(1, { [as]: id(0) })], { roots })
  expect(bound('lo', 'lo')).toBe(bound('low', 'lo'))
  expect(bound('lo', 'lo')).not.toBe(bound('lo', 'hi'))
})

test.each<[string, Partial<FingerprintContext>]>([
  ['the value of a root', { roots: new Map<TaskId, Scalar>([[id(0), 6]]) }],
  ['undefined for a root', { roots: new Map<TaskId, Scalar>([[id(0), undefined]]) }],
  ['no value for a root', { roots: new Map() }],
  ['the version of a source', { sourceVersions: new Map([[id(1), 'etag']]) }],
  ['the time zone', { timeZone: 'Europe/Berlin' }],
  ['the version', { version: '2' }],
])('%s changes the fingerprint', (_what, change) => {
  const tasks = [root('lo'), cars, filter(1, { lo: id(0) })]
  const before = { roots: new Map<TaskId, Scalar>([[id(0), 5]]) }
  expect(last(tasks, { ...before, ...change })).not.toBe(last(tasks, before))
})

test('a change of one root leaves the fingerprints of what does not read it', () => {
  const tasks: readonly Task[] = [root('lo'), cars, filter(1, { lo: id(0) }), { ...filter(1), ...none }]
  const [, carsBefore, filterBefore, otherBefore] = of(tasks, { roots: new Map([[id(0), 1]]) })
  const [, carsAfter, filterAfter, otherAfter] = of(tasks, { roots: new Map([[id(0), 2]]) })
  expect([carsAfter, otherAfter]).toEqual([carsBefore, otherBefore])
  expect(filterAfter).not.toBe(filterBefore)
})

test('an output differs from its transform, a union from its only input, a format from none', () => {
  const extent: Task = { kind: 'transform', definition: { type: 'extent', field: 'x' }, input: id(0), ...none }
  const all = of([
    cars,
    extent,
    { kind: 'output', transform: id(1) },
    { kind: 'union', inputs: [id(1)] },
    { ...cars, format: {} } as Task,
  ])
  expect(new Set(all).size).toBe(all.length)
})
