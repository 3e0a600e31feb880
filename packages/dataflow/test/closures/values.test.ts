// Protects: closures have the values of Vega's generated code, and of vega-interpreter where that agrees with it.
import fc from 'fast-check'
import * as vega from 'vega'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { expressions, WORLD } from '../expr/expressions.ts'
import { rows } from '../expr/nasty-rows.ts'
import { outcome, paramsOf, parsed, scopeOf, type Evaluator, type Scope } from './evaluators.ts'

const ROWS = rows(30)
const PARAMS = paramsOf(WORLD)

let scopes: Readonly<Record<Evaluator, Scope>>
beforeAll(async () => {
  const of = (evaluator: Evaluator): Promise<Scope> => scopeOf(evaluator, WORLD)
  scopes = { generated: await of('generated'), interpreted: await of('interpreted'), closures: await of('closures') }
})

const { randomLCG, setRandom } = vega as unknown as {
  readonly randomLCG: (seed: number) => () => number
  readonly setRandom: (random: () => number) => void
}

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_600_000_000_000 }))
afterAll(() => void vi.useRealTimers())

const valuesBy = (evaluator: Evaluator, text: string): readonly unknown[] => {
  const evaluate = scopes[evaluator].parameterExpression(parsed(text, WORLD))
  setRandom(randomLCG(42))
  return ROWS.map((row) => outcome(() => evaluate({ ...row }, PARAMS)))
}

/** Vega never finds the quarter of an invalid date. */
const ends = (text: string): boolean => !text.includes("Offset('quarter'")

const AGREED = [
  "datum['s']",
  'datum.j.a',
  "datum[datum.s + '']",
  'datum["n"] + datum[\'n\']',
  '[1, [2, datum.n]]',
  "{a: datum.n, 'b c': {d: [datum.s]}, 3: 1}",
  "{'toStrin': 1}",
  "'\\u0041\\x41\\n\\\nx\\0'",
  '"it\'s"',
  '0x1F + 1e3 + .5 + 5.',
  'true ? null : false',
  '!datum.b0 || ~datum.i && -datum.n',
  '+datum.d',
  'datum.d - 1',
  'datum.d == +datum.d',
  "datum.n == datum.s || null == datum.gone || '1' == 1 || [1] == 1",
  "datum.n != datum.s && [2] != '2'",
  'datum.i >>> 1 | datum.i << 2 ^ 5 & 7 >> 1',
  'datum.i % 3 * 2 / 7 - 1',
  'datum.gone.x',
  'list.length',
  'length(list)',
  'length(datum.gone)',
  'if(datum.b, datum.n.x.y, 1)',
  'clamp(datum.n, -1, 1)',
  'max(1, 2, datum.n, 4, 5)',
  'min()',
  'hypot(3, 4)',
  'atan2(1, 2)',
  'date(datum.d)',
  'utc(2020, 1)',
  "parseInt('z', 36)",
  "parseFloat('1.5x')",
  "btoa('hello') + atob('aGVsbG8=')",
  "encodeURIComponent('a b&c')",
  "substring('hello', 1, 3)",
  "substring('hello', 1)",
  "split('a,b,c', ',', 2)",
  "split('a,b', ',')[1]",
  'upper(datum.s0)',
  'trim(null)',
  "test(/a/gi, 'banana')",
  "test('^b', 'banana')",
  "replace('banana', /a/g, 'o')",
  "regexp('a+', 'g').flags",
  'regexp(/a/).source',
  '/a/y.sticky',
  'merge({a: 1}, {b: [datum.n]})',
  "pluck([{a: 1}, {a: 2}], 'a')",
  'sequence(0, 5)',
  'lerp([0, 10], 0.3)',
  "format(datum.n, '.2f')",
  "timeFormat(datum.v, '%Y')",
  "pad('a', 5, '-', 'center')",
  "truncate('abcdefgh', 4)",
  'isNaN(datum.n) || isFinite(datum.i)',
  'inrange(datum.n, [0, 2], false, true)',
  "length(data('points'))",
  "vlSelectionTest('interval', datum)",
  "rgb('steelblue') + ''",
  "luminance('red')",
  'E + PI + LN2 + LN10 + LOG2E + LOG10E + SQRT1_2 + SQRT2 + MIN_VALUE + MAX_VALUE',
  'datum',
  'toString(datum.n) + toString(null)',
]

describe('closures', () => {
  it('have the values that Vega’s code has, of expressions of every kind', () => {
    const isParsed = (text: string): boolean => outcome(() => parsed(text, WORLD)) !== 'fails'
    const texts = fc.sample(expressions.filter(ends), { numRuns: 500, seed: 20_261_128 }).filter(isParsed)
    expect(texts.length).toBeGreaterThan(400)
    for (const text of texts) {
      const generated = valuesBy('generated', text)
      expect(valuesBy('closures', text), text).toStrictEqual(generated)
    }
  })

  it.each(AGREED)('have the values of %s that Vega’s code and vega-interpreter have', (text) => {
    const generated = valuesBy('generated', text)
    expect(valuesBy('closures', text)).toStrictEqual(generated)
    expect(valuesBy('interpreted', text)).toStrictEqual(generated)
  })

  it.each([
    ['NaN'],
    ["'n' in datum"],
    ["!('none' in datum) && 1"],
    ['datum.i in list'],
    ['datum instanceof datum.constructor'],
    ['datetime(datum.i)'],
    ['datetime(2020, datum.absent)'],
    ['year(datum.d, datum.absent.x.y)'],
    ['item'],
  ])('have the values of %s that Vega’s code has, where vega-interpreter has others', (text) => {
    const generated = valuesBy('generated', text)
    expect(valuesBy('closures', text)).toStrictEqual(generated)
    expect(valuesBy('interpreted', text)).not.toStrictEqual(generated)
  })

  it('read a regular expression anew each time, as one may keep a state', () => {
    const evaluate = scopes.closures.parameterExpression(parsed('/a/', WORLD))
    expect(evaluate({}, PARAMS)).toEqual(/a/)
    expect(evaluate({}, PARAMS)).not.toBe(evaluate({}, PARAMS))
  })
})
