// `npm test`: all set-up, then everything: static checks, unit and browser tests, Python, exactness, the demo.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, run } from './setup/run.mjs'
import { PYTHON } from './setup/python.mjs'
import { setup } from './setup.mjs'

const started = Date.now()
const environment = { MAGPIE_CHROMIUM: (await setup()).chromium, MAGPIE_PYTHON: PYTHON }
const { runChecks, staticChecks } = await import('./check.mjs')
const out = join(ROOT, 'out', 'test')
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })

const report = (file) => (existsSync(join(out, file)) ? JSON.parse(readFileSync(join(out, file), 'utf8')) : undefined)

/** A runner that wrote no report has failed once, whatever it printed. */
const counted = (passed, failed, code) => ({
  passed: passed ?? 0,
  failed: failed === undefined ? 1 : failed === 0 && code !== 0 ? 1 : failed,
})

const steps = {
  'static checks': () => runChecks(staticChecks),
  async 'generated code'() {
    const { code } = await run(process.execPath, ['scripts/gen-check.mjs'], { env: environment })
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
  },
  async vitest() {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(out, 'vitest.json')}`]
    const { code } = await run(join(ROOT, 'node_modules', '.bin', 'vitest'), args, { env: environment })
    const result = report('vitest.json')
    return counted(result?.numPassedTests, result?.numFailedTests, code)
  },
  async python() {
    const total = { passed: 0, failed: 0 }
    for (const name of ['client', 'dash', 'streamlit', 'panel']) {
      const folder = `python-wrappers/${name}`
      const lint = [
        ['-m', 'ruff', 'check', folder],
        ['-m', 'ruff', 'format', '--check', folder],
        ['-m', 'mypy', '--config-file', `${folder}/pyproject.toml`, `${folder}/src`],
      ]
      for (const args of lint)
        total[(await run(PYTHON, args, { env: environment })).code === 0 ? 'passed' : 'failed'] += 1
      const { code, output } = await run(PYTHON, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', folder], {
        env: environment,
      })
      const number = (word) =>
        Number(new RegExp(`(\\d+) ${word}`).exec(output.split('\n').slice(-6).join('\n'))?.[1] ?? 0)
      const result = counted(number('passed'), number('failed') + number('error'), code)
      total.passed += result.passed
      total.failed += result.failed
    }
    return total
  },
  async exact() {
    const beside = join(ROOT, '..', 'shared', 'specs')
    const specs = process.env.MAGPIE_SPECS ?? (existsSync(beside) ? beside : 'test/specs')
    const { code } = await run(
      process.execPath,
      ['scripts/exact.mjs', '--specs', specs, '--json', join(out, 'exact.json')],
      { env: environment },
    )
    const result = report('exact.json')
    return counted(result?.equal, result === undefined ? undefined : result.different + result.failed, code)
  },
  async demo() {
    const { code } = await run(process.execPath, ['scripts/demo.mjs', '--check'], { env: environment })
    return { passed: code === 0 ? 3 : 0, failed: code === 0 ? 0 : 1 }
  },
}

const only = process.argv.slice(2)
const total = { passed: 0, failed: 0 }
for (const [name, step] of Object.entries(steps)) {
  if (only.length > 0 && !only.includes(name)) continue
  const before = Date.now()
  process.stdout.write(`\n── ${name} ──\n`)
  const { passed, failed } = await step()
  total.passed += passed
  total.failed += failed
  process.stdout.write(
    `── ${name}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - before) / 1000)} s\n`,
  )
}
process.stdout.write(`\n${Math.round((Date.now() - started) / 1000)} s\n`)
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
