import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DataServer } from '../exact/data-server.ts'
import { startService, type RunningService } from '../exact/service.ts'
import { search, type Note } from './charts/search.ts'

let data: DataServer
let service: RunningService
beforeAll(async () => {
  data = await DataServer.start(fileURLToPath(new URL('../../node_modules/vega-datasets/data', import.meta.url)))
  service = await startService()
})
afterAll(async () => {
  await service.stop()
  await data.stop()
})

// A seeded slice of `npm run fuzz -- --kind charts`: whole random specs are as in Vega, where Vega itself takes them.
it('finds no chart that differs from Vega', async () => {
  const notes: Note[] = []
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const part = { seed: 300, first: 0, last: 100, interact: false }
  await search(part, { data, service, timeZone }, (note) => void notes.push(note))
  const done = notes.filter((note) => note.kind === 'done')
  expect(done.filter(({ found }) => found === 'wrong')).toEqual([])
  expect(done.filter(({ found }) => found === 'equal').length).toBeGreaterThan(66)
})
