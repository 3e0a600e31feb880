import type { Json } from '../../exact/json.ts'
import type { Dice } from './dice.ts'

/** The fields that a chart may use, by what they hold. */
export interface Columns {
  readonly numbers: readonly string[]
  readonly texts: readonly string[]
  readonly dates: readonly string[]
  /** Other than those: lists, objects, mixtures, fields that only some rows have. */
  readonly odd: readonly string[]
}

/** Rows, and what they hold. */
export interface Source {
  readonly data: Json
  readonly columns: Columns
  /** Rows so many that what multiplies them is left out. */
  readonly many: boolean
}

/** These fields alone. */
export const only = (some: Partial<Columns>): Columns => ({ numbers: [], texts: [], dates: [], odd: [], ...some })

/** The fields with more of them. */
export const plus = (columns: Columns, more: Partial<Columns>): Columns => ({
  numbers: [...columns.numbers, ...(more.numbers ?? [])],
  texts: [...columns.texts, ...(more.texts ?? [])],
  dates: [...columns.dates, ...(more.dates ?? [])],
  odd: [...columns.odd, ...(more.odd ?? [])],
})

const file = (name: string, columns: Partial<Columns>, many = false, format?: Json): Source => ({
  data: { url: `data/${name}`, ...(format === undefined ? {} : { format }) },
  columns: only(columns),
  many,
})

/** Files of vega-datasets. */
export const FILES: readonly Source[] = [
  file('cars.json', {
    numbers: ['Miles_per_Gallon', 'Cylinders', 'Displacement', 'Horsepower', 'Weight_in_lbs', 'Acceleration'],
    texts: ['Name', 'Origin'],
    dates: ['Year'],
  }),
  file(
    'movies.json',
    {
      numbers: [
        'US Gross',
        'Production Budget',
        'Running Time min',
        'Rotten Tomatoes Rating',
        'IMDB Rating',
        'IMDB Votes',
      ],
      texts: ['MPAA Rating', 'Major Genre', 'Source', 'Distributor'],
      dates: ['Release Date'],
      odd: ['Title'],
    },
    true,
  ),
  file('penguins.json', {
    numbers: ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'],
    texts: ['Species', 'Island', 'Sex'],
  }),
  file('barley.json', { numbers: ['yield', 'year'], texts: ['variety', 'site'] }),
  file('gapminder.json', { numbers: ['year', 'pop', 'life_expect', 'fertility'], texts: ['country', 'cluster'] }),
  file('population.json', { numbers: ['people', 'age', 'year', 'sex'], texts: ['sex', 'age'] }),
  file('seattle-weather.csv', {
    numbers: ['precipitation', 'temp_max', 'temp_min', 'wind'],
    texts: ['weather'],
    dates: ['date'],
  }),
  file('stocks.csv', { numbers: ['price'], texts: ['symbol'], dates: ['date'] }),
  file('github.csv', { numbers: ['count'], dates: ['time'] }),
  file('disasters.csv', { numbers: ['Deaths', 'Year'], texts: ['Entity'] }),
  file('driving.json', { numbers: ['year', 'miles', 'gas'], texts: ['side'] }),
  file('iowa-electricity.csv', { numbers: ['net_generation'], texts: ['source'], dates: ['year'] }),
  file('global-temp.csv', { numbers: ['temp', 'year'], dates: ['year'] }),
  file('co2-concentration.csv', { numbers: ['CO2', 'adjusted CO2'], dates: ['Date'] }),
  file('gapminder-health-income.csv', { numbers: ['income', 'health', 'population'], texts: ['country', 'region'] }),
  file('flights-2k.json', { numbers: ['delay', 'distance'], texts: ['origin', 'destination'], dates: ['date'] }, true),
  file('wheat.json', { numbers: ['wheat', 'wages', 'year'], dates: ['year'] }),
  file('jobs.json', { numbers: ['count', 'perc', 'year'], texts: ['job', 'sex'] }, true),
  file('anscombe.json', { numbers: ['X', 'Y'], texts: ['Series'] }),
  file('unemployment-across-industries.json', {
    numbers: ['count', 'rate', 'year', 'month'],
    texts: ['series'],
    dates: ['date'],
  }),
  file('unemployment.tsv', { numbers: ['id', 'rate'] }, true),
  file('us-state-capitals.json', { numbers: ['lon', 'lat'], texts: ['state', 'city'] }),
  file('income.json', { numbers: ['pct', 'total', 'id'], texts: ['name', 'region', 'group'] }),
  file('monarchs.json', { numbers: ['start', 'end', 'index'], texts: ['name'], odd: ['commonwealth'] }),
  file('ohlc.json', { numbers: ['open', 'high', 'low', 'close', 'ret'], texts: ['signal'], dates: ['date'] }),
  file('normal-2d.json', { numbers: ['u', 'v'] }),
  file('burtin.json', {
    numbers: ['Penicillin', 'Streptomycin', 'Neomycin'],
    texts: ['Bacteria', 'Gram_Staining', 'Genus'],
  }),
  file('countries.json', {
    numbers: ['year', 'fertility', 'life_expect'],
    texts: ['country'],
    odd: ['_comment', 'p_fertility'],
  }),
  file('miserables.json', { numbers: ['index', 'group'], texts: ['name', 'group'] }, false, { property: 'nodes' }),
  file('la-riots.csv', {
    numbers: ['age', 'longitude', 'latitude'],
    texts: ['gender', 'race', 'neighborhood', 'type'],
    dates: ['death_date'],
  }),
  file('weekly-weather.json', { numbers: ['id'], texts: ['day'], odd: ['record', 'actual'] }),
]

const NUMBERS = [0, 1, -1, 2, 3, 5, 10, 0.1, 0.25, -7.5, 1e-7, 123456.789, 1e21, 42, 42, 7, null, 100]
const TEXTS = [
  'a',
  'b',
  'c',
  'A',
  '',
  'null',
  "it's",
  'x"y',
  'ä',
  '10',
  '9',
  '__proto__',
  'a.b',
  'two words',
  null,
  '\u{1f426}',
]
const DATES = [
  '2020-01-01',
  '2020-02-29T12:30:00',
  '2020-03-08T02:30:00',
  '2020-03-29',
  '2020-10-25T01:30:00Z',
  '2020-11-01 01:30',
  'Jan 5 2021',
  '2021/04/04 02:15',
  '2021-12-31T23:59:59.999',
  '1969-07-20T20:17:40Z',
  '2021-06',
  null,
  'no date',
]
const NAMES = {
  numbers: ['n', 'm', 'n.m', 'n[0]', 'a b', "q'", 'value'],
  texts: ['s', 't', 's.t', 'key', 'name', 'k"'],
  dates: ['d', 'when'],
}

/** Rows in the spec itself, with values and names that are awkward. */
export function inline(dice: Dice): Source {
  const numbers = dice.some(NAMES.numbers, 3, 2)
  const texts = dice.some(NAMES.texts, 2)
  const dates = dice.some(NAMES.dates, 2, 0)
  const pick = <T>(all: readonly T[]): readonly T[] => dice.some(all, all.length, 3)
  const pools: Readonly<Record<string, readonly unknown[]>> = {
    ...Object.fromEntries(
      numbers.map((name) => [
        name,
        pick(dice.once(3) ? NUMBERS : NUMBERS.filter((n) => n !== null && Math.abs(n) < 1e6)),
      ]),
    ),
    ...Object.fromEntries(texts.map((name) => [name, pick(TEXTS)])),
    ...Object.fromEntries(dates.map((name) => [name, pick(DATES.slice(0, dice.once(2) ? undefined : -2))])),
    list: [[1, 2], [], [3], null, [2, 2, 5]],
    o: [{ p: 1, q: 'x' }, { p: 2, q: 'y' }, null],
    mix: [1, '1', true, null, 'x', [1], 0],
    some: [undefined, 1, 2],
    flag: [true, false, null],
  }
  const odd = dice.some(['list', 'o', 'mix', 'some', 'flag'], 2, 0)
  const names = [...numbers, ...texts, ...dates, ...odd]
  const rows = Array.from({ length: dice.of([0, 1, 2, 5, 12, 12, 30, 30]) }, () =>
    Object.fromEntries(names.map((name) => [name, dice.of(pools[name] ?? [null])])),
  )
  return { data: { values: rows }, columns: { numbers, texts, dates, odd }, many: false }
}

/** Vega's own notation for a field of this very name. */
export const path = (name: string): string => name.replace(/[\\.[\]'"]/g, (mark) => `\\${mark}`)

/** An expression that reads a field. */
export const datum = (name: string): string => `datum[${JSON.stringify(name)}]`
