type Parameters = Readonly<Record<string, unknown>>

/** A definition of each transform that has SQL, to which one parameter at a time is added. */
export const BASES: Readonly<Record<string, Parameters>> = {
  aggregate: { groupby: ['n', 's'], ops: ['count'], fields: [null], as: ['out'] },
  bin: { field: 'n', extent: [0, 10] },
  collect: {},
  countpattern: { field: 's' },
  cross: {},
  density: { distribution: { function: 'normal' }, extent: [0, 1] },
  extent: { field: 'n', signal: 'out' },
  filter: { expr: 'datum.n > 1' },
  flatten: { fields: ['j'] },
  fold: { fields: ['n', 'm'] },
  formula: { expr: 'datum.n + 1', as: 'out' },
  identifier: { as: 'id' },
  impute: { field: 'n', key: 'm', method: 'value', value: 0 },
  joinaggregate: { ops: ['count'], fields: [null] },
  lookup: { from: 'other', key: 's', fields: ['s'], values: ['n'] },
  pivot: { field: 's', value: 'n', groupby: ['b'] },
  project: { fields: ['n'] },
  quantile: { field: 'n' },
  sequence: { start: 0, stop: 5 },
  stack: { field: 'n' },
  timeunit: { field: 'd', units: ['year'] },
  window: { ops: ['row_number'], fields: [null] },
}

const GROUPS = [['n'], ['s', 'b']]
const NAMES = [['x', 'y']]

/** Values by which a parameter is tried, where the name alone does not tell (see `COMMON`). */
export const EXAMPLES: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  aggregate: { fields: [['n']], as: [['x']], cross: [true], drop: [false], key: ['n'], aggregate_params: [[0.5]] },
  bin: {
    anchor: [0.5],
    maxbins: [7],
    base: [2],
    divide: [[5, 2]],
    span: [4],
    step: [2],
    steps: [[1, 2, 5]],
    minstep: [1],
    nice: [false],
    name: ['bins'],
    extent: [[0, 10]],
  },
  countpattern: { case: ['upper'], pattern: ['a+'], stopwords: ['the'], field: ['s', 'n'] },
  density: {
    extent: [[0, 1]],
    steps: [10],
    minsteps: [10],
    maxsteps: [20],
    method: ['cdf'],
    distribution: [{ function: 'uniform' }, { function: 'kde', field: 'n' }],
  },
  cross: { filter: ['datum.a.n < datum.b.n', 'datum.a !== datum.b'] },
  filter: { expr: ['datum.n > 1'] },
  flatten: { fields: [['j'], ['s']], index: ['i'], as: [['x']] },
  fold: { fields: [['n', 'm']] },
  formula: { expr: ['datum.n + 1'], as: ['out'], initonly: [true] },
  identifier: { as: ['id'] },
  impute: { keyvals: [[1, 2]], method: ['value', 'mean', 'median', 'max', 'min'], value: [0, null], key: ['m'] },
  joinaggregate: { fields: [['n']], as: [['x']], key: ['n'] },
  lookup: { index: ['other'], values: [['n'], undefined], fields: [['s']], as: [['x']], default: [0, 'none'] },
  pivot: {
    field: ['s', 'd'],
    value: ['n'],
    op: ['sum', 'count', 'distinct', 'argmax', 'exponential'],
    limit: [2],
    key: ['n'],
  },
  project: { fields: [['n']], as: [['x']] },
  quantile: { probs: [[0.5]], step: [0.1, 0.0001] },
  sequence: { start: [1], stop: [9], step: [0.5], as: ['x'] },
  stack: { offset: ['zero', 'center', 'normalize'] },
  timeunit: {
    field: ['d'],
    units: [['year', 'month'], ['week'], ['isoweek'], ['quarter'], ['dayofyear']],
    step: [2],
    maxbins: [20],
    extent: [[0, 1e12]],
    inferUnits: [true],
    timezone: ['utc', 'local'],
  },
  window: {
    fields: [['n']],
    as: [['x']],
    params: [[2]],
    aggregate_params: [[0.5]],
    frame: [
      [null, 0],
      [-2, 2],
      [1, 3],
    ],
    ignorePeers: [true],
  },
}

/** Values for parameters that mean the same in every transform. */
export const COMMON: Readonly<Record<string, readonly unknown[]>> = {
  field: ['n'],
  groupby: GROUPS,
  sort: [{ field: 's', order: 'descending' }],
  interval: [false],
  as: NAMES,
  signal: ['out'],
  ops: [['count']],
}

/** Arguments by which an expression function is tried: some of them read the row. */
export const ARGUMENTS: readonly string[] = [
  'datum.n',
  'datum.s',
  'datum.d',
  "'a'",
  "'day'",
  '1',
  '[0, 1]',
  "'store'",
  'datum',
]
