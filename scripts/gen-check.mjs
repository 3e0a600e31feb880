// Generated code is committed; this generates it again and fails when it differs: the wire code, and Dash's Python class.
import { run } from './setup/run.mjs'

const checks = [
  ['the wire code', 'packages/protocol/scripts/gen.mjs'],
  ['the Dash component', 'scripts/gen-dash.mjs'],
]
let failed = 0
for (const [what, script] of checks) {
  const { code } = await run(process.execPath, [script, '--check'])
  process.stdout.write(code === 0 ? `✓ ${what}\n` : `✗ ${what} is not what the generator writes: run \`npm run gen\`\n`)
  if (code !== 0) failed += 1
}
process.exit(failed === 0 ? 0 : 1)
