import { encodeQueryRequest } from '@magpie-vega/protocol'
import type { Scalar, Task, TaskId, TransformTask, Wanted } from '@magpie-vega/protocol'

const id = (index: number): TaskId => index as TaskId

const step = (
  input: number,
  definition: TransformTask['definition'],
  more: Partial<Pick<TransformTask, 'signals' | 'data'>> = {},
): Task => ({ kind: 'transform', definition, input: id(input), signals: {}, data: {}, ...more })

const ROWS: Task = { kind: 'root', name: 'rows', type: 'data' }
const VALID = step(0, { type: 'filter', expr: 'isValid(datum.amount) && isFinite(datum.amount)' })

const counted = (groupby: readonly string[]): TransformTask['definition'] => ({
  type: 'aggregate',
  groupby,
  ops: ['count', 'mean'],
  fields: [null, 'amount'],
  as: ['count', 'mean'],
})

const HISTOGRAM: readonly Task[] = [
  ROWS,
  VALID,
  step(1, { type: 'extent', field: 'amount', signal: 'extent' }),
  { kind: 'output', transform: id(2) },
  step(
    2,
    { type: 'bin', field: 'amount', as: ['bin', 'bin_end'], signal: 'bins', extent: { signal: 'extent' }, maxbins: 20 },
    { signals: { extent: id(3) } },
  ),
  step(4, counted(['bin', 'bin_end'])),
  { kind: 'output', transform: id(4) },
]

const RANKS: readonly Task[] = [
  ROWS,
  VALID,
  step(1, { type: 'timeunit', field: 'time', units: ['year', 'month'], timezone: 'utc', as: ['month', 'month_end'] }),
  step(2, { type: 'formula', expr: "datum.amount > 1 ? 'much' : 'little'", as: 'kind' }),
  step(3, counted(['month', 'kind'])),
  step(4, {
    type: 'window',
    params: [null],
    as: ['rank'],
    ops: ['rank'],
    fields: [null],
    sort: { field: ['count'], order: ['descending'] },
  }),
  step(5, {
    type: 'stack',
    groupby: ['month'],
    field: 'count',
    sort: { field: ['kind'], order: ['ascending'] },
    as: ['start', 'stop'],
    offset: 'zero',
  }),
]

const BRUSHED: readonly Task[] = [
  ROWS,
  { kind: 'root', name: 'brush_store', type: 'data' },
  step(
    0,
    { type: 'filter', expr: '!length(data("brush_store")) || vlSelectionTest("brush_store", datum)' },
    { data: { brush_store: id(1) } },
  ),
  step(2, counted(['name'])),
]

const SOME_ROWS: Scalar = [
  { amount: 1, name: 'one', time: new Date(0) },
  { amount: 2.5, name: 'two', time: new Date(1e12) },
  { amount: null, name: null, time: null },
]
const STORE: Scalar = [{ unit: '', fields: [{ type: 'R', channel: 'x', field: 'amount' }], values: [[0, 2]] }]

const question = (tasks: readonly Task[], roots: readonly Scalar[], wanted: readonly Wanted[]): Uint8Array =>
  encodeQueryRequest({
    graph: { kind: 'graph', graph: { tasks } },
    roots: new Map(roots.map((value, index) => [id(index), value])),
    wanted,
    timeZone: 'UTC',
    grants: [],
  })

const all = (task: number): Wanted => ({ task: id(task), columns: 'all' })

/**
 * Questions as pages send them, over a few rows of their own, so that they need no grant: what charts of large data ask for most,
 * from the least part of the service to all of it.
 */
export const warmUpQuestions = (): readonly Uint8Array[] => [
  question([{ kind: 'root', name: 'x', type: 'signal' }], [1], [all(0)]),
  question(HISTOGRAM, [SOME_ROWS], [{ task: id(5), columns: ['bin', 'bin_end', 'count'] }, all(6)]),
  question(RANKS, [SOME_ROWS], [all(6)]),
  question(BRUSHED, [SOME_ROWS, STORE], [{ task: id(3), columns: ['name', 'count'] }]),
]
