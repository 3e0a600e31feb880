import { afterAll, beforeAll, expect, it } from 'vitest'
import { compileExpression, isReason } from '../../src/index.ts'
import { compareWithVega } from './compare-with-vega.ts'
import { engineWith } from './engine.ts'
import { WORLD } from './expressions.ts'
import { COLUMNS, rows } from './nasty-rows.ts'

const NUMBERS = [
  ...[0, -0, 1, -1, 0.5, 1.5, 2.5, -2.5, 0.125, 0.375, 1.005, 0.045, 25, 35, 2.5e-3, 1234.5, 12345.678, -1234567.891],
  ...[999999.5, 9.5, 99.95, 0.00000123456, 1e-7, 5e-324, 1e20, 1e21, -1e21, 1e23, 1.234567890123457e25],
  ...[4503599627370495.5, 9007199254740991, 1.7976931348623157e308, NaN, Infinity, -Infinity],
  ...[1125899906842623.25, 1125899906842623.75, 281474976710655.125, 17636684144642.855, 1234567890123456.8e5],
  ...[0.1, 0.2, 0.3, 1 / 3, 1048576.5, 8388608.25, 123456789012.5, 1234567890125, 2 ** 70 + 2 ** 20, 1.5e300, 12.5e-10],
]
const ROWS = NUMBERS.flatMap((n, index) => {
  const [row = {}] = rows(1)
  return [{ ...row, n, n0: index % 7 === 3 ? null : -n, ...(index % 5 === 0 ? {} : { gone: n / 7 }) }]
})
let engine: Awaited<ReturnType<typeof engineWith>>
beforeAll(async () => {
  engine = await engineWith(ROWS)
})
afterAll(() => engine.closeSync())

const precisions = ['', '.0', '.1', '.2', '.3', '.6', '.12', '.20', '.30', '.2~', '~', '.12~']
const specifiers = ['', 'f', 'd', 'e', 'g', 'r', '%', 'p', 'n', 'y'].flatMap((type) =>
  precisions.map((precision) => precision + type),
)

// The text of a number is that of d3's formats: halves go up, zeros have no sign, and shortest digits where there are many.
it('numbers are written as d3 writes them', async () => {
  const texts = [
    ...specifiers,
    ',',
    ',.2f',
    '$,.2f',
    '+.1f',
    '($.1f',
    '$.1%',
    '$,.2p',
    ' ,d',
    '+,.0%',
    '(.2~e',
    '$~g',
    '+d',
  ].flatMap((specifier) =>
    ['datum.n', 'datum.n0', 'datum.gone', 'datum.i / 8'].map((value) => `format(${value}, '${specifier}')`),
  )
  const { compiled, mismatches } = await compareWithVega(texts, ROWS, WORLD, 'UTC', engine)
  expect(mismatches).toEqual([])
  expect(compiled).toBe(texts.length)
})

it('what is no number is made one', async () => {
  const texts = ["format(datum.w, '.2f')", "format(datum.b0, '')", "format(datum.d0, ',d')", "format(null, '')"]
  const { compiled, mismatches } = await compareWithVega(texts, ROWS, WORLD, 'UTC', engine)
  expect(mismatches).toEqual([])
  expect(compiled).toBe(texts.length)
})

it('leaves widths, SI prefixes, other bases and specifiers of the row to Vega', () => {
  for (const specifier of ["'.2s'", "'x'", "'10d'", "'*^8'", "'08.1f'", 'datum.s', "'c'", "'..'"])
    expect(
      isReason(compileExpression(`format(datum.n, ${specifier})`, { ...WORLD, columns: COLUMNS, timeZone: 'UTC' })),
      specifier,
    ).toBe(true)
})
