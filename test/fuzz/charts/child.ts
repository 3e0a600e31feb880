// The process that charts are run in: a few of them take Vega alone beyond its memory.
import { fileURLToPath } from 'node:url'
import { DataServer } from '../../exact/data-server.ts'
import { startService } from '../../exact/service.ts'
import { search } from './search.ts'

const [seed = '', first = '', last = '', interact = '', timeZone = ''] = process.argv.slice(2)
const folder = fileURLToPath(new URL('../../../node_modules/vega-datasets/data', import.meta.url))
const data = await DataServer.start(folder)
const service = await startService()
const part = { seed: Number(seed), first: Number(first), last: Number(last), interact: interact === 'true' }
try {
  await search(part, { data, service, timeZone }, (note) => process.send?.(note))
} finally {
  await service.stop()
  await data.stop()
  process.disconnect()
}
