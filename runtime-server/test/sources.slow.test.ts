/** Protects: tables and files become the rows that a viewer in his zone expects; what cannot be read says why, alone. */
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MagpieError, type SourceTask, type Task, type TaskId, type Value } from '@magpie-vega/protocol'
import {
  DateDay,
  Dictionary,
  Int32,
  Int64,
  type DataType,
  makeVector,
  Table as ArrowTable,
  TimeMillisecond,
  tableToIPC,
  TimestampMicrosecond,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createCache, type Cache } from '../src/cache.ts'
import type { Evaluator } from '../src/evaluate.ts'
import { createEvaluatorWith } from '../src/evaluate/create.ts'
import { decodeTable } from './decode-table.ts'

const dataRoot = new URL('../../node_modules/vega-datasets/data/', import.meta.url).pathname
const tables = new Map<string, string>()
const computed: string[] = []
let directory = ''
let evaluator: Evaluator
let cache: Cache

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'magpie-sources-'))
  cache = createCache({ maxBytes: 1_000_000_000 })
  evaluator = createEvaluatorWith({
    cache,
    tables: {
      has: async (sha256: string) => tables.has(sha256),
      put: async () => undefined,
      path: async (sha256: string) => tables.get(sha256),
      touch: async (sha256: string) => tables.has(sha256),
    } as never,
    dataRoot,
    fileRoots: [],
    onTask: (task, engine) => computed.push(`${task} ${engine}`),
  })
})
afterAll(async () => {
  await evaluator.close()
  await rm(directory, { recursive: true })
})

const upload = async (bytes: Uint8Array): Promise<SourceTask> => {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  tables.set(sha256, join(directory, sha256))
  await writeFile(join(directory, sha256), bytes)
  return { kind: 'source', from: { kind: 'table', sha256 } }
}

const everything = { table: () => true, url: () => true }
const evaluate = (tasks: readonly Task[], wanted: readonly number[], timeZone = 'UTC', access = everything) =>
  evaluator.evaluate({
    graph: { tasks },
    roots: new Map(),
    wanted: wanted.map((task) => ({ task: task as TaskId, columns: 'all' as const })),
    timeZone,
    access,
    signal: new AbortController().signal,
  })
const rowsOf = (value: Value | MagpieError | undefined): unknown => {
  if (value === undefined || value instanceof MagpieError) throw value ?? new Error('no value')
  return value.kind === 'table' ? decodeTable(value.bytes) : value.value
}
const read = async (task: SourceTask, timeZone = 'UTC'): Promise<unknown> =>
  rowsOf((await evaluate([task], [0], timeZone))[0])
const source = (url: string, format?: Record<string, unknown>): SourceTask => ({
  kind: 'source',
  from: { kind: 'url', url },
  ...(format === undefined ? {} : { format }),
})

const typed = (values: readonly unknown[], type: DataType) => vectorFromArray(values as never[], type)
const frame = (): Uint8Array =>
  tableToIPC(
    new ArrowTable({
      big: typed([1n, null, -3n], new Int64()),
      text: typed(['2020-03-08T02:30', null, ''], new Utf8()),
      word: typed(['a', 'b', null], new Dictionary(new Utf8(), new Int32())),
      naive: typed([Date.UTC(2020, 2, 8, 2, 30), null, Date.UTC(2020, 10, 1, 1, 30)], new TimestampMillisecond()),
      zoned: typed([5, null, 7], new TimestampMicrosecond('UTC')),
      day: typed([new Date(Date.UTC(2020, 6, 1)), null, null], new DateDay()),
      real: makeVector(Float64Array.of(1.5, Number.NaN, -0)),
    }),
    'stream',
  )

describe('an uploaded table', () => {
  test.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'])('in %s', async (zone) => {
    const rows = (await read(await upload(frame()), zone)) as readonly Record<string, unknown>[]
    const before = process.env.TZ
    process.env.TZ = zone
    const [naive, later, day] = [new Date(2020, 2, 8, 2, 30), new Date(2020, 10, 1, 1, 30), new Date(2020, 6, 1)]
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
    expect(rows).toMatchObject([
      { big: 1, text: '2020-03-08T02:30', word: 'a', naive, day, real: 1.5 },
      { big: null, text: null, word: 'b', naive: null, zoned: null, day: null, real: Number.NaN },
      { big: -3, text: '', word: null, naive: later, day: null, real: -0 },
    ])
  })

  test('parsed as the chart asks, in the zone of the viewer', async () => {
    const task = {
      ...(await upload(frame())),
      format: { parse: { text: 'date', naive: 'date', big: 'string', nowhere: 'date' } },
    }
    expect(await read(task, 'Asia/Kolkata')).toMatchObject([
      { text: Date.UTC(2020, 2, 7, 21, 0), big: '1' },
      { text: null, big: null },
      { text: null, big: '-3' },
    ])
  })

  test('parsed by what it holds, and where it holds nothing', async () => {
    const bytes = tableToIPC(
      new ArrowTable({
        day: typed(['2020-01-05', null], new Utf8()),
        count: typed(['1', '2'], new Utf8()),
        word: typed(['', 'b'], new Utf8()),
        none: typed([null, null], new Int32()),
      }),
      'stream',
    )
    const table = await upload(bytes)
    const parsed = (parse: unknown) => read({ ...table, format: { parse } })
    expect(await parsed('auto')).toEqual([
      { day: Date.UTC(2020, 0, 5), count: 1, word: null, none: null },
      { day: null, count: 2, word: 'b', none: null },
    ])
    expect(
      await parsed({ word: 'string', none: 'date:%Y', nowhere: 'number', ['__proto__']: 'number', count: 'integer' }),
    ).toEqual([
      { day: '2020-01-05', count: 1, word: null, none: null, nowhere: null },
      { day: null, count: 2, word: 'b', none: null, nowhere: null },
    ])
    const [odd] = await evaluate([{ ...table, format: { parse: { day: 'time' } } }], [0])
    expect(odd).toMatchObject({ code: 'source-unreadable', message: expect.stringContaining('day:time') as unknown })
  })

  test('fails for a column that nothing can show only when it is read', async () => {
    const task = await upload(
      tableToIPC(new ArrowTable({ a: typed([1, 2], new Int32()), at: typed([1, 2], new TimeMillisecond()) }), 'stream'),
    )
    const count: Task = {
      kind: 'transform',
      definition: { type: 'aggregate', groupby: ['a'], ops: ['count'], fields: [null], as: ['n'] },
      input: 0 as TaskId,
      signals: {},
      data: {},
    }
    const [rows, groups] = await evaluate([task, count], [0, 1])
    expect(rows).toMatchObject({ code: 'unsupported', place: 'at' })
    expect(rowsOf(groups)).toEqual([
      { a: 1, n: 1 },
      { a: 2, n: 1 },
    ])
  })

  test('that is truncated, missing or not granted', async () => {
    const whole = frame()
    for (const size of [0, 4, 50, whole.length - 100]) {
      const [cut] = await evaluate([await upload(whole.slice(0, size))], [0])
      expect(cut).toMatchObject({ code: 'table-invalid' })
    }
    const missing: SourceTask = { kind: 'source', from: { kind: 'table', sha256: 'f'.repeat(64) } }
    expect(await evaluate([missing], [0])).toMatchObject([{ code: 'table-missing' }])
    const known = await upload(whole)
    expect(await evaluate([known], [0])).not.toMatchObject([{ code: 'not-granted' }])
    const refused = await evaluate([known], [0], 'UTC', { table: () => false, url: () => true })
    expect(refused).toMatchObject([{ code: 'not-granted' }])
  })
})

test('an address, until what it answered is old', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 })
  onTestFinished(() => void vi.useRealTimers())
  let body = '[{"a":1}]'
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/rows.json' ? 200 : 404
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  expect(await read(source(`http://127.0.0.1:${port}/rows.json`))).toEqual([{ a: 1 }])
  body = '[{"a":2}]'
  expect(await read(source(`http://127.0.0.1:${port}/rows.json`))).toEqual([{ a: 1 }])
  vi.setSystemTime(1_800_000_060_000)
  expect(await read(source(`http://127.0.0.1:${port}/rows.json`))).toEqual([{ a: 2 }])
  const [nowhere] = await evaluate([source(`http://127.0.0.1:${port}/nowhere.json`)], [0])
  expect(nowhere).toMatchObject({ code: 'source-unreadable', message: expect.stringContaining('404') as unknown })
  server.close()
})

describe('a file', () => {
  test('in Parquet, by its name', async () => {
    const tasks: readonly Task[] = [
      source('flights-3m.parquet', { type: 'json' }),
      {
        kind: 'transform',
        definition: { type: 'aggregate', ops: ['count', 'max'], fields: [null, 'distance'], as: ['n', 'far'] },
        input: 0 as TaskId,
        signals: {},
        data: {},
      },
    ]
    expect(rowsOf((await evaluate(tasks, [1]))[0])).toEqual([{ n: 3_000_000, far: 4962 }])
  })

  test('in Arrow', async () => {
    const rows = (await read(source('flights-200k.arrow'))) as readonly object[]
    expect(rows).toHaveLength(200_000)
    expect(Object.keys(rows[0] ?? {})).toEqual(['delay', 'distance', 'time'])
  })

  test('below the root only', async () => {
    for (const url of ['../package.json', '%2e%2e/package.json', 'file:///etc/hostname', 'ftp://x/y', 'nowhere.json']) {
      expect(await evaluate([source(url)], [0])).toMatchObject([{ code: 'source-unreadable', place: url }])
    }
  })

  test.each([
    ['0', []],
    ['""', []],
    ['false', []],
    ['1', [{ data: 1 }]],
    ['[0]', [{ data: 0 }]],
  ])('of the JSON %s has the rows that Vega makes of it', async (text, rows) => {
    const server = createServer((_, response) => void response.end(text))
    onTestFinished(() => void server.close())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    expect(await read(source(`http://127.0.0.1:${(server.address() as AddressInfo).port}/rows.json`))).toEqual(rows)
  })

  test('of rows that lack a field has them in the group of the text undefined', async () => {
    const tasks: readonly Task[] = [
      { kind: 'source', from: { kind: 'values', json: '[{"w":"a","n":1},{},{"w":"undefined"},{"w":"a"}]' } },
      {
        kind: 'transform',
        definition: { type: 'aggregate', groupby: ['w'], ops: ['count', 'max'], fields: [null, 'n'], as: ['c', 'm'] },
        input: 0 as TaskId,
        signals: {},
        data: {},
      },
    ]
    expect(rowsOf((await evaluate(tasks, [1]))[0])).toStrictEqual([
      { w: 'a', c: 2, m: 1 },
      { w: undefined, c: 2, m: undefined },
    ])
  })

  test('that is no JSON fails alone', async () => {
    const [bad, good] = await evaluate([source('stocks.csv'), source('cars.json')], [0, 1])
    expect(bad).toMatchObject({ code: 'source-unreadable' })
    expect(rowsOf(good)).toEqual(JSON.parse(await readFile(`${dataRoot}cars.json`, 'utf8')))
  })
})

test('a value is computed once, for one request after the other and for two at a time', async () => {
  const tasks: readonly Task[] = [
    source('cars.json'),
    {
      kind: 'transform',
      definition: { type: 'aggregate', groupby: ['Origin'], as: ['n'], ops: ['count'], fields: [null] },
      input: 0 as TaskId,
      signals: {},
      data: {},
    },
  ]
  computed.length = 0
  await Promise.all([evaluate(tasks, [1]), evaluate(tasks, [1])])
  await evaluate(tasks, [1])
  expect(computed).toHaveLength(1)
})

test('a cancelled request ends as such, and another that waits for the same value is answered', async () => {
  const waiting: ServerResponse[] = []
  const server = createServer((_, response) => void waiting.push(response))
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const tasks = [source(`http://127.0.0.1:${(server.address() as AddressInfo).port}/rows.json`)]
  const cancel = new AbortController()
  const ask = (signal: AbortSignal) =>
    evaluator.evaluate({
      graph: { tasks },
      roots: new Map(),
      wanted: [{ task: 0 as TaskId, columns: 'all' }],
      timeZone: 'Europe/Paris',
      access: everything,
      signal,
    })
  const [first, second] = [ask(cancel.signal), ask(new AbortController().signal)]
  await vi.waitUntil(() => waiting.length > 0, { timeout: 240_000 })
  cancel.abort()
  expect(await first).toMatchObject([{ code: 'cancelled' }])
  waiting.forEach((response) => response.end('[{"a":1}]'))
  expect(rowsOf((await second)[0])).toEqual([{ a: 1 }])
  expect(waiting).toHaveLength(1)
})

test('a time zone that does not exist', async () => {
  await expect(evaluate([source('cars.json')], [0], 'Nowhere/At_All')).rejects.toMatchObject({ code: 'bad-request' })
})
