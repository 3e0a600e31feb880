import { describe, expect, it } from 'vitest'
import { isReason, references, type References } from '../../src/index.ts'

const of = (expression: string): References => {
  const found = references(expression)
  if (isReason(found)) throw new Error(found.reason)
  return found
}

// What an expression refers to decides what is sent where: a missed reference is a wrong chart.
describe('references', () => {
  it('tells signals from fields, constants and context', () => {
    const found = of("datum.a.b + datum['c d'] * sig.x - PI + (event.x || item.y || parent.z)")
    expect([...found.signals]).toEqual(['sig'])
    expect([...found.fields]).toEqual(['a', 'c d'])
    expect(found.paths).toEqual([['a', 'b'], ['c d']])
    expect([...found.uses].sort()).toEqual(['event', 'item', 'parent'])
    expect(found.datumEscapes).toBe(false)
  })

  it('counts Infinity and undefined as signals, as Vega does', () => {
    expect([...of('Infinity + undefined').signals]).toEqual(['Infinity', 'undefined'])
  })

  it('finds data sets and selection stores', () => {
    const found = of(
      "data('a').length + indata('b', 'f', 1) + (vlSelectionTest('s', datum) ? 1 : vlSelectionResolve('r').x)",
    )
    expect([...found.data].sort()).toEqual(['a', 'b', 'r', 's'])
    expect([...found.stores]).toEqual(['s'])
    expect(found.datumEscapes).toBe(false)
  })

  it('says when a data set or a scale has no literal name', () => {
    expect(of('data(which)').dynamicData).toBe(true)
    expect(of('scale(which, 1)').dynamicScales).toBe(true)
    expect([...of("scale('x', 1) + geoArea('p', datum.g)").scales]).toEqual(['x', 'p'])
  })

  it.each(['datum', 'datum[sig]', 'f(datum)', '[datum]', "vlSelectionTest('s', datum, datum)"])(
    '%s lets the row escape',
    (text) => {
      expect(of(text.replace('f(', 'isValid(')).datumEscapes).toBe(true)
    },
  )

  it('finds what is impure', () => {
    expect([...of("now() + random() + modify('d', 1) + warn(1) + screen().width + datetime()").uses].sort()).toEqual([
      'modify',
      'now',
      'random',
      'screen',
      'warn',
    ])
  })

  it('collects every literal name', () => {
    expect([...of("{k: x.y['z'], l: 'text'}").members].sort()).toEqual(['k', 'l', 'text', 'y', 'z'])
  })

  it.each(['1 +', 'a.b(1)', '[1,,2]', 'x => 1', ''])('gives a reason for %j', (text) => {
    expect(isReason(references(text))).toBe(true)
  })
})
