// Protects: a large uploaded table is answered from its file of columns, also by the next service; without a file, from Arrow; and the
// file leaves with the table.
import { decodeQueryResponse } from '@magpie-vega/protocol'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openColumnTables } from '../src/columns/column-tables.ts'
import { openTableStore } from '../src/table-store.ts'
import { decodeTable } from './decode-table.ts'
import { askFor, bytesOf, grant, id, query, smallTable, startService } from './start-service.ts'

/** Enough for a file of columns. */
const ROWS = 120_000
const table = smallTable(ROWS)
const headers = { authorization: `Bearer ${grant({ write: true })}` }

const directory = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'magpie-test-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}
const upload = async (url: string, { bytes, sha256 } = table): Promise<void> => {
  const answer = await fetch(`${url}/v1/tables/${sha256}`, { method: 'PUT', body: Buffer.from(bytes), headers })
  expect(answer.status).toBe(201)
}
const sumOf = async (url: string, sha256 = table.sha256): Promise<unknown> => {
  const request = askFor(
    [
      { kind: 'source', from: { kind: 'table', sha256 } },
      {
        kind: 'transform',
        input: id(0),
        definition: { type: 'aggregate', fields: ['x'], ops: ['sum'], as: ['sum'] },
        signals: {},
        data: {},
      },
    ],
    { grants: [grant({ tables: [sha256] })] },
  )
  const response = decodeQueryResponse(await bytesOf(await query(url, request)))
  if (response.kind !== 'results') throw new Error(response.kind)
  const [result] = response.results
  if (result === undefined || result instanceof Error || result.kind !== 'table') throw result
  return decodeTable(result.bytes)
}
/** Names of the finished files, once there is one. */
const filesOf = (dataDir: string): Promise<readonly string[]> =>
  vi.waitFor(
    async () => {
      const names = await readdir(join(dataDir, 'columns'))
      expect(names.some((name) => name.endsWith('.duckdb'))).toBe(true)
      return names
    },
    { timeout: 60_000 },
  )
const expected = [{ sum: (ROWS * (ROWS - 1)) / 2 }]

test('a question about a table whose file is still being checked waits for that', async () => {
  const dataDir = await directory()
  const { url } = await startService({ dataDir })
  const file = join(dataDir, 'sent.arrow')
  await writeFile(file, table.bytes)
  const early = { ...headers, prefer: 'respond-async', 'magpie-file': encodeURIComponent(file) }
  expect((await fetch(`${url}/v1/tables/${table.sha256}`, { method: 'PUT', headers: early })).status).toBe(202)
  expect(await sumOf(url)).toEqual(expected)
  expect(await filesOf(dataDir)).toHaveLength(1)
  const other = smallTable(ROWS + 1)
  expect((await fetch(`${url}/v1/tables/${other.sha256}`, { method: 'PUT', headers: early })).status).toBe(202)
  await expect(sumOf(url, other.sha256)).rejects.toMatchObject({ code: 'table-missing' })
})

test('the next service reads the file, and Arrow no more', async () => {
  const dataDir = await directory()
  const first = await startService({ dataDir })
  await upload(first.url)
  expect(await sumOf(first.url)).toEqual(expected)
  expect(await filesOf(dataDir)).toHaveLength(1)
  await first.close(100)
  await writeFile(join(dataDir, 'tables', `${table.sha256}.arrow`), 'no table any more')
  const second = await startService({ dataDir })
  expect(await sumOf(second.url)).toEqual(expected)
  expect(second.log.filter((line) => line.includes('columns not stored'))).toEqual([])
})

test('a small table has no file', async () => {
  const dataDir = await directory()
  const { url } = await startService({ dataDir })
  const small = smallTable(3)
  await upload(url, small)
  expect(await sumOf(url, small.sha256)).toEqual([{ sum: 3 }])
  expect(await readdir(join(dataDir, 'columns'))).toEqual([])
})

test('a file that nobody finished, or of a table that is gone, is removed at the start', async () => {
  const dataDir = await directory()
  const first = await startService({ dataDir })
  await upload(first.url)
  await sumOf(first.url)
  await first.close(100)
  await writeFile(join(dataDir, 'columns', `${table.sha256}.incomplete`), 'half of it')
  await rm(join(dataDir, 'tables', `${table.sha256}.arrow`))
  await startService({ dataDir })
  expect(await readdir(join(dataDir, 'columns'))).toEqual([])
})

test('the file counts as part of the table and leaves with it', async () => {
  const dataDir = await directory()
  const { url } = await startService({ dataDir, maxTablesBytes: table.bytes.length * 2 })
  await upload(url)
  const [file] = await filesOf(dataDir)
  const metrics = async () => (await fetch(`${url}/metrics`)).text()
  await vi.waitFor(async () => expect(await metrics()).not.toContain(`magpie_tables_bytes ${table.bytes.length}\n`))
  await upload(url, smallTable(ROWS + 1))
  await vi.waitFor(async () => expect(await readdir(join(dataDir, 'columns'))).not.toContain(file), { timeout: 60_000 })
})

test('where no file can be built, Arrow is read as before, and the log says why', async () => {
  const path = await directory()
  const tables = await openTableStore({ directory: join(path, 'tables'), maxTableBytes: 1e9, maxTablesBytes: 1e9 })
  await writeFile(join(path, 'tables', 'x'), 'rows')
  const failures: unknown[] = []
  const opened = await openColumnTables({
    directory: join(path, 'columns'),
    tables: { ...tables, path: async () => join(path, 'tables', 'x') },
    builder: { build: () => Promise.reject(new Error('the disk is full')) },
    memoryLimit: '1GB',
    threads: 1,
    tempDirectory: '',
    minBytes: 0,
    maxBytesAhead: 0,
    onFailure: (_, cause) => failures.push(String(cause)),
  })
  expect(await opened.path('some table')).toBeUndefined()
  expect(await opened.path('some table')).toBeUndefined()
  expect(failures).toEqual(['Error: the disk is full'])
})
