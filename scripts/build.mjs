// `npm run build`: the runtime service and the three bundles, or only those whose name has the word that is given. What has not changed, by
// content, is not built again.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, must } from './setup/run.mjs'
import { hashFiles, isFresh, markFresh } from './setup/stamp.mjs'

const webpack = join(ROOT, 'node_modules', 'webpack', 'bin', 'webpack.js')
const sources = (...names) => names.map((name) => `packages/${name}/src`)
const page = sources('dataflow', 'protocol', 'planner', 'client-runtime', 'react')

const bundle = (framework) => ({
  name: `bundle for ${framework}`,
  inputs: [...page, `packages/${framework}/src`, `packages/${framework}/webpack.config.mjs`, 'scripts/bundle'],
  output: `python-wrappers/${framework}/src/${framework}_magpie/static`,
  command: [webpack, '--config', 'webpack.config.mjs'],
  folder: `packages/${framework}`,
})

/** What is built: from what, to where, by which command of Node and in which folder. */
const steps = [
  {
    name: 'runtime service',
    inputs: [
      ...sources('dataflow', 'protocol', 'planner'),
      'runtime-server/src',
      'runtime-server/boot.mjs',
      'runtime-server/build.mjs',
    ],
    output: 'runtime-server/dist',
    command: ['build.mjs'],
    folder: 'runtime-server',
  },
  ...['dash', 'streamlit', 'panel'].map(bundle),
]

/** The files below a path, sorted, as paths from the root. Nothing for a path that is not there. */
function filesOf(path) {
  if (!existsSync(join(ROOT, path))) return []
  if (/\.\w+$/.test(path)) return [path]
  const entries = readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
  return (
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
      // What a service keeps beside its program is no part of the build.
      .filter((name) => !/\.compiled(\.|$)/.test(name))
      .sort()
  )
}

const hashOf = (paths) => hashFiles(paths.flatMap(filesOf))
const inputsOf = (step) => hashOf(['package-lock.json', ...step.inputs])

async function build(step) {
  const stamp = `build-${step.name.replaceAll(' ', '-')}`
  const inputs = inputsOf(step)
  if (filesOf(step.output).length > 0 && isFresh(stamp, `${inputs} ${hashOf([step.output])}`)) return
  const started = Date.now()
  await must(`Building the ${step.name}`, process.execPath, step.command, { quiet: true, cwd: join(ROOT, step.folder) })
  // The inputs of before: a file that changed meanwhile is built the next time.
  markFresh(stamp, `${inputs} ${hashOf([step.output])}`)
  process.stdout.write(`Built the ${step.name} in ${((Date.now() - started) / 1000).toFixed(1)} s.\n`)
}

const [only = ''] = process.argv.slice(2)
const queue = steps.filter(({ name }) => name.includes(only))
if (queue.length === 0) {
  process.stderr.write(`Nothing to build is named "${only}": there are ${steps.map(({ name }) => name).join(', ')}.\n`)
  process.exit(1)
}
const worker = async () => {
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) await build(step)
}
await Promise.all([worker(), worker()])
