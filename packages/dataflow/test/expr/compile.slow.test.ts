import type { DuckDBConnection } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileExpression, isReason } from '../../src/index.ts'
import { compareWithVega } from './compare-with-vega.ts'
import { engineWith } from './engine.ts'
import { expressions, WORLD } from './expressions.ts'
import { COLUMNS, rows } from './nasty-rows.ts'

const ROWS = rows(120)
const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']

declare const process: { env: Record<string, string | undefined> }

let engine: DuckDBConnection
const zone = process.env['TZ']
beforeAll(async () => {
  engine = await engineWith(ROWS)
})
afterAll(() => {
  process.env['TZ'] = zone
  engine.closeSync()
})

const mismatches = async (texts: readonly string[], timeZone: string): Promise<unknown> => {
  process.env['TZ'] = timeZone
  return (await compareWithVega(texts, ROWS, WORLD, timeZone, engine)).mismatches
}

// A compiled expression must give Vega's value in every row, by Vega's generated code and by our closures alike.
describe.each(ZONES)('expressions in %s', (timeZone) => {
  it('equal Vega on generated expressions', async () => {
    expect(await mismatches(fc.sample(expressions, { numRuns: 150, seed: 2026 }), timeZone)).toEqual([])
  })

  it('equal Vega on weeks and on steps of every unit', async () => {
    const units = ['year', 'month', 'week', 'isoweek', 'date', 'day', 'dayofyear', 'hours', 'minutes', 'seconds']
    const texts = units.flatMap((unit) =>
      ['datum.d', 'datum.d0', 'datum.n'].flatMap((value) => [
        `timeOffset('${unit}', ${value}, -13)`,
        `timeOffset('${unit}', ${value})`,
        `utcOffset('${unit}', ${value}, 5.5)`,
      ]),
    )
    const counts = ['utcdayofyear', 'utcweek', 'utcisoweek'].flatMap((name) => [
      `${name}(datum.d)`,
      `${name}(datum.n0)`,
    ])
    expect(await mismatches([...texts, ...counts], timeZone)).toEqual([])
  })

  it('equal Vega on every part of a date', async () => {
    const parts = ['year', 'month', 'date', 'day', 'hours', 'minutes', 'seconds', 'milliseconds', 'quarter']
    const texts = parts.flatMap((part) =>
      ['datum.d', 'datum.d0', 'datum.n', 'datetime(2020, datum.i, datum.i, 2, 30)'].flatMap((value) => [
        `${part}(${value})`,
        `utc${part}(${value})`,
      ]),
    )
    expect(await mismatches([...texts, 'timezoneoffset(datum.d)', 'time(datum.d0)'], timeZone)).toEqual([])
  })
})

// Each was a mismatch once, or is a trap that SQL lays.
const REGRESSIONS: Readonly<Record<string, readonly string[]>> = {
  'null plus a null text is a number': ['datum.n0 + datum.s0', "datum.s0 + 'x'", 'datum.n + datum.s'],
  'undefined in a date depends on the evaluator': ['datetime(2020, 3, datum.i, 1, datum.gone)'],
  'NaN equals nothing and is above nothing': [
    'datum.n == datum.n',
    'datum.n > 1e300',
    'datum.n >= datum.n0',
    '!(datum.n < 1)',
  ],
  'null counts as zero in comparisons but not in equality': ['datum.n0 <= 0', 'datum.n0 == 0', 'datum.n0 === null'],
  'undefined is not zero': ['datum.gone <= 0', 'datum.gone == null', 'datum.gone === null', 'isDefined(datum.gone)'],
  'texts compare as numbers with numbers': ['datum.s < 2', 'datum.s == 1', '+datum.s', 'datum.s * 2', 'datum.s0 >= 0'],
  'texts compare with null by number': ["datum.s0 < '1'", "datum.s0 <= ''", "datum.s < 'b'"],
  'negative zero': [
    '-datum.n',
    'max(datum.n, 0)',
    'min(0, datum.n)',
    'max(-0, datum.n0)',
    'round(datum.n)',
    'datum.n % 2',
  ],
  'numbers as text': ["'' + datum.n", 'toString(datum.n0)', "datum.i + ''", "'' + datum.gone"],
  'an invalid date is valid': ['isValid(datum.d)', 'isValid(datum.d0)', '!datum.d', 'isDate(datum.d0)', '+datum.d'],
  bits: [
    'datum.n | 0',
    '~~datum.n',
    'datum.n >>> 1',
    'datum.n << 31',
    'datum.n ^ datum.i',
    'datum.n >> datum.i',
    '~datum.n0',
  ],
  'text in UTF-16 units': ['length(datum.s)', "indexof(datum.s, 'b')", "replace(datum.s, 'a', '-')", 'trim(datum.s0)'],
  'invalid dates have a quarter': ['quarter(datum.d)', 'utcquarter(datum.n)'],
  'a selection of nothing is the number zero': [
    "vlSelectionTest('empty', datum)",
    "vlSelectionTest('empty', datum, 'intersect')",
  ],
  'a reversed interval is an interval': ['inrange(datum.n, reversed)', 'inrange(datum.n0, [datum.i, datum.n])'],
  'interval bounds of dates': ["vlSelectionTest('dates', datum)", "vlSelectionTest('dates', datum, 'intersect')"],
  'several units of a selection': [
    "vlSelectionTest('several', datum)",
    "vlSelectionTest('several', datum, 'intersect')",
  ],
  'predicates of a selection': [
    "vlSelectionTest('predicates', datum)",
    "vlSelectionTest('predicates', datum, 'intersect')",
  ],
  'units whose names are numbers come first': [
    "datum.n + vlSelectionResolve('numbered').n[0]",
    "datum.n + vlSelectionResolve('numbered').n[2]",
    "datum.n + vlSelectionResolve('numbered', 'intersect').n[0]",
  ],
  'dates that leave the range of a Date on the way': [
    'utc(275000 + datum.i, 0, -1e8)',
    'utc(400000 + datum.i, 0, -5e7)',
    'utc(datum.i - 400000, 12 * datum.i, 5e7, 3)',
    'utc(275000, 12 * datum.i, 278000)',
    'datetime(300000, datum.i, -1e7, 5, 30)',
    'utc(999998 + datum.i, 0, -3e8)',
    'utc(1e6, 9999998 + datum.i, -6e8)',
    'utc(-290000, 500000, 1)',
    'utc(400000, 0, -5e7)',
    'utc(datum.i, 3300000, 1 - 1e8)',
    'datetime(300000, 0, -1e7)',
    'utc(2020, 0, 1, 2.4e9)',
    'utc(400000, -1800000, 1)',
  ],
  'identifiers of a selection': [
    "vlSelectionIdTest('points', datum)",
    "vlSelectionIdTest('points', datum, 'intersect')",
  ],
  patterns: ['test(/^.*$/, datum.s)', 'test(/a.*b/i, datum.s0)', "test('[^a]*x', datum.s)", 'test(/\\d+/, datum.n)'],
}

describe('named cases', () => {
  it.each(Object.entries(REGRESSIONS))('%s', async (_, texts) => {
    expect(await mismatches(texts, 'UTC')).toEqual([])
  })
})

describe('reasons', () => {
  const scope = { ...WORLD, columns: COLUMNS, timeZone: 'UTC' }
  it.each([
    'log(datum.n)',
    'datum.d == datum.d0',
    "'' + datum.d",
    'datum.b ? 1 : datum.s',
    'upper(datum.s)',
    'datum.s < datum.s0',
    'length(datum.s0)',
    'test(/(?=a)/, datum.s)',
    'test(/./, datum.s)',
    'test(/a/g, datum.s)',
    'unknown + datum.n',
    'nofunction(datum.n)',
    "data('missing')",
    "vlSelectionTest('missing', datum)",
    'datum.constructor',
    'datum.b ? null : datum.gone',
    'datum',
  ])('%s stays with Vega', (text) => {
    expect(isReason(compileExpression(text, scope))).toBe(true)
  })
})
