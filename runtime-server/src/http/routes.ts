import type { IncomingMessage } from 'node:http'
import {
  decodeInspectRequest,
  encodeHealth,
  encodeInspectResponse,
  MagpieError,
  PROTOCOL_VERSION,
} from '@magpie-vega/protocol'
import type { Health } from '@magpie-vega/protocol'
import type { Client } from '../client.ts'
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
type Handler = (request: IncomingMessage, client: Client, path: string) => Promise<Answer>

/** What can be done at a path, by method. */
type Methods = Readonly<Record<string, Handler>>

export type Router = (request: IncomingMessage, client: Client) => Promise<Answer>

const TABLES = '/v1/tables/'
const isTable = (path: string): boolean => path.startsWith(TABLES) && !path.includes('/', TABLES.length)

export function createRouter(parts: RouteParts): Router {
  const query: Handler = async (request, client) =>
    protobuf(await parts.service.query(await readBody(request, parts.maxBodyBytes), client))
  const inspect: Handler = async (request) => {
    const { spec } = decodeInspectRequest(await readBody(request, parts.maxBodyBytes))
    return protobuf(encodeInspectResponse({ tables: await parts.inspect(spec) }))
  }
  const health: Handler = (request) => Promise.resolve(healthAnswer(parts, request.headers.accept ?? ''))
  const metrics: Handler = () => Promise.resolve(plain(parts.metricsText(), 'text/plain; version=0.0.4; charset=utf-8'))
  const routes: ReadonlyMap<string, Methods> = new Map([
    ['/v1/query', { POST: query }],
    ['/v1/inspect', { POST: inspect }],
    ['/healthz', { GET: health, HEAD: health }],
    ['/metrics', { GET: metrics, HEAD: metrics }],
  ])
  const tables: Methods = {
    PUT: (request, client, path) => parts.tables.put(path.slice(TABLES.length), request, client.signal),
    HEAD: (request, _client, path) => parts.tables.head(path.slice(TABLES.length), request),
  }
  return async (request, client) => {
    const path = pathOf(request)
    const methods = routes.get(path) ?? (isTable(path) ? tables : undefined)
    if (methods !== undefined) return answerBy(methods, request, client, path)
    return failure(new MagpieError('bad-request', `There is nothing at ${path}`, { place: path }), 404)
  }
}

/** The path that a request names, without its query. */
export const pathOf = ({ url = '' }: IncomingMessage): string => {
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}

function answerBy(methods: Methods, request: IncomingMessage, client: Client, path: string): Promise<Answer> {
  const { method = '' } = request
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (handler !== undefined) return handler(request, client, path)
  const allow = [...Object.keys(methods), 'OPTIONS'].join(', ')
  if (method === 'OPTIONS') return Promise.resolve(empty(204, { allow }))
  const refused = failure(new MagpieError('bad-request', `${method} is not possible here`, { place: path }), 405)
  return Promise.resolve({ ...refused, headers: { ...refused.headers, allow } })
}

function healthAnswer({ version, stopping }: RouteParts, accept: string): Answer {
  const health: Health = { protocolVersion: PROTOCOL_VERSION, version, status: stopping() ? 'stopping' : 'ok' }
  return accept.includes('application/json')
    ? plain(JSON.stringify(health), 'application/json')
    : protobuf(encodeHealth(health))
}
