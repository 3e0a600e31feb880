import { booleans, dates, numbers, strings, type Table } from './harness.ts'

/** One small table with everything that is different in JavaScript: null, NaN, infinities, empty texts, ties, DST. */
export const mixed: Table = {
  text: strings('b', 'a', 'b', null, '', 'a', 'null', 'b', null),
  number: numbers(1.5, null, Number.NaN, 4, -2, 0, 7.25, 1.5, 3),
  wild: numbers(Infinity, null, Number.NaN, 4, -Infinity, 0, -0, 1.5, 3),
  integer: numbers(1, 2, 3, 1, 2, 3, 1, 2, 3),
  flag: booleans(true, false, null, true, false, true, true, null, false),
  date: dates('2012-11-04T05:30:00.250Z', '2012-11-04T05:30:00.750Z', null, 0, 1, '2020-03-08', 1000, 999, 0),
  gone: numbers(1, undefined, 3, undefined, 5, 6, 7, 8, 9),
  invalid: dates(5, Number.NaN, null, 3, Number.NaN, 0, 1, 2, -7),
}

/** The same columns without rows. */
export const empty: Table = Object.fromEntries(
  Object.entries(mixed).map(([name, { type }]) => [name, { type, values: [] }]),
)

/** The same columns, of which nothing is known. */
export const unknown: Table = Object.fromEntries(
  Object.entries(mixed).map(([name, column]) => [
    name,
    { ...column, facts: { nulls: true, nans: true, plain: false } },
  ]),
)
