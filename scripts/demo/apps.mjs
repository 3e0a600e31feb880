import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PYTHON } from '../setup/python.mjs'
import { ROOT, run } from '../setup/run.mjs'

const python = (...args) => [PYTHON, args]

/** How each framework's own server is started. */
const frameworks = {
  Dash: () => python('examples/dash_crossfilter.py'),
  Streamlit: (port) =>
    python(
      '-m',
      'streamlit',
      'run',
      'examples/streamlit_crossfilter.py',
      '--server.port',
      String(port),
      '--server.address',
      '127.0.0.1',
      '--server.headless',
      'true',
      '--browser.gatherUsageStats',
      'false',
    ),
  Panel: (port) =>
    python('-m', 'panel', 'serve', 'examples/panel_crossfilter.py', '--port', String(port), '--address', '127.0.0.1'),
}

const pathOf = { Dash: '/', Streamlit: '/', Panel: '/panel_crossfilter' }

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** Waits until an app answers; false when it ended instead. */
async function answers({ url, child, log }) {
  for (let attempt = 0; attempt < 1500; attempt += 1) {
    if (child.exitCode !== null) return false
    const ok = await fetch(url, { signal: AbortSignal.timeout(60_000) }).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) return true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`The app at ${url} did not answer within five minutes:\n${log()}`)
}

/**
 * Starts the three example apps on free loopback ports. They share one runtime service, which the first chart starts and which
 * lives in a folder of this run's own.
 * @returns {Promise<{list: {name: string, url: string, log: () => string}[], metrics: () => Promise<Map<string, number>>, stop: () => Promise<void>}>}
 */
export async function startApps() {
  const runtime = mkdtempSync(join(tmpdir(), 'magpie-demo-'))
  const env = { ...process.env, MAGPIE_RUNTIME_DIR: runtime, MAGPIE_IDLE_EXIT_MS: '60000', PYTHONUNBUFFERED: '1' }
  const children = []
  const stop = async () => {
    for (const child of children) child.kill('SIGTERM')
    await Promise.all(
      children.map((child) =>
        child.exitCode === null ? new Promise((resolve) => child.once('close', resolve)) : undefined,
      ),
    )
    await stopService(env)
    rmSync(runtime, { recursive: true, force: true })
  }
  try {
    const launch = async (name) => {
      const port = await freePort()
      const [program, args] = frameworks[name](port)
      const child = spawn(program, args, {
        cwd: ROOT,
        env: { ...env, PORT: String(port), HOST: '127.0.0.1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => (output = (output + chunk).slice(-20_000)))
      children.push(child)
      return { name, url: `http://127.0.0.1:${port}${pathOf[name]}`, child, log: () => output }
    }
    /** Another program may take the port before the app does: then another port is tried. */
    const start = async (name) => {
      for (let attempt = 1; ; attempt += 1) {
        const app = await launch(name)
        if (await answers(app)) return app
        if (attempt === 3) throw new Error(`The app at ${app.url} ended with ${app.child.exitCode}:\n${app.log()}`)
      }
    }
    const list = await Promise.all(Object.keys(frameworks).map(start))
    return { list, stop, metrics: () => serviceMetrics(env) }
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    await stop()
    process.exit(1)
  }
}

/** What the shared service has counted so far: name, with its labels, → value. */
async function serviceMetrics(env) {
  const { output } = await run(PYTHON, ['-m', 'magpie_vega', 'status'], { env, quiet: true })
  const page = await (await fetch(`${output.split(' ')[0]}/metrics`)).text()
  const samples = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  )
}

/** Ends the runtime service that the apps shared. */
function stopService(env) {
  return new Promise((resolve) =>
    spawn(PYTHON, ['-m', 'magpie_vega', 'stop'], { cwd: ROOT, env, stdio: 'ignore' })
      .on('close', resolve)
      .on('error', resolve),
  )
}
