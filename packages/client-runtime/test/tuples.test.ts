import { encodeCell, MagpieError } from '@magpie-vega/protocol'
import type { Scalar } from '@magpie-vega/protocol'
import {
  Bool,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeVector,
  Schema,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import type { DataType, Vector } from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { tuplesFrom } from '../src/tuples.ts'

interface Written {
  readonly name: string
  readonly type: string
  readonly vector: Vector
  readonly nulls?: 'absent'
}

const write = (columns: readonly Written[]): Uint8Array => {
  const schema = new Schema(
    columns.map(({ name, type, vector, nulls }) => {
      const metadata = new Map([
        ['magpie:type', type],
        ...(nulls === undefined ? [] : [['magpie:null', nulls] as const]),
      ])
      return new Field(name, vector.type as DataType, true, metadata)
    }),
  )
  return tableToIPC(new Table(schema, Object.fromEntries(columns.map(({ name, vector }) => [name, vector]))), 'stream')
}

const numbers = (...values: (number | null)[]): Vector => vectorFromArray(values, new Float64())
const texts = (...values: (string | null)[]): Vector => vectorFromArray(values, new Utf8())

describe('tuples of an answer', () => {
  it('keep every number apart: NaN, -0, the infinities and null', () => {
    const rows = tuplesFrom(
      write([{ name: 'x', type: 'number', vector: numbers(1.5, Number.NaN, -0, Infinity, -Infinity, null) }]),
    )
    expect(rows).toEqual([{ x: 1.5 }, { x: Number.NaN }, { x: -0 }, { x: Infinity }, { x: -Infinity }, { x: null }])
    expect(Object.is(rows[2]?.['x'], -0)).toBe(true)
  })

  it('keep a column without a name', () => {
    expect(tuplesFrom(write([{ name: '', type: 'number', vector: numbers(1) }]))).toEqual([{ '': 1 }])
  })

  it('keep NaN when the vector has no validity bitmap', () => {
    const vector = makeVector(new Float64Array([Number.NaN, 1]))
    expect(tuplesFrom(write([{ name: 'x', type: 'number', vector }]))).toEqual([{ x: Number.NaN }, { x: 1 }])
  })

  it('keep strings as they are: empty, beyond the basic plane, with a leading byte order mark', () => {
    const values = ['', 'a', '\u{1F426}', '\uFEFFa', 'null', null]
    const plain = tuplesFrom(write([{ name: 's', type: 'string', vector: texts(...values) }]))
    const dictionary = vectorFromArray(values, new Dictionary(new Utf8(), new Int32()))
    const encoded = tuplesFrom(write([{ name: 's', type: 'string', vector: dictionary }]))
    expect(plain).toEqual(values.map((s) => ({ s })))
    expect(encoded).toEqual(plain)
  })

  it('read booleans and dates, an invalid date too', () => {
    const rows = tuplesFrom(
      write([
        { name: 'b', type: 'boolean', vector: vectorFromArray([true, false, null], new Bool()) },
        { name: 't', type: 'date', vector: numbers(0, Number.NaN, null) },
      ]),
    )
    expect(rows).toEqual([
      { b: true, t: new Date(0) },
      { b: false, t: new Date(Number.NaN) },
      { b: null, t: null },
    ])
  })

  it('read json cells', () => {
    const cells: readonly Scalar[] = [[1, null], { a: undefined }, 'text', Number.NaN, new Date(5)]
    expect(tuplesFrom(write([{ name: 'j', type: 'json', vector: texts(...cells.map(encodeCell)) }]))).toEqual(
      cells.map((j) => ({ j })),
    )
  })

  it('have no key where a slot is absent, and keys in column order', () => {
    const rows = tuplesFrom(
      write([
        { name: 'b', type: 'number', vector: numbers(1, 2) },
        { name: 'a', type: 'number', vector: numbers(null, 3), nulls: 'absent' },
        { name: '__proto__', type: 'string', vector: texts('p', 'q') },
      ]),
    )
    expect(rows.map((row) => Object.keys(row))).toEqual([
      ['b', '__proto__'],
      ['b', 'a', '__proto__'],
    ])
    expect(Object.getPrototypeOf(rows[0])).toBe(Object.prototype)
  })

  it('read an empty table, several batches, and bytes inside a larger message', () => {
    expect(tuplesFrom(write([{ name: 'x', type: 'number', vector: numbers() }]))).toEqual([])
    const bytes = write([{ name: 'x', type: 'number', vector: numbers(1).concat(numbers(2, null)) }])
    const message = new Uint8Array(bytes.length + 3)
    message.set(bytes, 3)
    expect(tuplesFrom(message.subarray(3))).toEqual([{ x: 1 }, { x: 2 }, { x: null }])
    expect(tuplesFrom(Buffer.from(message).subarray(3))).toHaveLength(3)
  })

  it('are fresh plain objects each time, since Vega changes them', () => {
    const bytes = write([{ name: 'x', type: 'number', vector: numbers(1) }])
    expect(tuplesFrom(bytes)[0]).not.toBe(tuplesFrom(bytes)[0])
  })

  it('refuse what is no such stream with one typed error', () => {
    const bytes = write([{ name: 'x', type: 'number', vector: numbers(1, 2, 3) }])
    expect(() => tuplesFrom(bytes.subarray(0, bytes.length - 40))).toThrow(MagpieError)
    expect(() => tuplesFrom(new Uint8Array([1, 2, 3]))).toThrow(MagpieError)
    expect(() => tuplesFrom(write([{ name: 'x', type: 'complex', vector: numbers(1) }]))).toThrow(/magpie:type/)
  })
})
