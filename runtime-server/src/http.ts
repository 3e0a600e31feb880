import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { MagpieError } from '@magpie-vega/protocol'
import { createClient } from './client.ts'
import { asMagpieError, failure } from './http/answer.ts'
import type { Answer } from './http/answer.ts'
import type { Cors } from './http/cors.ts'
import { pathOf } from './http/routes.ts'
import type { Router } from './http/routes.ts'

/** What there is to know of a request once it is over. */
export interface Finished {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly seconds: number
  readonly error: MagpieError | undefined
}

export interface HttpParts {
  readonly router: Router
  readonly cors: Cors
  /** Silence on a connection after which it is closed; must exceed the longest query. */
  readonly silenceMs: number
  readonly onStart: () => void
  readonly onFinish: (finished: Finished) => void
  readonly stopping: () => boolean
}

/** HTTP around the service: one answer per request, whatever happens, and an abort when the client leaves. */
export function createHttpServer(parts: HttpParts): Server {
  const server = createServer((request, response) => void serve(parts, request, response))
  server.requestTimeout = 0 // Uploads may take long; silence is bounded instead.
  server.timeout = parts.silenceMs
  server.keepAliveTimeout = 65_000
  return server
}

async function serve(parts: HttpParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now()
  const { client, leave } = createClient()
  let failed: MagpieError | undefined
  parts.onStart()
  response.on('error', leave)
  response.on('close', () => {
    if (!response.writableFinished) leave()
    parts.onFinish({
      method: request.method ?? '',
      path: pathOf(request),
      status: response.writableFinished ? response.statusCode : 499,
      seconds: (performance.now() - started) / 1000,
      error: failed,
    })
  })
  const answer = await parts.router(request, client).catch((error: unknown) => {
    failed = asMagpieError(error)
    return failure(failed)
  })
  send(answer, request, response, {
    ...parts.cors(request.headers.origin),
    ...(parts.stopping() && { connection: 'close' }),
  })
}

function send(
  answer: Answer,
  request: IncomingMessage,
  response: ServerResponse,
  more: Readonly<Record<string, string>>,
): void {
  if (response.destroyed) return
  const length = answer.status === 204 ? {} : { 'content-length': String(answer.body.length) }
  response.writeHead(answer.status, { ...answer.headers, ...length, ...more })
  const body = request.method === 'HEAD' ? undefined : answer.body
  if (request.complete) return void response.end(body)
  response.flushHeaders()
  if (body !== undefined && body.length > 0) response.write(body)
  drain(request, () => response.end())
}

/** How long a client may go on sending what was refused already. */
const DRAIN_MS = 30_000

/**
 * Reads on without keeping anything: many clients read the answer only once they have sent all of the body, and the answer's
 * end may close the connection.
 */
function drain(request: IncomingMessage, done: () => void): void {
  const timer = setTimeout(() => request.destroy(), DRAIN_MS)
  request.once('end', done)
  request.once('close', () => clearTimeout(timer))
  request.resume()
}
