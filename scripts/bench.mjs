// Builds the service and runs test/bench. Sums and dates are those of UTC, whatever the machine's zone.
import { join } from 'node:path'
import { ROOT, must, run } from './setup/run.mjs'

const args = process.argv.slice(2)
const service = join(ROOT, '.cache', 'bench-service')
await must('Building', process.execPath, ['runtime-server/build.mjs', '--outdir', service], { quiet: true })
const tsx = join(ROOT, 'node_modules', '.bin', 'tsx')
const { code } = await run(tsx, ['--conditions=magpie-source', 'test/bench/main.ts', ...args], {
  env: { TZ: 'UTC', MAGPIE_BENCH_SERVICE: join(service, 'main.mjs') },
})
process.exit(code)
