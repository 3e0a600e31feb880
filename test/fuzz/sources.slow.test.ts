import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DataServer } from '../exact/data-server.ts'
import { startService, type RunningService } from '../exact/service.ts'
import type { Note } from './charts/search.ts'
import { search } from './sources/search.ts'

const folder = mkdtempSync(join(tmpdir(), 'magpie-files-'))
let data: DataServer
let service: RunningService
beforeAll(async () => {
  data = await DataServer.start(folder)
  service = await startService()
})
afterAll(async () => {
  await service.stop()
  await data.stop()
  rmSync(folder, { recursive: true })
})

// A seeded slice of `npm run fuzz -- --kind sources`: random files are read as by Vega's own loader.
it('finds no file that is read otherwise than by Vega', async () => {
  const notes: Note[] = []
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const part = { seed: 300, first: 0, last: 150 }
  await search(part, { data, service, timeZone }, { folder, files: 0 }, (note) => void notes.push(note))
  const done = notes.filter((note) => note.kind === 'done')
  expect(done.filter(({ found }) => found === 'wrong')).toEqual([])
  expect(done.filter(({ found }) => found === 'equal').length).toBeGreaterThan(100)
})
