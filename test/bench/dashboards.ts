import type { Row } from './answers.ts'
import type { Bins } from './bins.ts'
import { binned, lite, type Spec } from './charts.ts'
import type { BrushEvent } from './traces.ts'

/** Rows of a selection store, as Vega-Lite writes them. */
export type Store = readonly {
  readonly unit: string
  readonly fields: readonly object[]
  readonly values: readonly (readonly number[])[]
}[]

/** One linked histogram. */
export interface LinkedView {
  readonly field: string
  /** What the field is in SQL. */
  readonly sql: string
  /** The data set that follows the brush. */
  readonly data: string
  readonly columns: readonly string[]
  readonly unit: string
}

export interface Dashboard {
  readonly name: string
  readonly spec: Spec
  readonly views: readonly LinkedView[]
  /** Is a row kept when every brushed view keeps it, or is there one brush for all? */
  readonly intersect: boolean
}

const FIELDS = ['distance', 'delay', 'hour']
const SQL: Readonly<Record<string, string>> = { distance: 'distance', delay: 'delay', hour: 'hour(time)' }
/** Rows of the dashboards: infinite and unknown delays have no place on an axis. */
export const KEPT = 'isfinite(delay)'
export const MAXBINS = 20

const linked = (intersect: boolean): Spec => {
  const x = { field: { repeat: 'column' }, bin: { maxbins: MAXBINS }, type: 'quantitative' }
  const y = { aggregate: 'count', type: 'quantitative' }
  const select = { type: 'interval', encodings: ['x'], ...(intersect ? { resolve: 'intersect' } : {}) }
  return lite({
    transform: [{ filter: 'isFinite(datum.delay)' }, { calculate: 'hours(datum.time)', as: 'hour' }],
    repeat: { column: FIELDS },
    spec: {
      layer: [
        { params: [{ name: 'brush', select }], mark: 'bar', encoding: { x, y, color: { value: '#ddd' } } },
        { transform: [{ filter: { param: 'brush' } }], mark: 'bar', encoding: { x, y } },
      ],
    },
  })
}

type Json = { readonly [key: string]: unknown }

/** The data sets that the bars of the brushed layer draw, and the names of the brushed units, read from the compiled spec. */
const viewsOf = (spec: Spec): readonly LinkedView[] =>
  (spec['marks'] as readonly Json[]).map((group, index) => {
    const field = FIELDS[index] ?? ''
    const marks = group['marks'] as readonly Json[]
    const filtered = marks.flatMap((mark) => (String(mark['name']).includes('layer_1') ? [mark['from'] as Json] : []))
    const signals = group['signals'] as readonly Json[]
    const tuple = JSON.stringify(signals.find(({ name }) => name === 'brush_tuple'))
    return {
      field,
      sql: SQL[field] ?? field,
      data: String(filtered[0]?.['data']),
      columns: [`bin_maxbins_${MAXBINS}_${field}`, '__count'],
      unit: /unit: \\"([^"\\]+)\\"/.exec(tuple)?.[1] ?? '',
    }
  })

const dashboard = (name: string, intersect: boolean): Dashboard => {
  const spec = linked(intersect)
  return { name, spec, views: viewsOf(spec), intersect }
}

export const DASHBOARDS: readonly Dashboard[] = [
  dashboard('gallery crossfilter', false),
  dashboard('intersect dashboard', true),
]

const valuesOf = ({ start, stop }: Bins, [a, b]: BrushEvent['ends']): readonly [number, number] => [
  start + a * (stop - start),
  start + b * (stop - start),
]

/** Every view's brush after each event, as ends in the field's own unit; undefined where nothing is brushed. */
export function brushesOf(
  { views, intersect }: Dashboard,
  bins: readonly Bins[],
  trace: readonly BrushEvent[],
): readonly (readonly (readonly [number, number] | undefined)[])[] {
  let current: readonly (readonly [number, number] | undefined)[] = views.map(() => undefined)
  return trace.map(({ view, ends }) => {
    current = views.map((_, index) => {
      const own = bins[index]
      if (index === view && own !== undefined) return valuesOf(own, ends)
      return intersect ? current[index] : undefined
    })
    return current
  })
}

/** What Vega-Lite stores for brushes. */
export const storeOf = ({ views }: Dashboard, brushes: readonly (readonly [number, number] | undefined)[]): Store =>
  views.flatMap(({ field, unit }, index) => {
    const ends = brushes[index]
    return ends === undefined ? [] : [{ unit, fields: [{ field, channel: 'x', type: 'R' }], values: [[...ends]] }]
  })

/** The rows that brushes keep, in SQL. No brushed field holds a null. */
export const whereOf = ({ views }: Dashboard, brushes: readonly (readonly [number, number] | undefined)[]): string =>
  [
    KEPT,
    ...views.flatMap(({ sql }, index) => {
      const ends = brushes[index]
      return ends === undefined ? [] : [`${sql} between ${Math.min(...ends)} and ${Math.max(...ends)}`]
    }),
  ].join(' and ')

/** A bin index and a count become the row that Vega holds. */
export const rowOf = ({ columns }: LinkedView, { start, step }: Bins, bin: number, count: number): Row => ({
  [columns[0] ?? '']: start + step * bin,
  [columns[1] ?? '']: count,
})

export const binColumn = (view: LinkedView, bins: Bins): string => binned(view.sql, bins)
