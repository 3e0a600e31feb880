import { describe, expect, it } from 'vitest'
import { sameValue } from '../src/same-value.ts'
import { snapshot } from '../src/snapshot.ts'

describe('a snapshot of a root value', () => {
  it('is a copy that later changes do not reach', () => {
    const value = { list: [1, { at: new Date(0) }], typed: new Float64Array([1, 2]) }
    const copy = snapshot(value, 'x')
    value.list.push(2)
    expect(copy).toEqual({ list: [1, { at: new Date(0) }], typed: [1, 2] })
  })

  it('keeps undefined, NaN, -0 and regular expressions, and leaves out what Vega keeps under symbols', () => {
    const row = { u: undefined, n: Number.NaN, z: -0, r: /a+/i, [Symbol('vega_id')]: 4 }
    expect(sameValue(snapshot(row, 'x'), { u: undefined, n: Number.NaN, z: -0, r: /a+/i })).toBe(true)
  })

  it('leaves out the getters of a selection’s store, and reads the bins of a bin transform', () => {
    const fields = [{ field: 'a', type: 'R', getter: (row: { a: number }) => row.a }]
    expect(snapshot([{ fields, values: [[1, 2]] }], 'x')).toEqual([
      { fields: [{ field: 'a', type: 'R' }], values: [[1, 2]] },
    ])
    const bins = Object.assign((value: number) => value, { start: 0, stop: 10, step: 2, fields: ['a'], fname: 'bin_a' })
    expect(snapshot(bins, 'x')).toEqual({ start: 0, stop: 10, step: 2 })
  })

  it('refuses, with its name, what cannot be sent', () => {
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    for (const value of [new Map(), new Set([1]), circular, () => 1])
      expect(() => snapshot(value, 'brush')).toThrow(
        expect.objectContaining({ code: 'unsupported', place: 'brush' }) as Error,
      )
  })
})

describe('the same value', () => {
  it('is NaN with NaN, but not 0 with -0, null with undefined, or a date with its number', () => {
    expect(sameValue({ a: [Number.NaN] }, { a: [Number.NaN] })).toBe(true)
    expect(sameValue(new Date(Number.NaN), new Date(Number.NaN))).toBe(true)
    expect(sameValue(0, -0)).toBe(false)
    expect(sameValue(null, undefined)).toBe(false)
    expect(sameValue(new Date(0), 0)).toBe(false)
    expect(sameValue([1], { 0: 1 })).toBe(false)
  })

  it('minds missing keys and the order of keys, which Vega can see', () => {
    expect(sameValue({ a: undefined }, {})).toBe(false)
    expect(sameValue({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(false)
    expect(sameValue(/a/i, /a/g)).toBe(false)
  })
})
