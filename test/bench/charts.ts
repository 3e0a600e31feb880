import { compile } from 'vega-lite'
import type { TopLevelSpec } from 'vega-lite'
import type { Bins } from './bins.ts'

export type Spec = Readonly<Record<string, unknown>>

/** Stands for the address of the flights in a spec. */
export const FLIGHTS = 'flights-go-here'

/** One data set that a chart draws: its columns, and what a careful person would write to get them. */
export interface Drawn {
  readonly data: string
  readonly columns: readonly string[]
  /** Bins, by name; each from the extent of a field over rows. */
  readonly bins?: Readonly<Record<string, { readonly field: string; readonly where: string; readonly maxbins: number }>>
  readonly sql: (bins: Readonly<Record<string, Bins>>) => string
}

export interface Chart {
  readonly name: string
  readonly spec: Spec
  readonly drawn: readonly Drawn[]
}

/** Vega-Lite compiled, its data named by `FLIGHTS`. */
export const lite = (spec: Spec): Spec => {
  const compiled = compile({ ...spec, data: { url: FLIGHTS } } as unknown as TopLevelSpec).spec
  return JSON.parse(JSON.stringify(compiled)) as Spec
}

/** The compiled spec with its flights at another address, or with rows in place of the address. */
export const withFlights = (
  spec: Spec,
  source: { readonly url: string } | { readonly values: readonly object[] },
): Spec => {
  const data = spec['data'] as readonly Spec[]
  const replaced = data.map((set) => {
    if (set['url'] !== FLIGHTS) return set
    const { url: _url, format: _format, ...rest } = set
    return { ...rest, ...source }
  })
  return { ...spec, data: replaced }
}

/** The same spec, written a little differently each time, so that no cache knows it: blanks after the filters' texts. */
export const respelled = (spec: Spec, round: number): Spec => {
  const blanks = ' '.repeat(round)
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([key, child]): [string, unknown] => [key, visit(child)])
    const copy: Record<string, unknown> = Object.fromEntries(entries)
    return copy['type'] === 'filter' ? { ...copy, expr: `${String(copy['expr'])}${blanks}` } : copy
  }
  return { ...spec, data: visit(spec['data']) }
}

const FINITE = 'isFinite(datum.delay)'
const IS_FINITE = 'isfinite(delay)'
const quantitative = (field: string, maxbins: number) => ({ field, bin: { maxbins }, type: 'quantitative' })
const count = { aggregate: 'count', type: 'quantitative' }

/** The start of a value's bin, counted as an integer: what the engine does fastest. */
export const binned = (field: string, { start, step, count: bins }: Bins): string =>
  `least(floor((${field} - ${start}) / ${step} + 1e-14), ${bins - 1})::utinyint`

const edges = (index: string, { start, step }: Bins, as: string): string =>
  `${start} + ${step} * ${index}::double as "${as}", ${start} + ${step} * (${index}::double + 1) as "${as}_end"`

const histogram = (data: string, field: string, where: string): Drawn => ({
  data,
  columns: [`bin_maxbins_40_${field}`, `bin_maxbins_40_${field}_end`, '__count'],
  bins: { [field]: { field, where, maxbins: 40 } },
  sql: ({ [field]: bins }) =>
    bins === undefined
      ? ''
      : `select ${edges('b', bins, `bin_maxbins_40_${field}`)}, n as __count
        from (select ${binned(field, bins)} b, count(*) n from flights where ${where} group by b)`,
})

const histograms: Chart = {
  name: 'two histograms',
  spec: lite({
    hconcat: [
      {
        transform: [{ filter: 'isValid(datum.distance)' }],
        mark: 'bar',
        encoding: { x: quantitative('distance', 40), y: count },
      },
      { transform: [{ filter: FINITE }], mark: 'bar', encoding: { x: quantitative('delay', 40), y: count } },
    ],
  }),
  drawn: [histogram('data_0', 'distance', 'distance is not null'), histogram('data_1', 'delay', IS_FINITE)],
}

const WINDOW = 'delay >= -60 and delay <= 180'

const heatmap: Chart = {
  name: '2-D histogram',
  spec: lite({
    transform: [{ filter: 'isValid(datum.delay) && datum.delay >= -60 && datum.delay <= 180' }],
    mark: 'rect',
    encoding: { x: quantitative('distance', 60), y: quantitative('delay', 40), color: count },
  }),
  drawn: [
    {
      data: 'source_0',
      columns: ['bin_maxbins_60_distance', 'bin_maxbins_40_delay', '__count'],
      bins: {
        distance: { field: 'distance', where: WINDOW, maxbins: 60 },
        delay: { field: 'delay', where: WINDOW, maxbins: 40 },
      },
      sql: ({ distance, delay }) =>
        distance === undefined || delay === undefined
          ? ''
          : `select ${edges('x', distance, 'bin_maxbins_60_distance')}, ${edges('y', delay, 'bin_maxbins_40_delay')}, n as __count
            from (select ${binned('distance', distance)} x, ${binned('delay', delay)} y, count(*) n
              from flights where ${WINDOW} group by all)`,
    },
  ],
}

const grouped: Chart = {
  name: 'grouped bars',
  spec: lite({
    transform: [{ filter: FINITE }, { calculate: "datum.delay > 0 ? 'late' : 'on time'", as: 'arrival' }],
    mark: 'bar',
    encoding: {
      x: { field: 'airline', type: 'nominal' },
      xOffset: { field: 'arrival' },
      y: { aggregate: 'mean', field: 'distance', type: 'quantitative' },
      color: { field: 'arrival', type: 'nominal' },
    },
  }),
  drawn: [
    {
      data: 'source_0',
      columns: ['airline', 'arrival', 'mean_distance'],
      sql: () => `select airline, case when delay > 0 then 'late' else 'on time' end as arrival, avg(distance) as mean_distance
        from flights where ${IS_FINITE} group by all`,
    },
  ],
}

const area: Chart = {
  name: 'stacked area',
  spec: lite({
    transform: [{ filter: 'isValid(datum.time)' }],
    mark: 'area',
    encoding: {
      x: { field: 'time', timeUnit: 'utcyearmonthdate', type: 'temporal' },
      y: { aggregate: 'count', stack: 'zero', type: 'quantitative' },
      color: { field: 'airline', type: 'nominal' },
    },
  }),
  drawn: [
    {
      data: 'source_0',
      columns: ['utcyearmonthdate_time', 'airline', '__count', '__count_start', '__count_end'],
      sql: () => `with counted as (
          select time_bucket(interval 1 day, time) as day, airline, count(*) n from flights where time is not null group by all
        ), filled as (
          select day, airline, coalesce(n, 0) n
          from (select distinct day from counted) cross join (select distinct airline from counted)
          left join counted using (day, airline)
        )
        select epoch_ms(day)::double as utcyearmonthdate_time, airline, n as __count,
          coalesce(sum(n) over above, 0)::double as __count_start, (coalesce(sum(n) over above, 0) + n)::double as __count_end
        from filled
        window above as (partition by day order by airline desc rows between unbounded preceding and 1 preceding)`,
    },
  ],
}

const box: Chart = {
  name: 'box plot',
  spec: lite({
    transform: [{ filter: FINITE }],
    mark: { type: 'boxplot', extent: 'min-max' },
    encoding: { x: { field: 'airline', type: 'nominal' }, y: { field: 'delay', type: 'quantitative' } },
  }),
  drawn: [
    {
      data: 'data_0',
      columns: [
        'airline',
        'lower_box_delay',
        'mid_box_delay',
        'upper_box_delay',
        'lower_whisker_delay',
        'upper_whisker_delay',
      ],
      sql: () => `select airline, q[1] as lower_box_delay, q[2] as mid_box_delay, q[3] as upper_box_delay,
          least as lower_whisker_delay, most as upper_whisker_delay
        from (select airline, quantile_cont(delay, [0.25, 0.5, 0.75]) q, min(delay) least, max(delay) most
          from flights where ${IS_FINITE} group by airline)`,
    },
  ],
}

const ranked: Chart = {
  name: 'rank-filtered bars',
  spec: lite({
    transform: [
      { filter: 'isValid(datum.origin)' },
      { aggregate: [{ op: 'count', as: 'flights' }], groupby: ['origin'] },
      { window: [{ op: 'rank', as: 'rank' }], sort: [{ field: 'flights', order: 'descending' }] },
      { filter: 'datum.rank <= 10' },
    ],
    mark: 'bar',
    encoding: {
      x: { field: 'flights', type: 'quantitative' },
      y: { field: 'origin', type: 'nominal', sort: '-x' },
    },
  }),
  drawn: [
    {
      data: 'data_0',
      columns: ['origin', 'flights'],
      sql: () => `select origin, count(*) as flights from flights where origin is not null group by origin
        qualify rank() over (order by count(*) desc) <= 10`,
    },
  ],
}

/** The charts of `first-render`. */
export const CHARTS: readonly Chart[] = [histograms, heatmap, grouped, area, box, ranked]
