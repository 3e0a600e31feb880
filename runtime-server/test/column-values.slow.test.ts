// Protects: what SQL makes of a file of columns (integers, codes, wall times) is what Vega itself makes of the same Arrow stream.
import { MagpieError, type Scalar, type Task, type TaskId } from '@magpie-vega/protocol'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCache } from '../src/cache.ts'
import { buildColumns } from '../src/columns/build-columns.ts'
import { openColumnTables } from '../src/columns/column-tables.ts'
import type { Evaluator } from '../src/evaluate.ts'
import { createEvaluatorWith } from '../src/evaluate/create.ts'
import { openTableStore, type TableStore } from '../src/table-store.ts'
import { decodeTable } from './decode-table.ts'
import { arrowStream, EVERYTHING } from './every-type.ts'
import { sha256Of } from './start-service.ts'

type Step = Readonly<Record<string, unknown>> & { readonly type: string }

const bytes = arrowStream(EVERYTHING, 3)
const sha256 = sha256Of(bytes)
const NUMBERS = ['whole', 'wide', 'small', 'unbounded', 'zeros', 'fractions', 'single', 'nothing']
const TEXTS = ['text', 'many', 'coded', 'flag']
const TIMES = ['fine', 'day', 'instant']
const OPS = ['count', 'valid', 'missing', 'distinct', 'min', 'max', 'median', 'q1', 'q3']

const measured = (groupby: readonly string[], field: string): Step => ({
  type: 'aggregate',
  groupby,
  ops: OPS,
  fields: OPS.map(() => field),
  as: OPS,
})
const filter = (expr: string): Step => ({ type: 'filter', expr })
const only = (...fields: readonly string[]): Step => ({ type: 'project', fields })

const PIPELINES: Readonly<Record<string, readonly Step[]>> = {
  'as it is': [],
  ...Object.fromEntries(NUMBERS.map((name) => [`measures of ${name}`, [measured([], name)]])),
  ...Object.fromEntries(NUMBERS.map((name) => [`measures of ${name} by code`, [measured(['coded'], name)]])),
  ...Object.fromEntries(
    [...NUMBERS, ...TEXTS, ...TIMES].map((name) => [`groups by ${name}`, [measured([name], 'small')]]),
  ),
  ...Object.fromEntries(
    TIMES.map((name) => [
      `extent of ${name}`,
      [{ type: 'aggregate', ops: ['min', 'max'], fields: [name, name], as: ['min', 'max'] }],
    ]),
  ),
  'groups by two': [measured(['coded', 'small'], 'whole')],
  ...Object.fromEntries(
    NUMBERS.map((name) => [
      `filters of ${name}`,
      [filter(`datum.${name} > 0.5 || datum.${name} === -2 || datum.${name} <= -299.5`), only(name, 'many')],
    ]),
  ),
  'filters of text': [
    filter(`datum.coded == 'x' && datum.text != null && length(datum.many) > 13`),
    only('text', 'many'),
  ],
  'filters of times': [
    filter(`hours(datum.fine) < 12 && datum.instant > datetime(1950, 0, 1)`),
    only('fine', 'instant'),
  ],
  'filters of days': [filter(`year(datum.day) > 2000 && day(datum.day) > 2`), only('day')],
  ...Object.fromEntries(
    ['fine', 'instant', 'day'].map((field) => [
      `months of ${field}`,
      [
        { type: 'timeunit', field, units: ['year', 'month'], as: ['from', 'to'] },
        { type: 'aggregate', groupby: ['from'], ops: ['count'], as: ['count'] },
      ],
    ]),
  ),
  ...Object.fromEntries(
    ['whole', 'small', 'fractions'].map((field) => [
      `bins of ${field}`,
      [
        { type: 'bin', field, extent: [-300, 30000], maxbins: 20, as: ['from', 'to'] },
        { type: 'aggregate', groupby: ['from', 'to'], ops: ['count'], as: ['count'] },
      ],
    ]),
  ),
  formulas: [
    { type: 'formula', expr: 'datum.whole * 2 + datum.small', as: 'sum' },
    { type: 'formula', expr: `datum.coded + '-' + datum.text`, as: 'joined' },
    { type: 'formula', expr: '1 / datum.zeros', as: 'inverse' },
    only('sum', 'joined', 'inverse', 'many'),
  ],
  'sorted and ranked': [
    { type: 'window', sort: { field: ['small', 'coded'] }, ops: ['rank', 'row_number'], as: ['rank', 'row'] },
    only('small', 'coded', 'rank', 'row'),
  ],
}

let directory = ''
let tables: TableStore
let byFile: Evaluator
/** Asked before the file is there. */
let ahead: Evaluator
let byVega: Evaluator

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'magpie-test-'))
  await mkdir(join(directory, 'tables'), { recursive: true })
  await writeFile(join(directory, 'tables', `${sha256}.arrow`), bytes)
  tables = await openTableStore({ directory: join(directory, 'tables'), maxTableBytes: 1e9, maxTablesBytes: 1e9 })
  const columns = await openColumnTables({
    directory: join(directory, 'columns'),
    tables,
    builder: { build: buildColumns },
    memoryLimit: '1GB',
    threads: 2,
    tempDirectory: '',
    minBytes: 0,
    maxBytesAhead: 0,
    onFailure: (_, cause) => expect.unreachable(String(cause)),
  })
  byFile = createEvaluatorWith({ cache: createCache({ maxBytes: 1e8 }), tables, columns, engine: 'auto' })
  const building = { ...columns, path: () => Promise.resolve('building' as const) }
  ahead = createEvaluatorWith({ cache: createCache({ maxBytes: 1e8 }), tables, columns: building, engine: 'auto' })
  byVega = createEvaluatorWith({ cache: createCache({ maxBytes: 1e8 }), tables, engine: 'vega' })
})
afterAll(async () => {
  await byFile.close()
  await ahead.close()
  await byVega.close()
  await rm(directory, { recursive: true, force: true })
})

const rowsOf = async (evaluator: Evaluator, steps: readonly Step[], timeZone: string): Promise<Scalar> => {
  const tasks: readonly Task[] = [
    { kind: 'source', from: { kind: 'table', sha256 } },
    ...steps.map((definition, index): Task => ({
      kind: 'transform',
      definition,
      input: index as TaskId,
      signals: {},
      data: {},
    })),
  ]
  const [value] = await evaluator.evaluate({
    graph: { tasks },
    roots: new Map(),
    wanted: [{ task: steps.length as TaskId, columns: 'all' }],
    timeZone,
    access: { table: () => true, url: () => false },
    signal: new AbortController().signal,
  })
  if (value === undefined || value instanceof MagpieError || value.kind !== 'table')
    throw value ?? new Error('no value')
  return decodeTable(value.bytes) as Scalar
}

describe.each(['UTC', 'America/New_York', 'Australia/Lord_Howe'])('in %s', (timeZone) => {
  test.each(Object.keys(PIPELINES))('%s', async (name) => {
    const steps = PIPELINES[name] ?? []
    const expected = await rowsOf(byVega, steps, timeZone)
    // A property that holds undefined is left out of SQL's rows.
    expect(await rowsOf(byFile, steps, timeZone)).toEqual(expected)
    expect(await rowsOf(ahead, steps, timeZone)).toEqual(expected)
  })
})
