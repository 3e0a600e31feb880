// Runs test/fuzz in a process of the asked time zone: it is fixed when JavaScript starts.
import { join } from 'node:path'
import { ROOT, must, run } from './setup/run.mjs'

const args = process.argv.slice(2)
const zone = args.includes('--tz') ? (args[args.indexOf('--tz') + 1] ?? 'UTC') : 'UTC'
await must('Building', process.execPath, ['scripts/build.mjs', 'service'], { quiet: true })
const tsx = join(ROOT, 'node_modules', '.bin', 'tsx')
const { code } = await run(tsx, ['--conditions=magpie-source', 'test/fuzz/main.ts', ...args], { env: { TZ: zone } })
process.exit(code)
