// Protects: of the tables used last, those that have files are opened ahead, however many without were used since; nobody waits for the
// file of a table that is soon read without.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openColumnTables } from '../src/columns/column-tables.ts'
import { openTableStore } from '../src/table-store.ts'

test('the latest tables are those that had files at the start', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'magpie-test-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const store = await openTableStore({ directory: join(directory, 'tables'), maxTableBytes: 1e9, maxTablesBytes: 1e9 })
  const arrow = join(directory, 'some.arrow')
  await writeFile(arrow, 'rows')
  const open = (latest: readonly string[]) =>
    openColumnTables({
      directory: join(directory, 'columns'),
      tables: { ...store, path: async () => arrow, accompany: async () => undefined, latest: () => latest },
      builder: { build: ({ file }) => writeFile(file, 'columns') },
      memoryLimit: '1GB',
      threads: 1,
      tempDirectory: '',
      minBytes: 0,
      maxBytesAhead: 0,
      onFailure: (_, cause) => expect.unreachable(String(cause)),
    })
  const first = await open(['old', 'large'])
  for (const name of ['old', 'large']) await first.path(name)
  expect(first.latest(2)).toEqual([])
  const later = await open(['small', 'smaller', 'large', 'smallest', 'old'])
  expect([later.latest(2), later.latest(1)]).toEqual([['large', 'old'], ['large']])
})

test('who asks before the file is there is told so at once, and waits only where the table is large', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'magpie-test-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const store = await openTableStore({ directory: join(directory, 'tables'), maxTableBytes: 1e9, maxTablesBytes: 1e9 })
  const arrow = join(directory, 'some.arrow')
  await writeFile(arrow, 'rows')
  let builds = 0
  let finish = (): void => undefined
  const finished = new Promise<void>((resolve) => (finish = resolve))
  const open = (folder: string, maxBytesAhead: number) =>
    openColumnTables({
      directory: join(directory, folder),
      tables: { ...store, path: async () => arrow, accompany: async () => undefined },
      builder: {
        build: async ({ file }) => {
          builds += 1
          await finished
          await writeFile(file, 'columns')
        },
      },
      memoryLimit: '1GB',
      threads: 1,
      tempDirectory: '',
      minBytes: 0,
      maxBytesAhead,
      onFailure: (_, cause) => expect.unreachable(String(cause)),
    })
  const [small, large] = [await open('small', 4), await open('large', 3)]
  expect([await small.path('x'), await small.path('x')]).toEqual(['building', 'building'])
  await expect.poll(() => builds).toBe(1)
  const waiting = large.path('x')
  finish()
  expect(await waiting).toMatch(/x-.*\.duckdb$/)
  await expect.poll(() => small.path('x')).toMatch(/x-.*\.duckdb$/)
  expect(builds).toBe(2)
})
