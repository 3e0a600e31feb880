import type { Pipeline } from './oracle.ts'

const EDGE = [
  { g: 'a', n: 1, m: 5, s: 'x', b: true, t: '2020-03-08T02:30:00' },
  { g: 'b', n: null, m: 2, s: null, b: false, t: '2020-11-01T01:30:00' },
  { g: 'a', n: 3.5, m: -1, s: '', b: true, t: '2021-04-04T01:45' },
  { g: null, n: -2, m: 0, s: 'x|y', b: null, t: '2021-10-03' },
  { g: 'b', n: 1e21, m: 5, s: 'null', t: '2020-06-30T23:59:59.999Z' },
  { g: 'a', n: 0, m: 2, b: false, t: null },
]

const MEASURES = [
  'count',
  'valid',
  'missing',
  'distinct',
  'sum',
  'mean',
  'min',
  'max',
  'median',
  'q1',
  'q3',
  'variance',
  'stdev',
]

const aggregate = (groupby: readonly string[], field: string, ops: readonly string[]) => ({
  type: 'aggregate',
  groupby,
  ops,
  fields: ops.map(() => field),
  as: ops.map((op) => `${op}_${field}`),
})

const dates = { parse: { t: 'date' } }
const cars = { url: 'cars.json', format: { parse: { Year: 'date' } } }

/** Pipelines by name: every transform that charts use, over awkward rows and over real files. */
export const PIPELINES: Readonly<Record<string, Pipeline>> = {
  'values as they are': { values: EDGE },
  'values that are no objects': { values: [1, 'x', true] },
  'one object': { values: { a: 1 } },
  'text in values': { values: 'a,b\n1,x\n2,\n', format: { type: 'csv', parse: 'auto' } },
  property: { values: { inner: { rows: [{ a: 1 }] } }, format: { property: 'inner.rows' } },
  'parse to every type': {
    values: [{ a: '1', b: 'true', c: '2020-01-02', d: '03/04/2021', e: 5, f: '' }],
    format: { parse: { a: 'number', b: 'boolean', c: 'date', d: "date:'%d/%m/%Y'", e: 'string', f: 'number' } },
  },
  'utc pattern': { values: [{ d: '2021-05' }, { d: 'no' }], format: { parse: { d: "utc:'%Y-%m'" } } },
  'csv file': { url: 'stocks.csv', format: { type: 'csv', parse: { date: 'date', price: 'number' } } },
  'csv file, auto': { url: 'seattle-weather.csv', format: { type: 'csv', parse: 'auto' } },
  'tsv file': { url: 'unemployment.tsv', format: { type: 'tsv', parse: 'auto' } },
  topojson: { url: 'londonBoroughs.json', format: { type: 'topojson', feature: 'boroughs' } },
  cars: cars,
  movies: { url: 'movies.json' },
  filter: { values: EDGE, signals: { lo: 0 }, transform: [{ type: 'filter', expr: 'datum.n > lo && datum.b' }] },
  'filter that keeps nothing': { values: EDGE, transform: [{ type: 'filter', expr: 'false' }] },
  'filter by text': {
    ...cars,
    transform: [{ type: 'filter', expr: "datum.Origin === 'Japan' || test(/ford/i, datum.Name)" }],
  },
  formula: {
    values: EDGE,
    transform: [
      { type: 'formula', expr: 'datum.n * 2 + datum.m', as: 'x' },
      { type: 'formula', expr: "datum.b ? datum.s : 'no'", as: 'y' },
      { type: 'formula', expr: 'datum.nowhere', as: 'z' },
      { type: 'formula', expr: 'round(datum.n / 3) % 2', as: 'n' },
    ],
  },
  'aggregate numbers': { values: EDGE, transform: [aggregate(['g'], 'n', MEASURES)] },
  'aggregate without groups': { values: EDGE, transform: [aggregate([], 'm', MEASURES)] },
  'aggregate nothing': { values: [], transform: [aggregate([], 'm', ['count', 'sum', 'mean', 'min'])] },
  'aggregate cars': { ...cars, transform: [aggregate(['Origin', 'Cylinders'], 'Horsepower', MEASURES)] },
  'aggregate argmax': { ...cars, transform: [aggregate(['Origin'], 'Horsepower', ['argmax', 'argmin'])] },
  'aggregate values': { values: EDGE, transform: [aggregate(['g'], 'n', ['values', 'product'])] },
  'aggregate crossed': { values: EDGE, transform: [{ ...aggregate(['g', 'b'], 'n', ['sum']), cross: true }] },
  joinaggregate: {
    ...cars,
    transform: [{ ...aggregate(['Origin'], 'Horsepower', ['mean', 'max']), type: 'joinaggregate' }],
  },
  'extent and bin': {
    url: 'movies.json',
    transform: [
      { type: 'extent', field: 'IMDB Rating', signal: 'range' },
      { type: 'bin', field: 'IMDB Rating', extent: { signal: 'range' }, maxbins: 10, as: ['b0', 'b1'], signal: 'bins' },
      aggregate(['b0', 'b1'], 'IMDB Rating', ['count']),
    ],
  },
  'timeunit local': {
    values: EDGE,
    format: dates,
    transform: [{ type: 'timeunit', field: 't', units: ['year', 'month', 'date', 'hours'], as: ['u0', 'u1'] }],
  },
  'timeunit utc': {
    values: EDGE,
    format: dates,
    transform: [{ type: 'timeunit', field: 't', units: ['month'], timezone: 'utc', signal: 'unit' }],
  },
  'timeunit week': { ...cars, transform: [{ type: 'timeunit', field: 'Year', units: ['year', 'week'] }] },
  'local parts of dates': {
    values: EDGE,
    format: dates,
    transform: [
      { type: 'formula', expr: 'hours(datum.t)', as: 'h' },
      { type: 'formula', expr: 'utchours(datum.t)', as: 'uh' },
      { type: 'formula', expr: 'datetime(2020, month(datum.t), 1)', as: 'd' },
      { type: 'formula', expr: "timeFormat(datum.t, '%A %H:%M')", as: 'f' },
    ],
  },
  stack: {
    ...cars,
    transform: [
      { type: 'stack', groupby: ['Origin'], field: 'Weight_in_lbs', sort: { field: 'Name', order: 'descending' } },
    ],
  },
  collect: {
    values: EDGE,
    transform: [{ type: 'collect', sort: { field: ['g', 'n'], order: ['descending', 'ascending'] } }],
  },
  project: { values: EDGE, transform: [{ type: 'project', fields: ['n', 'g'], as: ['x', 'y'] }] },
  identifier: {
    values: EDGE,
    transform: [
      { type: 'identifier', as: 'id' },
      { type: 'filter', expr: 'datum.id > 2' },
    ],
  },
  'identifier, then another': {
    values: EDGE,
    signals: { given: EDGE.length },
    transform: [
      { type: 'identifier', as: 'id' },
      { type: 'formula', expr: 'datum.id * 2 + given', as: 'x' },
      // What the planner adds, and Vega does not read.
      { type: 'identifier', as: 'again', after: { signal: 'given' } },
    ],
  },
  fold: { values: EDGE, transform: [{ type: 'fold', fields: ['n', 'm'] }] },
  flatten: {
    values: [
      { a: [1, 2], b: 3 },
      { a: [], b: 4 },
    ],
    transform: [{ type: 'flatten', fields: ['a'] }],
  },
  impute: {
    values: [
      { k: 1, g: 'a', v: 5 },
      { k: 2, g: 'b', v: 6 },
    ],
    transform: [{ type: 'impute', field: 'v', key: 'k', groupby: ['g'], value: 0 }],
  },
  window: {
    ...cars,
    transform: [
      {
        type: 'window',
        groupby: ['Origin'],
        sort: { field: 'Horsepower' },
        ops: ['row_number', 'rank', 'lag', 'sum', 'percent_rank'],
        fields: [null, null, 'Weight_in_lbs', 'Weight_in_lbs', null],
        as: ['n', 'r', 'before', 'running', 'p'],
        frame: [null, 0],
      },
    ],
  },
  pivot: { values: EDGE, transform: [{ type: 'pivot', field: 'g', value: 'm', groupby: ['b'] }] },
  countpattern: { values: [{ t: 'one two one' }], transform: [{ type: 'countpattern', field: 't' }] },
  quantile: { ...cars, transform: [{ type: 'quantile', field: 'Horsepower', step: 0.25 }] },
  density: { ...cars, transform: [{ type: 'kde', field: 'Horsepower', groupby: ['Origin'], steps: 5 }] },
  regression: {
    ...cars,
    transform: [{ type: 'regression', x: 'Weight_in_lbs', y: 'Horsepower', groupby: ['Origin'] }],
  },
  loess: { ...cars, transform: [{ type: 'loess', x: 'Weight_in_lbs', y: 'Horsepower', bandwidth: 0.5 }] },
  dotbin: { values: EDGE, transform: [{ type: 'dotbin', field: 'm', step: 1 }] },
  cross: { values: [{ a: 1 }, { a: 2 }], transform: [{ type: 'cross' }] },
  sequence: {
    transform: [
      { type: 'sequence', start: 0, stop: 5, step: 2, as: 'x' },
      { type: 'formula', expr: 'datum.x * 2', as: 'y' },
    ],
  },
  lookup: {
    values: EDGE,
    data: {
      others: [
        { key: 'a', v: 1 },
        { key: 'b', v: 2 },
      ],
    },
    transform: [
      { type: 'lookup', from: 'others', key: 'key', fields: ['g'], values: ['v'], as: ['found'], default: null },
    ],
  },
  'a data set in an expression': {
    values: EDGE,
    data: { others: [{ key: 'a' }, { key: 'b' }] },
    transform: [{ type: 'formula', expr: "length(data('others')) + datum.m", as: 'x' }],
  },
  'an interval selection': {
    values: EDGE,
    data: { brush_store: [{ unit: '', fields: [{ type: 'R', channel: 'x', field: 'n' }], values: [[0, 4]] }] },
    transform: [{ type: 'filter', expr: '!length(data("brush_store")) || vlSelectionTest("brush_store", datum)' }],
  },
  'an empty selection': {
    values: EDGE,
    data: { brush_store: [] },
    transform: [{ type: 'filter', expr: '!length(data("brush_store")) || vlSelectionTest("brush_store", datum)' }],
  },
  'a point selection': {
    values: EDGE,
    data: { pick_store: [{ unit: '', fields: [{ type: 'E', field: 'g' }], values: ['a'] }] },
    transform: [{ type: 'formula', expr: 'vlSelectionTest("pick_store", datum)', as: 'picked' }],
  },
  tree: {
    values: [{ id: 1 }, { id: 2, up: 1 }, { id: 3, up: 1 }, { id: 4, up: 2 }],
    transform: [
      { type: 'stratify', key: 'id', parentKey: 'up' },
      { type: 'tree', size: [100, 50] },
    ],
  },
  'tree, then identifier': {
    values: [{ id: 1 }, { id: 2, up: 1 }, { id: 3, up: 1 }, { id: 4, up: 2 }],
    transform: [
      { type: 'stratify', key: 'id', parentKey: 'up' },
      { type: 'tree', size: [100, 50] },
      { type: 'identifier', as: 'number' },
      { type: 'filter', expr: 'datum.number > 1' },
    ],
  },
  treelinks: {
    values: [{ id: 1 }, { id: 2, up: 1 }],
    transform: [
      { type: 'stratify', key: 'id', parentKey: 'up' },
      { type: 'tree', size: [1, 1] },
      { type: 'treelinks' },
    ],
  },
  'nested fields': { values: [{ a: { b: 1 } }, { a: { b: 3 } }], transform: [aggregate([], 'a.b', ['sum'])] },
  'dots in names': { values: [{ 'a.b': 1 }], transform: [{ type: 'formula', expr: "datum['a.b'] + 1", as: 'c.d' }] },
  'sql, vega, sql': {
    ...cars,
    transform: [
      { type: 'filter', expr: 'datum.Horsepower > 100' },
      { type: 'loess', x: 'Weight_in_lbs', y: 'Horsepower', groupby: ['Origin'] },
      aggregate(['Origin'], 'Horsepower', ['count', 'min']),
    ],
  },
}
