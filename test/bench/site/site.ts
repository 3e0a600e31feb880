import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { DATA_SETS } from '../places.ts'

const PAGES = fileURLToPath(new URL('pages', import.meta.url))

/** A small app: pages of one script each, the data sets, and the service behind the same origin. */
export interface Site {
  readonly url: string
  stop(): Promise<void>
}

export interface SiteOptions {
  /** Where `/v1/` goes. */
  readonly service?: string
  /** Further files, by path. */
  readonly files?: Readonly<Record<string, string>>
  /** What each page has to do, by its name: the page finds it in `#task`. */
  readonly tasks?: Readonly<Record<string, object>>
}

const html = (page: string, task: object): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${page}</title><link rel="icon" href="data:,"></head><body><div id="chart"></div><script id="task" type="application/json">${JSON.stringify(task).replaceAll('<', '\\u003c')}</script><script type="module" src="/${page}.js"></script></body></html>`

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  json: 'application/json',
  csv: 'text/csv',
}

const typeOf = (path: string): string => TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'

function forward(service: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers } = incoming
  const onward = request(new URL(incoming.url ?? '/', service), { method: method ?? 'GET', headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.writeHead(502).end())
  incoming.pipe(onward)
}

/** Bundles the pages as an app would, with chunks, and serves them. `/NAME` is the page of `pages/NAME.ts`. */
export async function openSite(
  pages: readonly string[],
  { service, files = {}, tasks = {} }: SiteOptions = {},
): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-site-'))
  // one build for each page, so that no chunk of one holds what only the other needs
  for (const page of pages)
    await build({
      entryPoints: [join(PAGES, `${page}.ts`)],
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      outdir: folder,
      chunkNames: `${page}-[name]-[hash]`,
      conditions: ['magpie-source'],
      define: { 'process.env.NODE_ENV': '"production"' },
      minify: true,
      legalComments: 'none',
      logLevel: 'error',
    })
  const pathOf = (path: string): string | undefined => {
    if (Object.hasOwn(files, path)) return files[path]
    if (path.startsWith('/data/')) return join(DATA_SETS, normalize(path.slice('/data/'.length)))
    return path.endsWith('.js') ? join(folder, basename(path)) : undefined
  }
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const path = decodeURIComponent(new URL(incoming.url ?? '/', 'http://x').pathname)
    if (service !== undefined && path.startsWith('/v1/')) return forward(service, incoming, outgoing)
    if (pages.includes(path.slice(1)))
      return void outgoing
        .writeHead(200, { 'content-type': 'text/html' })
        .end(html(path.slice(1), tasks[path.slice(1)] ?? {}))
    const file = pathOf(path)
    if (file === undefined) return void outgoing.writeHead(404).end()
    const body = readFileSync(file)
    const headers = { 'content-type': typeOf(path), 'content-length': body.length, 'cache-control': 'max-age=3600' }
    outgoing.writeHead(200, headers).end(body)
  }
  const server = createServer((incoming, outgoing) => {
    try {
      answer(incoming, outgoing)
    } catch {
      outgoing.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
