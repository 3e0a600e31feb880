import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, describe, expect, it } from 'vitest'
import { duckdb, printExpr } from '../../src/index.ts'
import { instantSql, wallTimeSql } from '../../src/expr/time-zone-sql.ts'
import { instantOf, MAX_TIME, wallTime, zoneNamed } from '../../src/expr/time-zone.ts'
import { column } from '../../src/sql/build.ts'

declare const process: { env: Record<string, string | undefined> }
const zoneBefore = process.env['TZ']
afterAll(() => {
  process.env['TZ'] = zoneBefore
})

/** Instants on either side of every change of offset, and a walk through all times. */
const instants = (name: string): readonly number[] => {
  const around = zoneNamed(name).utc.past.flatMap(({ below, offset }) =>
    [-3_600_001, -1_800_000, -1000, -1, 0, 1, 1_800_000, 3_600_000].flatMap((step) => [
      below + step,
      below + offset + step,
    ]),
  )
  const walk = Array.from({ length: 4000 }, (_, k) => Math.round(Math.sin(k) * MAX_TIME * 0.99))
  const recent = Array.from({ length: 4000 }, (_, k) => Date.UTC(1875, 0, 1) + k * 2_000_000_123)
  return [...around, ...walk, ...recent]
}

/** The local fields of a Date, as milliseconds that read in UTC give them. */
const localFields = (date: Date): number => {
  const wall = new Date(0)
  wall.setUTCFullYear(date.getFullYear(), date.getMonth(), date.getDate())
  return wall.setUTCHours(date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds())
}

/** The instant of local fields, as the platform finds it. */
const platformInstant = (wall: number): number => {
  const fields = new Date(wall)
  return new Date(
    fields.getUTCFullYear(),
    fields.getUTCMonth(),
    fields.getUTCDate(),
    fields.getUTCHours(),
    fields.getUTCMinutes(),
    fields.getUTCSeconds(),
    fields.getUTCMilliseconds(),
  ).getTime()
}

// Local time is the viewer's: a table of transitions must agree with the platform's Date in every gap and fold.
describe.each([
  'UTC',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Europe/Dublin',
])('%s', (name) => {
  const times = instants(name)

  it('has the offsets of Date', () => {
    process.env['TZ'] = name
    const zone = zoneNamed(name)
    expect(times.filter((time) => wallTime(zone, time) !== localFields(new Date(time)))).toEqual([])
  })

  it('finds the instant of a wall time as Date does', () => {
    process.env['TZ'] = name
    const zone = zoneNamed(name)
    const late = times.filter((time) => new Date(time).getUTCFullYear() >= 100 || new Date(time).getUTCFullYear() < 0)
    expect(late.filter((wall) => !Object.is(instantOf(zone, wall), platformInstant(wall)))).toEqual([])
  })

  it('says the same in SQL', async () => {
    const zone = zoneNamed(name)
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const list = [...times, NaN].map((time) => duckdb.number(time))
    const [local, instant] = [wallTimeSql(zone, column('t1')), instantSql(zone, column('t1'))]
    const result = await connection.runAndReadAll(
      `select ${printExpr(local, duckdb)}, ${printExpr(instant, duckdb)} from (select unnest([${list.join(', ')}]) as t1)`,
    )
    const [walls = [], found = []] = result.getColumns()
    connection.closeSync()
    expect([...times, NaN].filter((time, i) => !Object.is(walls[i], wallTime(zone, time)))).toEqual([])
    expect([...times, NaN].filter((time, i) => !Object.is(found[i], instantOf(zone, time)))).toEqual([])
  })
})
