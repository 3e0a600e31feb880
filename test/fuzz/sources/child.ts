// The process that data files are read in.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DataServer } from '../../exact/data-server.ts'
import { startService } from '../../exact/service.ts'
import { search } from './search.ts'

const [seed = '', first = '', last = '', , timeZone = ''] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'magpie-files-'))
const data = await DataServer.start(folder)
const service = await startService()
const part = { seed: Number(seed), first: Number(first), last: Number(last) }
try {
  await search(part, { data, service, timeZone }, { folder, files: 0 }, (note) => process.send?.(note))
} finally {
  await service.stop()
  await data.stop()
  rmSync(folder, { recursive: true })
  process.disconnect()
}
