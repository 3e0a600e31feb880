// `npm run dev`: the service and a gallery of specs, both rebuilt and restarted as their sources change.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, normalize } from 'node:path'
import { ROOT } from './setup/run.mjs'
import { nodeModules } from './setup/node-modules.mjs'

await nodeModules()
const { context } = await import('esbuild')
const { options: serviceOptions } = await import('../runtime-server/build.mjs')

const folder = mkdtempSync(join(tmpdir(), 'magpie-dev-'))
const portFile = join(folder, 'port.json')
const secret = randomBytes(32).toString('hex')
const specs = process.argv[2] ?? join(ROOT, 'test', 'specs')
const data = join(ROOT, 'node_modules', 'vega-datasets', 'data')

let service
function restart() {
  service?.kill('SIGTERM')
  rmSync(portFile, { force: true })
  service = spawn(
    process.execPath,
    ['runtime-server/dist/main.mjs', '--port', '0', '--port-file', portFile, '--data-dir', join(folder, 'data')],
    {
      cwd: ROOT,
      env: { ...process.env, MAGPIE_SECRET: secret },
      stdio: 'inherit',
    },
  )
}
const restarting = {
  name: 'restart',
  setup: (build) => build.onEnd((result) => result.errors.length === 0 && restart()),
}

const page = await context({
  entryPoints: [join(ROOT, 'test/gallery/page.ts')],
  bundle: true,
  format: 'esm',
  splitting: true,
  outdir: join(folder, 'page'),
  conditions: ['magpie-source'],
  define: { 'process.env.NODE_ENV': '"development"' },
  sourcemap: true,
  logLevel: 'info',
})
// the first page that is asked for is whole
await page.rebuild()
await page.watch()
const watched = await context({ ...serviceOptions, plugins: [...(serviceOptions.plugins ?? []), restarting] })
await watched.watch()

const token = (payload) => {
  const body = Buffer.from(JSON.stringify(payload)).toString('base64url')
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}

const names = () =>
  readdirSync(specs, { recursive: true })
    .filter((name) => /\.v[gl]\.json$/.test(name))
    .sort()

/** The spec with its data read from this server, and a grant for it. */
function entry(name, base) {
  const urls = new Set()
  const text = readFileSync(join(specs, name), 'utf8').replace(/"url":\s*"(?:[^"]*\/)?data\/([^"]+)"/g, (_, file) => {
    urls.add(`${base}/data/${file}`)
    return `"url": "${base}/data/${file}"`
  })
  return { name, spec: JSON.parse(text), urls: [...urls], grants: [token({ v: 1, urls: [...urls] })] }
}

function forward(incoming, outgoing) {
  if (!existsSync(portFile)) return void outgoing.writeHead(502).end()
  const { url } = JSON.parse(readFileSync(portFile, 'utf8'))
  const proxied = request(
    new URL(incoming.url, url),
    { method: incoming.method, headers: incoming.headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers)
      answer.pipe(outgoing)
    },
  )
  proxied.on('error', () => outgoing.writeHead(502).end())
  incoming.pipe(proxied)
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' }
function file(path, response) {
  if (!existsSync(path)) return void response.writeHead(404).end()
  const type = types[/\.[a-z]+$/.exec(path)?.[0]] ?? 'application/octet-stream'
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(readFileSync(path))
}

const server = createServer((incoming, outgoing) => {
  const path = normalize(decodeURIComponent(new URL(incoming.url, 'http://x').pathname))
  const base = `http://${incoming.headers.host}`
  const json = (value) => outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  if (path.startsWith('/v1/')) return forward(incoming, outgoing)
  if (path === '/specs') return json(names())
  if (path.startsWith('/specs/')) {
    const name = path.slice('/specs/'.length)
    return names().includes(name) ? json(entry(name, base)) : void outgoing.writeHead(404).end()
  }
  if (path.startsWith('/data/')) return file(join(data, path.slice('/data/'.length)), outgoing)
  if (path === '/') return file(join(ROOT, 'test/gallery/index.html'), outgoing)
  if (path === '/gallery.css') return file(join(ROOT, 'test/gallery/gallery.css'), outgoing)
  return file(join(folder, 'page', path), outgoing)
})
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () =>
  process.stdout.write(`\n  gallery    http://127.0.0.1:${server.address().port}/\n\n`),
)

const end = () => {
  service?.kill('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
  process.exit(0)
}
process.on('SIGINT', end)
process.on('SIGTERM', end)
