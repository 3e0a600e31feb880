/** Protects: while the file of a table is being built, questions are answered from Arrow, and nothing of that is kept for later. */
import { MagpieError, type Scalar, type Task, type TaskId } from '@magpie-vega/protocol'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Cache, createCache } from '../src/cache.ts'
import { buildColumns } from '../src/columns/build-columns.ts'
import type { ColumnTables } from '../src/columns/column-tables.ts'
import type { Evaluator } from '../src/evaluate.ts'
import { createEvaluatorWith } from '../src/evaluate/create.ts'
import { openTableStore } from '../src/table-store.ts'
import { decodeTable } from './decode-table.ts'
import { smallTable } from './start-service.ts'

const { bytes, sha256 } = smallTable(3000)
const id = (index: number): TaskId => index as TaskId
const step = (index: number, definition: { readonly type: string }, signals: Record<string, TaskId> = {}): Task => ({
  kind: 'transform',
  definition,
  input: id(index),
  signals,
  data: {},
})
const tasks: readonly Task[] = [
  { kind: 'root', name: 'least', type: 'signal' },
  { kind: 'source', from: { kind: 'table', sha256 } },
  step(1, { type: 'formula', expr: 'floor(datum.x / 1000)', as: 'k' } as { readonly type: string }),
  step(2, { type: 'filter', expr: 'datum.x >= least' } as { readonly type: string }, { least: id(0) }),
  step(3, { type: 'aggregate', groupby: ['k'], ops: ['count'], as: ['n'] } as { readonly type: string }),
]
const graph = { tasks }

const askFrom = async (evaluator: Evaluator, least: number): Promise<Scalar> => {
  const [value] = await evaluator.evaluate({
    graph,
    roots: new Map([[id(0), least]]),
    wanted: [{ task: id(4), columns: 'all' }],
    timeZone: 'UTC',
    access: { table: () => true, url: () => false },
    signal: new AbortController().signal,
  })
  if (value === undefined || value instanceof MagpieError || value.kind !== 'table') throw value ?? new Error('nothing')
  return decodeTable(value.bytes) as Scalar
}

const watched = (cache: Cache, used: string[]): Cache => ({
  ...cache,
  use: async (key, ...rest) => {
    const found = await cache.use(key, ...rest)
    used.push(key.split('/')[0] ?? '')
    return found
  },
})

test('first from Arrow, then from the file, with the same answers', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'magpie-test-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const arrow = join(directory, 'tables', `${sha256}.arrow`)
  await mkdir(join(directory, 'tables'), { recursive: true })
  await mkdir(join(directory, 'columns'), { recursive: true })
  await writeFile(arrow, bytes)
  const tables = await openTableStore({ directory: join(directory, 'tables'), maxTableBytes: 1e9, maxTablesBytes: 1e9 })
  let file: 'building' | (string & {}) = 'building'
  const columns: ColumnTables = {
    directory: join(directory, 'columns'),
    path: async () => file,
    latest: () => [],
  }
  const used: string[] = []
  const cache = watched(createCache({ maxBytes: 1e8 }), used)
  const kept = { minRows: 0, partial: false }
  const evaluator = createEvaluatorWith({ cache, tables, columns, kept, engine: 'auto' })
  onTestFinished(() => evaluator.close())

  const first = [
    { k: 0, n: 500 },
    { k: 1, n: 1000 },
    { k: 2, n: 1000 },
  ]
  expect(await askFrom(evaluator, 500)).toEqual(first)
  expect(used).toContain('relation')
  expect(used).not.toContain('kept')

  const built = join(directory, 'columns', 'built.duckdb')
  const means = { memoryLimit: '1GB', threads: 1, tempDirectory: '', directory: join(directory, 'columns') }
  await buildColumns({ ...means, arrow, file: built })
  file = built
  used.length = 0
  expect(await askFrom(evaluator, 1500)).toEqual([
    { k: 1, n: 500 },
    { k: 2, n: 1000 },
  ])
  expect(used).toContain('columns')
  expect(used).toContain('kept')
  expect(used).not.toContain('relation')
  expect(await askFrom(evaluator, 500)).toEqual(first)
})
