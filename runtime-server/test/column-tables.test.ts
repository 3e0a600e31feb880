// Protects: of the tables used last, those that have files are opened ahead, however many without were used since.
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
      onFailure: (_, cause) => expect.unreachable(String(cause)),
    })
  const first = await open(['old', 'large'])
  for (const name of ['old', 'large']) await first.path(name)
  expect(first.latest(2)).toEqual([])
  const later = await open(['small', 'smaller', 'large', 'smallest', 'old'])
  expect([later.latest(2), later.latest(1)]).toEqual([['large', 'old'], ['large']])
})
