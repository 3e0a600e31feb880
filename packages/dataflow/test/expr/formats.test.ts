import { afterAll, beforeAll, expect, it } from 'vitest'
import { compileExpression, isReason } from '../../src/index.ts'
import { compareWithVega } from './compare-with-vega.ts'
import { engineWith } from './engine.ts'
import { WORLD } from './expressions.ts'
import { COLUMNS, rows } from './nasty-rows.ts'

declare const process: { env: Record<string, string | undefined> }
const zone = process.env['TZ']
const ROWS = rows(60)
let engine: Awaited<ReturnType<typeof engineWith>>
beforeAll(async () => {
  engine = await engineWith(ROWS)
})
afterAll(() => {
  process.env['TZ'] = zone
  engine.closeSync()
})

const directives = [...'aAbBdeHILmMpqSuwyY'].map((letter) => `%${letter} %-${letter} %_${letter}`)

// The text of a date is that of d3's formats, in every zone and of every year that a Date can have.
it.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'])(
  'dates are written as in %s',
  async (timeZone) => {
    process.env['TZ'] = timeZone
    const texts = [...directives, '%Y-%m-%dT%H:%M:%S.%L%%', 'é %B', '%c|%x|%-X'].flatMap((format) =>
      ['datum.v', 'datum.v0', 'datum.d', 'datum.d0', 'datum.n', 'datum.gone', 'datum.w0', 'null'].flatMap((value) => [
        `timeFormat(${value}, '${format}')`,
        `utcFormat(${value}, '${format}')`,
      ]),
    )
    const { compiled, mismatches } = await compareWithVega(texts, ROWS, WORLD, timeZone, engine)
    expect(mismatches).toEqual([])
    expect(compiled).toBeGreaterThan(texts.length / 2)
  },
)

it('leaves weeks, zones and specifiers of the row to Vega', () => {
  for (const text of [
    "timeFormat(datum.v, '%U')",
    "utcFormat(datum.v, '%j')",
    "utcFormat(datum.v, '%Z')",
    'utcFormat(datum.d, datum.s)',
  ])
    expect(isReason(compileExpression(text, { ...WORLD, columns: COLUMNS, timeZone: 'UTC' })), text).toBe(true)
})
