import type { Column, Relation } from '../columns.ts'
import { offsetSql, timeClip, wallTimeSql } from '../expr/time-zone-sql.ts'
import { instantOf, wallTime, zoneNamed, type Zone } from '../expr/time-zone.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  and,
  atLeast,
  cast,
  coalesce,
  column as columnExpr,
  extend,
  isNan,
  isNull,
  less,
  literal,
  NAN,
  not,
  NULL,
  select,
  subtract,
  when,
} from '../sql/build.ts'
import { addMonths, DAY, HOUR, MINUTE, SECOND } from './calendar.ts'
import { fieldRef, type FieldRef } from './field.ts'
import { outputPair } from './output-pair.ts'
import { booleanParameter, numberParameter, parameter, type Definition } from './parameter.ts'
import { withColumns } from './put-column.ts'
import { spanCode, type SpanCode } from './span-code.ts'
import { floorWall } from './time-floor.ts'
import { timeUnitList, type TimeUnit } from './time-unit-list.ts'
import { grainOf, grainQuestion } from './time-grain.ts'
import type { Build, Compiled, Output, TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/timeunit/ The start and the end of the time unit around each date. */
export const timeunit: TransformDef = {
  type: 'timeunit',
  sql(definition, input, build) {
    const field = fieldRef(definition['field'], input, build)
    if (isReason(field)) return field
    if (field.column.type === 'string' || field.column.type === 'json')
      return reason('text is no date in SQL', field.name)
    const zone = zoneOf(definition, build)
    if (isReason(zone)) return zone
    if (parameter(definition['inferUnits'], build)) return inferred(definition, field, zone, input, build)
    const units = timeUnitList(definition, build)
    if (isReason(units)) return units
    const step = numberParameter(definition, 'step', build)
    if (isReason(step)) return step
    if (step !== undefined && !(Number.isInteger(step) && step >= 0))
      return reason('the step is not a whole number', 'step')
    const interval = booleanParameter(definition, 'interval', build)
    if (isReason(interval)) return interval
    const as = outputPair(definition, ['unit0', 'unit1'], build)
    if (isReason(as)) return as

    const unit = units.at(-1) ?? 'year'
    const steps = step || 1
    if (interval !== false && unit === 'quarter' && skipsMonthStart(zone)) {
      return reason(
        'in this time zone a month has begun after midnight, and Vega adds quarters month by month',
        zone.name,
      )
    }
    const facts = {
      type: 'date',
      nulls: field.column.nulls,
      nans: field.column.nans !== false || field.column.type !== 'date',
      plain: unit !== 'milliseconds',
    } as const
    const lower: Column = { ...facts, name: as[0], id: build.fresh() }
    const upper: Column = { ...facts, name: as[1], id: build.fresh() }
    const known = (sql: SqlExpr): SqlExpr => {
      const valid = facts.nans ? coalesce(sql, NAN) : sql
      return facts.nulls ? when([[isNull(columnExpr(field.column.id)), NULL]], valid) : valid
    }
    // A zone's offset is a tree of comparisons, so what it compares is always a column of an inner select.
    const at = instantColumn(input, field.column, build)
    const wall = hidden(at, build.fresh(), wallTimeSql(zone, at.value))
    const utc = parameter(definition['timezone'], build) === 'utc' && units.includes('year')
    const floored = hidden(wall, build.fresh(), validYears(utc, floorWall(wall.value, units, steps, zone)))
    const instant = instantAt(floored, zone, build)
    const begun = withColumns(instant.relation, [{ column: lower, sql: known(timeClip(instant.value)) }])
    const spans =
      zone.name === 'UTC' && steps === 1 ? spanCode(field.column, input.stored?.[field.column.id], units) : undefined
    const coded = spans === undefined ? begun : withSpans(begun, spans, [lower.id, upper.id], build)
    const relation =
      interval === false ? coded : withEnd(coded, lower, upper, { unit, step: steps, zone, known }, build)
    if (definition['signal'] === undefined) return { relation }
    const top = interval === false ? lower : upper
    return { relation, output: rangeOf(relation, lower, top, { unit, units, step: steps }, build) }
  },
}

/** The relation with the number of the span, by which groups may go, as a column for the query alone. */
const withSpans = (
  input: Relation,
  { number, start, length }: SpanCode,
  columns: readonly [lower: string, upper: string],
  build: Build,
): Relation => {
  const id = build.fresh()
  const code = { id, columns, telling: 1, values: [start, (key: SqlExpr) => add(start(key), literal(length))] }
  return {
    ...input,
    query: extend(input.query, [{ id, expr: number }]),
    codes: [...(input.codes ?? []), code],
  }
}

/** Goes on with the units to which all dates are cut already. */
const inferred = (
  definition: Definition,
  { column, name }: FieldRef,
  zone: Zone,
  input: Relation,
  build: Build,
): Compiled => ({
  ask: grainQuestion(input, column, zone, build),
  answered: ([row]) => {
    const grain = grainOf(row ?? {})
    return grain === undefined
      ? reason('Vega fails on a date that is invalid', name)
      : timeunit.sql({ ...definition, inferUnits: false, ...grain }, input, build)
  },
})

const zoneOf = (definition: Definition, build: Build): Zone | Reason => {
  const given = parameter(definition['timezone'], build)
  if (isReason(given)) return given
  const name = given === 'utc' ? 'UTC' : build.timeZone
  try {
    return zoneNamed(name)
  } catch {
    return reason('the time zone is not known', name)
  }
}

/** Has the clock ever skipped the first midnight of a month? */
const skipsMonthStart = (zone: Zone): boolean =>
  Array.from({ length: 12 * (LAST_YEAR - FIRST_YEAR) }, (_month, index) => Date.UTC(FIRST_YEAR, index, 1)).some(
    (midnight) => wallTime(zone, instantOf(zone, midnight)) !== midnight,
  )

const FIRST_YEAR = 1800
const LAST_YEAR = 2150

/** A relation and a column of its query that no field shows. */
interface Hidden {
  readonly relation: Relation
  readonly value: SqlExpr
}

const hidden = ({ relation }: { readonly relation: Relation }, id: string, sql: SqlExpr): Hidden => ({
  relation: { ...relation, query: extend(relation.query, [{ id, expr: sql }]) },
  value: columnExpr(id),
})

/** The field as an instant, in milliseconds. */
const instantColumn = (relation: Relation, column: Column, build: Build): Hidden => {
  const value = columnExpr(column.id)
  if (column.type === 'date') return { relation, value }
  return hidden({ relation }, build.fresh(), timeClip(column.type === 'boolean' ? cast(value, 'double') : value))
}

/** The instant of a wall time, before it is clipped: `timeClip` repeats what it is given. */
const instantAt = (wall: Hidden, zone: Zone, build: Build): Hidden =>
  zone.name === 'UTC' ? wall : hidden(wall, build.fresh(), subtract(wall.value, offsetSql(zone.wall, wall.value)))

/** Vega's `utcDate` makes an invalid Date of the years 0 to 99. */
const validYears = (utc: boolean, floored: SqlExpr): SqlExpr =>
  utc ? when([[and(atLeast(floored, literal(YEAR_0)), less(floored, literal(YEAR_100))), NAN]], floored) : floored

const YEAR_0 = -62_167_219_200_000
const YEAR_100 = -59_011_459_200_000

const EXACT: Partial<Readonly<Record<TimeUnit, number>>> = {
  hours: HOUR,
  minutes: MINUTE,
  seconds: SECOND,
  milliseconds: 1,
}
const DAYS: Partial<Readonly<Record<TimeUnit, number>>> = { week: 7, isoweek: 7, date: 1, day: 1, dayofyear: 1 }
const MONTHS: Partial<Readonly<Record<TimeUnit, number>>> = { year: 12, quarter: 3, month: 1 }

interface Step {
  readonly unit: TimeUnit
  readonly step: number
  readonly zone: Zone
  known(sql: SqlExpr): SqlExpr
}

/** d3's `interval.offset`: clock units by duration, the others by the local calendar. */
const withEnd = (
  input: Relation,
  lower: Column,
  upper: Column,
  { unit, step, zone, known }: Step,
  build: Build,
): Relation => {
  const start = columnExpr(lower.id)
  const exact = EXACT[unit]
  if (exact !== undefined) {
    return withColumns(input, [{ column: upper, sql: known(timeClip(add(start, literal(exact * step)))) }])
  }
  const wall = hidden({ relation: input }, build.fresh(), wallTimeSql(zone, start))
  const days = DAYS[unit]
  const moved =
    days === undefined ? addMonths(wall.value, (MONTHS[unit] ?? 0) * step) : add(wall.value, literal(days * step * DAY))
  const end = instantAt(hidden(wall, build.fresh(), moved), zone, build)
  return withColumns(end.relation, [{ column: upper, sql: known(timeClip(end.value)) }])
}

/** Vega's value of the transform: its units and the range of its results. */
const rangeOf = (
  input: Relation,
  lower: Column,
  upper: Column,
  floor: { readonly unit: TimeUnit; readonly units: readonly TimeUnit[]; readonly step: number },
  build: Build,
): Output => {
  const side = (name: 'min' | 'max', { id, nans }: Column): SqlExpr => ({
    kind: 'aggregate',
    name,
    args: [columnExpr(id)],
    ...(nans === false ? {} : { filter: not(isNan(columnExpr(id))) }),
  })
  const start: Column = { name: 'start', id: build.fresh(), type: 'number', nulls: true, nans: false }
  const stop: Column = { name: 'stop', id: build.fresh(), type: 'number', nulls: true, nans: false }
  const order = build.fresh()
  const query = select({
    from: input.query,
    columns: [
      { id: start.id, expr: side('min', lower) },
      { id: stop.id, expr: side('max', upper) },
      { id: order, expr: literal(0) },
    ],
  })
  const dateOr = (value: unknown, none: number): Date | number => (typeof value === 'number' ? new Date(value) : none)
  return {
    kind: 'query',
    relation: { columns: [start, stop], query, order },
    read: (row) => ({ ...floor, start: dateOr(row['start'], Infinity), stop: dateOr(row['stop'], -Infinity) }),
  }
}
