// Everything that the two commands need, made ready once: node modules, Chromium, the Python environment, the build.
import { must } from './setup/run.mjs'
import { chromium } from './setup/chromium.mjs'
import { nodeModules } from './setup/node-modules.mjs'
import { python } from './setup/python.mjs'

/** @returns {Promise<{chromium: string}>} path of the browser */
export async function setup() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`Magpie needs Node 20.19 or newer; this is ${process.versions.node}.\n`)
    process.exit(1)
  }
  await nodeModules()
  await must('Building', process.execPath, ['scripts/build.mjs'])
  await python()
  return { chromium: await chromium() }
}

if (process.argv[1] === new URL(import.meta.url).pathname) await setup()
