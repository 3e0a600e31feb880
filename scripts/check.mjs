// The fast inner loop: types, lint, import direction, unit tests. Needs `npm install` only.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, run } from './setup/run.mjs'

const bin = (name) => join(ROOT, 'node_modules', '.bin', name)
const cache = (name) => join(ROOT, '.cache', 'check', name)
const { workspaces } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const folders = workspaces.flatMap((pattern) =>
  pattern.endsWith('/*')
    ? ['dataflow', 'protocol', 'planner', 'client-runtime', 'react', 'dash', 'streamlit', 'panel'].map((name) =>
        pattern.replace('*', name),
      )
    : [pattern],
)

/** What is checked: a name, and the command. `npm test` runs all but the unit tests, which it runs with the others. */
export const staticChecks = [
  ...['tsconfig.pure.json', 'tsconfig.json', 'runtime-server'].map((project) => ({
    name: `types: ${project}`,
    command: bin('tsc'),
    args: ['-p', project],
  })),
  {
    name: 'lint',
    command: bin('eslint'),
    args: ['--max-warnings=0', '--cache', '--cache-location', cache('eslint'), '.'],
  },
  {
    name: 'import direction',
    command: bin('depcruise'),
    args: ['--output-type', 'err', ...folders.map((folder) => `${folder}/src`)],
  },
  {
    name: 'format',
    command: bin('prettier'),
    args: ['--check', '--log-level=warn', '--cache', '--cache-location', cache('prettier'), '.'],
  },
]

/** Runs checks two at a time and prints what a failing one said. */
export async function runChecks(checks) {
  const queue = [...checks]
  let passed = 0
  let failed = 0
  const worker = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      const { code, output } = await run(check.command, check.args, { quiet: true, env: { NO_COLOR: '1' } })
      if (code === 0) passed += 1
      else failed += 1
      process.stdout.write(code === 0 ? `✓ ${check.name}\n` : `✗ ${check.name}\n${output}\n`)
    }
  }
  await Promise.all([worker(), worker()])
  return { passed, failed }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const unit = {
    name: 'unit tests',
    command: bin('vitest'),
    args: ['run', '--exclude', '**/*.{slow,browser}.test.*', '--silent', '--reporter=dot'],
  }
  const { passed, failed } = await runChecks([...staticChecks, unit])
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  process.exit(failed === 0 ? 0 : 1)
}
