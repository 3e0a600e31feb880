import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { add, call, divide, literal, subtract } from '../sql/build.ts'
import { toNumber } from './coerce.ts'
import type { TypedSql } from './typed.ts'
import { CALENDAR_FUNCTIONS } from './functions-calendar.ts'
import { DATE_PARTS, timeOf, wallOf, type DatePart } from './date-parts.ts'
import type { SqlFunction } from './typed.ts'
import { instantSql, timeClip, wallTimeSql } from './time-zone-sql.ts'
import { zoneNamed } from './time-zone.ts'
import { dateSql, numberSql, withAll } from './value.ts'

const ofDate =
  (build: (time: SqlExpr, timeZone: string) => SqlExpr): SqlFunction =>
  ([value, ...more], { timeZone }) =>
    value === undefined || more.length > 0
      ? reason('the function takes a date')
      : withAll<[SqlExpr], TypedSql>([timeOf(value)], (time) => numberSql(build(time, timeZone)))

const local = (part: DatePart): SqlFunction => ofDate((time, timeZone) => part(wallTimeSql(zoneNamed(timeZone), time)))

const universal = (part: DatePart): SqlFunction => ofDate((time) => part(time))

const FIELDS = ['year', 'month', 'date', 'day', 'hours', 'minutes', 'seconds', 'milliseconds', 'quarter'] as const

const PART_FUNCTIONS: Readonly<Record<string, SqlFunction>> = Object.fromEntries(
  FIELDS.flatMap((name) => [
    [name, local(DATE_PARTS[name])],
    [`utc${name}`, universal(DATE_PARTS[name])],
  ]),
)

const numbers = (args: readonly TypedSql[]): readonly (SqlExpr | Reason)[] =>
  args.map((arg) => withAll<[TypedSql], SqlExpr>([toNumber(arg)], (number) => number.sql))

/** Of one argument the meaning depends on its type: a text is parsed. */
const datetime: SqlFunction = (args, { timeZone }) =>
  args.length < 2
    ? reason('a date of one value depends on its type')
    : withAll<SqlExpr[], TypedSql>(numbers(args.slice(0, 7)), (...fields) =>
        dateSql(instantSql(zoneNamed(timeZone), wallOf(fields))),
      )

const utc: SqlFunction = (args) =>
  withAll<SqlExpr[], TypedSql>(numbers(args.slice(0, 7)), (...fields) => numberSql(timeClip(wallOf(fields))))

/** Whole minutes, as `getTimezoneOffset` gives them. */
const timezoneoffset: SqlFunction = ofDate((time, timeZone) =>
  add(call('trunc', divide(subtract(time, wallTimeSql(zoneNamed(timeZone), time)), literal(60_000))), literal(0)),
)

const SUB_MINUTE = reason('day counts of years with an offset of odd seconds are not those of a calendar')

/** Vega's date functions: https://vega.github.io/vega/docs/expressions/#date-time-functions. */
export const DATE_FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  ...PART_FUNCTIONS,
  time: ofDate((time) => time),
  timezoneoffset,
  datetime,
  utc,
  ...CALENDAR_FUNCTIONS,
  dayofyear: () => SUB_MINUTE,
  week: () => SUB_MINUTE,
  isoweek: () => SUB_MINUTE,
}
