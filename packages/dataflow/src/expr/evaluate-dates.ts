import type { Scalar } from '../scalar.ts'
import type { ConstantFunction } from './constant-function.ts'
import { instantOf, MAX_TIME, wallTime, zoneNamed } from './time-zone.ts'

const clip = (time: number): number => (Math.abs(time) <= MAX_TIME ? Math.trunc(time) + 0 : NaN)

/** `Date.parse`, for texts that every platform reads alike; those without a zone are of the viewer's. */
export const parseDate = (text: string, timeZone: string): number => {
  if (!/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{3})?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/.test(text)) {
    throw new Error('a date in a string is read as the platform likes')
  }
  return /T.*\d$/.test(text) && !/[+-]\d\d:\d\d$/.test(text)
    ? instantOf(zoneNamed(timeZone), Date.parse(`${text}Z`))
    : Date.parse(text)
}

/** `new Date(value)` as milliseconds. */
const timeOf = (value: Scalar, timeZone: string): number => {
  if (typeof value === 'string') return parseDate(value, timeZone)
  if (typeof value === 'object' && value !== null && !(value instanceof Date))
    throw new Error('an object is not a date')
  return clip(Number(value))
}

type Field = (date: Date) => number

const FIELDS: Readonly<Record<string, Field>> = {
  year: (date) => date.getUTCFullYear(),
  month: (date) => date.getUTCMonth(),
  date: (date) => date.getUTCDate(),
  day: (date) => date.getUTCDay(),
  hours: (date) => date.getUTCHours(),
  minutes: (date) => date.getUTCMinutes(),
  seconds: (date) => date.getUTCSeconds(),
  milliseconds: (date) => date.getUTCMilliseconds(),
  quarter: (date) => 1 + ~~(date.getUTCMonth() / 3),
}

const PARTS: Readonly<Record<string, ConstantFunction>> = Object.fromEntries(
  Object.entries(FIELDS).flatMap(([name, field]): [string, ConstantFunction][] => [
    [`utc${name}`, ([value], { timeZone }) => field(new Date(timeOf(value, timeZone)))],
    [
      name,
      ([value], { timeZone }) => {
        const time = timeOf(value, timeZone)
        return field(new Date(Number.isNaN(time) ? NaN : wallTime(zoneNamed(timeZone), time)))
      },
    ],
  ]),
)

const numbers = (args: readonly Scalar[]): [number, number, ...number[]] => {
  const [year = NaN, month = 0, ...rest] = args.slice(0, 7).map(Number)
  return [year, month, ...rest]
}

/** Vega's date functions of known arguments. */
export const CONSTANT_DATE_FUNCTIONS: Readonly<Record<string, ConstantFunction>> = {
  ...PARTS,
  time: ([value], { timeZone }) => timeOf(value, timeZone),
  timezoneoffset: ([value], { timeZone }) => {
    const time = timeOf(value, timeZone)
    return Math.trunc((time - wallTime(zoneNamed(timeZone), time)) / 60_000) + 0
  },
  toDate: ([value], { timeZone }) => {
    if (value === null || value === undefined || value === '') return null
    if (typeof value === 'number' || value instanceof Date) return value
    if (typeof value === 'string') return parseDate(value, timeZone)
    throw new Error('the value is not a date')
  },
  datetime: (args, { timeZone }) => {
    const [first] = args
    if (args.length === 1 && typeof first === 'string') return new Date(parseDate(first, timeZone))
    if (args.length < 2 || typeof first === 'string' || args.includes(undefined)) {
      throw new Error('a date of one value depends on how Vega evaluates expressions')
    }
    return new Date(instantOf(zoneNamed(timeZone), utcOf(args)))
  },
  utc: (args) => Date.UTC(...numbers(args)) + 0,
}

/** `Date.UTC` one day inside its range on either side, since a wall time may be beyond that of an instant. */
const utcOf = (args: readonly Scalar[]): number => {
  const time = Date.UTC(...numbers(args))
  if (Number.isNaN(time) && args.every((arg) => Number.isFinite(Number(arg))))
    throw new Error('the date is out of range')
  return time
}
