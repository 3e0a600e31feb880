import type { Column, Relation } from '../columns.ts'
import { DATE_PARTS, type DatePart } from '../expr/date-parts.ts'
import { timeClip, wallTimeSql } from '../expr/time-zone-sql.ts'
import type { Zone } from '../expr/time-zone.ts'
import type { Scalar } from '../scalar.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  cast,
  coalesce,
  column as columnExpr,
  equal,
  extend,
  integer,
  isNan,
  literal,
  NAN,
  not,
  remainder,
  select,
  TRUE,
} from '../sql/build.ts'
import type { TimeUnit } from './time-unit-list.ts'
import type { Build } from './transform.ts'

/** Units to which all dates of a column are cut already. */
export interface Grain {
  readonly units: readonly TimeUnit[]
  readonly step: number
}

const DATE: readonly TimeUnit[] = ['year', 'month', 'date']
const MINUTE: readonly TimeUnit[] = [...DATE, 'hours', 'minutes']
const SECOND: readonly TimeUnit[] = [...MINUTE, 'seconds']

const isZero = (part: DatePart, per?: number) => (wall: SqlExpr) =>
  equal(per === undefined ? part(wall) : remainder(part(wall), literal(per)), literal(0))

/** Vega's `detectTimeUnits`: every grain with what all dates of it have in common, the finest first. */
const GRAINS: readonly (Grain & { readonly skippable?: true; readonly aligned?: (wall: SqlExpr) => SqlExpr })[] = [
  { units: [...SECOND, 'milliseconds'], step: 1 },
  { units: SECOND, step: 1, aligned: isZero(DATE_PARTS.milliseconds) },
  { units: MINUTE, step: 1, aligned: isZero(DATE_PARTS.seconds) },
  { units: MINUTE, step: 5, aligned: isZero(DATE_PARTS.minutes, 5) },
  { units: MINUTE, step: 10, aligned: isZero(DATE_PARTS.minutes, 10) },
  { units: [...DATE, 'hours'], step: 1, aligned: isZero(DATE_PARTS.minutes) },
  { units: DATE, step: 1, aligned: isZero(DATE_PARTS.hours) },
  { units: ['year', 'week'], step: 1, skippable: true },
  { units: ['year', 'month'], step: 1, aligned: (wall) => equal(DATE_PARTS.date(wall), literal(1)) },
  { units: ['year', 'month'], step: 3, aligned: isZero(DATE_PARTS.month, 3) },
  { units: ['year'], step: 1, aligned: isZero(DATE_PARTS.month) },
  { units: ['year'], step: 10, aligned: isZero(DATE_PARTS.year, 10) },
]

/** Asks whether all dates are of each grain, how many days of the week they are on, and whether one is invalid. */
export const grainQuestion = (input: Relation, column: Column, zone: Zone, build: Build): Relation => {
  const [time, wall, order] = [build.fresh(), build.fresh(), build.fresh()]
  const number = column.type === 'boolean' ? cast(columnExpr(column.id), 'double') : columnExpr(column.id)
  const value = column.nulls ? coalesce(number, column.absent === true ? NAN : literal(0)) : number
  const timed = extend(input.query, [{ id: time, expr: column.type === 'date' ? value : timeClip(value) }])
  const walled = extend(timed, [{ id: wall, expr: wallTimeSql(zone, columnExpr(time)) }])
  const all = (test: SqlExpr): SqlExpr => coalesce({ kind: 'aggregate', name: 'bool_and', args: [test] }, TRUE)
  const days: SqlExpr = { kind: 'aggregate', name: 'count', args: [DATE_PARTS.day(columnExpr(wall))], distinct: true }
  const tests = [
    ...GRAINS.map(({ aligned, skippable }) =>
      skippable === true ? equal(days, integer(1)) : aligned === undefined ? TRUE : all(aligned(columnExpr(wall))),
    ),
    all(not(isNan(columnExpr(time)))),
  ]
  const answers = tests.map((expr, index) => ({ name: `a${String(index)}`, id: build.fresh(), expr }))
  return {
    columns: answers.map(({ name, id }) => ({ name, id, type: 'boolean', nulls: false })),
    order,
    query: select({
      from: walled,
      columns: [...answers.map(({ id, expr }) => ({ id, expr })), { id: order, expr: integer(0) }],
    }),
  }
}

/** What Vega makes of the answers; undefined where it fails on an invalid date. */
export const grainOf = (answers: Readonly<Record<string, Scalar>>): Grain | undefined => {
  if (answers[`a${String(GRAINS.length)}`] !== true) return undefined
  const misses = GRAINS.flatMap((_grain, index) => (answers[`a${String(index)}`] === true ? [] : [index]))
  const mismatch = misses[0] ?? GRAINS.length
  const required = misses.find((index) => GRAINS[index]?.skippable !== true) ?? GRAINS.length
  return GRAINS[(required > mismatch + 1 ? required : mismatch) - 1]
}
