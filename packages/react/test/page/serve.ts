import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** No eval and no inline script; inline style attributes and sheets are what React and vega-embed write. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'"

const HTML = `<!doctype html><html><head><meta charset="utf-8"><title>Magpie</title><link rel="icon" href="data:,"></head>
<body style="font-family: sans-serif; margin: 16px"><p id="above">The rest of the page</p>
<div id="box" style="width: 700px"><div id="chart"></div></div><script type="module" src="/main.js"></script></body></html>`

/** Answers a query's bytes; rejects to stand for a dead service. */
export type Answer = (body: Uint8Array) => Promise<Uint8Array>

export interface TestServer {
  readonly url: string
  /** Replaces what answers queries. */
  answerWith(answer: Answer): void
  /** The names of the bundle's files. */
  readonly files: readonly string[]
  close(): Promise<void>
}

const bodyOf = async (request: IncomingMessage): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

/** Bundles the test page, with its lazy chunks, and serves it under a strict policy with a query relay beside it. */
export const serve = async (folder: string): Promise<TestServer> => {
  const bundle = await build({
    entryPoints: [join(HERE, 'main.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: folder,
    conditions: ['magpie-source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    minify: true,
    metafile: true,
    logLevel: 'error',
  })
  let answer: Answer = () => Promise.reject(new Error('nobody answers'))

  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path === '/relay/v1/query') {
      try {
        const bytes = await answer(await bodyOf(request))
        response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end(bytes)
      } catch {
        response.writeHead(502, { 'content-type': 'text/plain' }).end('bad gateway')
      }
    } else if (path.endsWith('.js')) {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(await readFile(join(folder, path)))
    } else {
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': POLICY }).end(HTML)
    }
  }
  const server = createServer(
    (request, response) => void reply(request, response).catch(() => response.writeHead(404).end()),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    answerWith: (next) => (answer = next),
    files: Object.keys(bundle.metafile.outputs),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
