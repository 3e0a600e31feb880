import type { IncomingMessage } from 'node:http'
import {
  decodeInspectRequest,
  encodeHealth,
  encodeInspectResponse,
  MagpieError,
  PROTOCOL_VERSION,
} from '@magpie-vega/protocol'
import type { Health } from '@magpie-vega/protocol'
import type { Inspect } from '../inspect.ts'
import type { Service } from '../service.ts'
import { empty, failure, plain, protobuf } from './answer.ts'
import type { Answer } from './answer.ts'
import { readBody } from './body.ts'
import type { TableRoutes } from './table-routes.ts'

export interface RouteParts {
  readonly service: Service
  readonly inspect: Inspect
  readonly tables: TableRoutes
  readonly metricsText: () => string
  readonly version: string
  readonly stopping: () => boolean
  readonly maxBodyBytes: number
}

/** Answers one request; rejects with the error to send. */
type Handler = (request: IncomingMessage, signal: AbortSignal, match: RegExpExecArray) => Promise<Answer>

interface Route {
  readonly path: RegExp
  readonly methods: Readonly<Record<string, Handler>>
}

export type Router = (request: IncomingMessage, signal: AbortSignal) => Promise<Answer>

export function createRouter(parts: RouteParts): Router {
  const query: Handler = async (request, signal) =>
    protobuf(await parts.service.query(await readBody(request, parts.maxBodyBytes), signal))
  const inspect: Handler = async (request) => {
    const { spec } = decodeInspectRequest(await readBody(request, parts.maxBodyBytes))
    return protobuf(encodeInspectResponse({ tables: parts.inspect(spec) }))
  }
  const health: Handler = (request) => Promise.resolve(healthAnswer(parts, request.headers.accept ?? ''))
  const metrics: Handler = () => Promise.resolve(plain(parts.metricsText(), 'text/plain; version=0.0.4; charset=utf-8'))
  const routes: readonly Route[] = [
    { path: /^\/v1\/query$/, methods: { POST: query } },
    { path: /^\/v1\/inspect$/, methods: { POST: inspect } },
    {
      path: /^\/v1\/tables\/([^/]*)$/,
      methods: {
        PUT: (request, signal, match) => parts.tables.put(match[1] ?? '', request, signal),
        HEAD: (request, _signal, match) => parts.tables.head(match[1] ?? '', request),
      },
    },
    { path: /^\/healthz$/, methods: { GET: health, HEAD: health } },
    { path: /^\/metrics$/, methods: { GET: metrics, HEAD: metrics } },
  ]
  return async (request, signal) => {
    const [path = ''] = (request.url ?? '').split('?')
    for (const route of routes) {
      const match = route.path.exec(path)
      if (match !== null) return answerBy(route, request, signal, match)
    }
    return failure(new MagpieError('bad-request', `There is nothing at ${path}`, { place: path }), 404)
  }
}

function answerBy(
  { methods }: Route,
  request: IncomingMessage,
  signal: AbortSignal,
  match: RegExpExecArray,
): Promise<Answer> {
  const method = request.method ?? ''
  const allow = [...Object.keys(methods), 'OPTIONS'].join(', ')
  if (method === 'OPTIONS') return Promise.resolve(empty(204, { allow }))
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (handler !== undefined) return handler(request, signal, match)
  const refused = failure(new MagpieError('bad-request', `${method} is not possible here`, { place: match[0] }), 405)
  return Promise.resolve({ ...refused, headers: { ...refused.headers, allow } })
}

function healthAnswer({ version, stopping }: RouteParts, accept: string): Answer {
  const health: Health = { protocolVersion: PROTOCOL_VERSION, version, status: stopping() ? 'stopping' : 'ok' }
  return accept.includes('application/json')
    ? plain(JSON.stringify(health), 'application/json')
    : protobuf(encodeHealth(health))
}
