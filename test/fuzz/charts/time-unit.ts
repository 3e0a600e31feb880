import type { Dice } from './dice.ts'

const UNITS = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'date',
  'dayofyear',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
  'yearquarter',
  'yearmonth',
  'yearmonthdate',
  'yearmonthdatehours',
  'yearmonthdatehoursminutes',
  'yearweek',
  'yearweekday',
  'yeardayofyear',
  'quartermonth',
  'monthdate',
  'monthdatehours',
  'dayhours',
  'hoursminutes',
  'minutesseconds',
  'secondsmilliseconds',
]
const STEPS: readonly (readonly [string, readonly number[]])[] = [
  ['year', [2, 5, 10]],
  ['month', [2, 3, 4]],
  ['yearmonth', [3, 6]],
  ['hours', [2, 6, 12]],
  ['minutes', [15, 30]],
  ['yearmonthdate', [7, 10]],
  ['week', [2]],
]

/** A time unit as Vega-Lite writes them, in local time or UTC. */
export function timeUnit(dice: Dice): unknown {
  const utc = dice.once(4) ? 'utc' : ''
  if (dice.once(6)) return { maxbins: dice.of([5, 20, 40]), ...(utc === '' ? {} : { utc: true }) }
  if (dice.once(6)) {
    const [unit, steps] = dice.of(STEPS)
    return { unit: utc + unit, step: dice.of(steps) }
  }
  return utc + dice.of(UNITS)
}
