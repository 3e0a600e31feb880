import { describe, expect, it } from 'vitest'
import { isReason } from '../../src/reason.ts'
import { expectEqual, expectReason } from './expect-equal.ts'
import { compileAll, dates, numbers, vegaRows, type Case, type Table } from './harness.ts'
import { empty, mixed } from './tables.ts'
import { inZones } from './zones.ts'

const unitLists: readonly (readonly string[])[] = [
  ['year'],
  ['year', 'quarter'],
  ['year', 'month'],
  ['year', 'month', 'date'],
  ['year', 'month', 'date', 'hours'],
  ['year', 'month', 'date', 'hours', 'minutes'],
  ['year', 'month', 'date', 'hours', 'minutes', 'seconds'],
  ['year', 'month', 'date', 'hours', 'minutes', 'seconds', 'milliseconds'],
  ['quarter'],
  ['quarter', 'month'],
  ['month'],
  ['month', 'date'],
  ['month', 'date', 'hours'],
  ['date'],
  ['date', 'hours', 'minutes'],
  ['hours'],
  ['hours', 'minutes'],
  ['hours', 'minutes', 'seconds'],
  ['minutes'],
  ['minutes', 'seconds'],
  ['seconds', 'milliseconds'],
  ['seconds'],
  ['milliseconds'],
  ['year', 'week'],
  ['year', 'week', 'day'],
  ['year', 'week', 'day', 'hours'],
  ['week'],
  ['week', 'day'],
  ['day'],
  ['day', 'hours'],
  ['year', 'day'],
  ['year', 'dayofyear'],
  ['dayofyear'],
  ['dayofyear', 'hours'],
  ['year', 'isoweek'],
  ['isoweek'],
  ['isoweek', 'day'],
  ['year', 'isoweek', 'day'],
  ['year', 'date'],
  ['quarter', 'date'],
  ['month', 'year'],
  ['year', 'hours'],
]
const random = (seed: number): number => {
  const x = Math.sin(seed * 12.9898) * 43758.5453
  return x - Math.floor(x)
}
/** Instants of all kinds: around changes of the clock, at ends of years, long ago, far off, and at random. */
const instants: readonly (number | string | null)[] = [
  null,
  Number.NaN,
  0,
  -1,
  1,
  '2012-01-01',
  '2011-12-31T23:59:59.999Z',
  '2012-02-29T12:00:00Z',
  '2016-12-31',
  '2015-01-01',
  '2000-02-29',
  '1999-12-31',
  '2012-11-04T05:30:00Z',
  '2012-11-04T06:30:00Z',
  '2012-11-04T07:30:00Z',
  '2012-03-11T06:59:59Z',
  '2012-03-11T07:00:00Z',
  '2012-03-11T07:30:00Z',
  '2024-10-05T15:45:00Z',
  '2024-04-06T14:45:00Z',
  '2024-04-06T15:15:00Z',
  '2030-06-15T13:14:15.167Z',
  '2077-03-14T08:30:00Z',
  '1905-05-05T05:05:05.005Z',
  '1850-01-01',
  '0150-07-01',
  '-000001-05-05',
  // years in which an offset of odd seconds ended, in one zone or another
  '1883-06-30',
  '1883-11-18T16:00:00Z',
  '1883-11-25',
  '1883-12-31T12:00:00Z',
  '1884-01-01',
  '1895-01-31T13:00:00Z',
  '1895-02-04',
  '1895-12-30T20:00:00Z',
  '1906-01-07',
  '1906-12-31',
  '1941-12-31',
  ...Array.from({ length: 60 }, (_, i) => Math.floor(random(i + 1) * 4e12 - 1.5e12)),
  ...Array.from(
    { length: 60 },
    (_, i) => Date.UTC(2000 + (i % 30), 0, 1) + Math.floor((random(i + 99) - 0.5) * 6 * 86_400_000),
  ),
]
const table: Table = {
  date: dates(...instants),
  number: numbers(
    ...instants.map((value) => (typeof value === 'number' ? value + 0.5 : value === null ? null : 8.7e15)),
  ),
}

/** Did the clock of this zone skip the first midnight of a month, so that quarters have no exact end in SQL? */
const lateMonths = Array.from({ length: 350 * 12 }, (_, month) => new Date(1800, month, 1)).some(
  (start) => start.getHours() > 0 || start.getMinutes() > 0,
)

describe('timeunit', () => {
  for (const timeZone of inZones) {
    for (const units of unitLists)
      it(`floors to ${units.join('-')} in ${timeZone}`, async () => {
        const interval = units.at(-1) !== 'quarter' || !lateMonths
        await expectEqual({
          table,
          timeZone,
          transforms: [{ type: 'timeunit', field: 'date', units, timezone: 'local', interval }],
        })
        await expectEqual({
          table,
          timeZone,
          transforms: [{ type: 'timeunit', field: 'date', units, timezone: 'utc' }],
        })
        await expectEqual({
          table,
          timeZone,
          transforms: [{ type: 'timeunit', field: 'number', units, interval: false }],
        })
        for (const step of [2, 5])
          await expectEqual({
            table,
            timeZone,
            transforms: [{ type: 'timeunit', field: 'date', units, step, interval, as: ['date', 'end'] }],
          })
      })

    it(`of the table of oddities in ${timeZone}`, async () => {
      for (const field of ['date', 'invalid', 'gone', 'flag', 'wild'])
        for (const rows of [mixed, empty])
          await expectEqual({
            table: rows,
            timeZone,
            transforms: [{ type: 'timeunit', field, units: ['year', 'month'] }],
          })
    })

    it(`has the range of its results for a signal in ${timeZone}`, async () => {
      for (const rows of [table, empty]) {
        const test: Case = {
          table: rows,
          timeZone,
          transforms: [{ type: 'timeunit', field: 'date', units: ['year', 'month'], signal: 'out' }],
        }
        const compiled = await compileAll(test)
        if (isReason(compiled)) throw new Error(compiled.reason)
        const expected = (await vegaRows(test)).view.signal('out') as Readonly<Record<string, unknown>>
        expect(compiled.signals['out']).toEqual({ ...expected })
      }
    })

    const wall = (...fields: [number, number, ...number[]]): number => new Date(...fields).getTime()
    const grains: Readonly<Record<string, readonly number[]>> = {
      milliseconds: [wall(2020, 0, 1, 0, 0, 0, 5), wall(2021, 1, 1)],
      seconds: [wall(2020, 0, 1, 0, 0, 7), wall(2021, 1, 1)],
      minutes: [wall(2020, 0, 1, 0, 3), wall(2021, 1, 1)],
      'five minutes': [wall(2020, 0, 1, 0, 5), wall(1969, 1, 1, 7, 55)],
      'ten minutes': [wall(2020, 0, 1, 0, 50), wall(2021, 1, 1)],
      hours: [wall(2020, 0, 1, 5), wall(2021, 1, 1)],
      dates: [wall(2020, 0, 1), wall(2021, 1, 2)],
      weeks: [wall(2021, 1, 7), wall(2021, 1, 14), wall(2021, 1, 28)],
      'months on one weekday': [wall(2021, 1, 1), wall(2021, 2, 1)],
      months: [wall(2021, 1, 1), wall(2021, 3, 1)],
      quarters: [wall(2021, 3, 1), wall(2021, 6, 1)],
      years: [wall(2021, 0, 1), wall(1968, 0, 1)],
      decades: [wall(2020, 0, 1), wall(1970, 0, 1), wall(1890, 0, 1)],
      nothing: [],
    }
    for (const [name, times] of Object.entries(grains))
      it(`finds that all dates are ${name} in ${timeZone}`, async () => {
        for (const timezone of ['local', 'utc'])
          for (const rows of [{ when: dates(...times, ...times) }, { when: numbers(...times) }])
            await expectEqual({
              table: rows,
              timeZone,
              transforms: [{ type: 'timeunit', field: 'when', inferUnits: true, timezone }],
            })
        await expectEqual({
          table: { when: dates(null, ...times) },
          timeZone,
          transforms: [{ type: 'timeunit', field: 'when', inferUnits: true, units: ['day'], interval: false }],
        })
      })

    it(`groups by its results in ${timeZone}`, async () => {
      for (const units of [['year', 'month'], ['milliseconds'], ['day']])
        await expectEqual({
          table,
          timeZone,
          transforms: [
            { type: 'timeunit', field: 'date', units },
            { type: 'aggregate', groupby: ['unit0', 'unit1'] },
          ],
        })
    })
  }

  it('leaves quarters to Vega where a month began after midnight', async () => {
    const transforms = [{ type: 'timeunit', field: 'date', units: ['year', 'quarter'] }]
    await expectReason({ table, timeZone: 'Asia/Kolkata', transforms }, /month by month/)
  })

  it('is left to Vega where the units depend on the data', async () => {
    for (const definition of [
      {},
      { inferUnits: true, field: 'date' },
      { units: ['year', 'week', 'month'] },
      { units: ['year'], step: 1.5 },
    ])
      await expectReason({ table, transforms: [{ type: 'timeunit', field: 'date', ...definition }] }, /./)
  })
})
