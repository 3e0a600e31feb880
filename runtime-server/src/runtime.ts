import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MagpieError } from '@magpie-vega/protocol'
import { createAdmission } from './admission.ts'
import { createCache } from './cache.ts'
import { startColumns } from './columns/start-columns.ts'
import type { Config } from './config.ts'
import type { Evaluator, EvaluatorOptions } from './evaluate.ts'
import { watchEventLoop } from './event-loop-lag.ts'
import { createGrantReader } from './grants.ts'
import type { Access } from './grants.ts'
import { createGraphStore } from './graph-store.ts'
import { createHttpServer } from './http.ts'
import { createCors } from './http/cors.ts'
import { createRouter } from './http/routes.ts'
import { createTableRoutes } from './http/table-routes.ts'
import type { Inspect } from './inspect.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { observe, pageOf } from './observe.ts'
import { createRecall } from './recall.ts'
import { createService, loadTimeZones } from './service.ts'
import { openTableStore } from './table-store.ts'
import { createWarmUp } from './warm-up.ts'

export interface RuntimeParts {
  readonly createEvaluator: (options: EvaluatorOptions) => Evaluator
  readonly inspect: Inspect
  readonly version: string
  readonly log: Log
  readonly onStart?: () => void
  readonly onFinish?: () => void
}

/** A service that listens. */
export interface Runtime {
  readonly url: string
  readonly port: number
  /** Does ahead what the first question would else wait for; a question that comes meanwhile goes first. Never rejects. */
  warmUp(): Promise<void>
  /** Takes no new requests, lets those in flight finish within `graceMs`, and frees everything. */
  close(graceMs: number): Promise<void>
}

const GRAPH_BYTES = 64 * 2 ** 20

/** Puts the parts of the service together and listens. */
export async function startRuntime(config: Config, parts: RuntimeParts): Promise<Runtime> {
  const { log, version } = parts
  const directory = config.dataDir === '' ? await mkdtemp(join(tmpdir(), 'magpie-')) : config.dataDir
  const spillDirectory = join(directory, 'spill')
  await mkdir(spillDirectory, { recursive: true })
  const metrics = createMetrics()
  const lag = watchEventLoop()
  const cache = createCache({ maxBytes: config.cacheBytes })
  const tables = await openTableStore({
    ...config,
    directory: join(directory, 'tables'),
    onRefused: (table, cause) => log('warn', 'table refused', { table, cause: String(cause) }),
  })
  const columns = await startColumns({
    ...config,
    directory,
    tempDirectory: join(spillDirectory, 'columns'),
    tables,
    log,
  })
  const admission = createAdmission({ maxRunning: config.maxConcurrentQueries, maxQueued: config.maxQueued })
  const onEvaluation = metrics.countEvaluation
  const evaluator = parts.createEvaluator({
    cache,
    tables,
    columns: columns.tables,
    config,
    spillDirectory,
    version,
    onEvaluation,
    log,
  })
  // The engine opens on a thread of its own meanwhile.
  loadTimeZones()
  let stopping = false
  let inFlight = 0

  const { secret, maxTableBytes } = config
  const observer = observe(metrics, log)
  const readGrants = createGrantReader(secret)
  const access = (grants: readonly string[]): Access => readGrants(grants, Date.now() / 1000)
  const graphs = createGraphStore({ maxBytes: GRAPH_BYTES })
  const serviceParts = {
    admission,
    evaluator,
    graphs,
    recall: createRecall({ cache, graphs, tables, access }),
    access,
    queryTimeoutMs: config.queryTimeoutMs,
    onFailure: observer.onFailure,
  }
  const warmUp = createWarmUp({
    service: createService(serviceParts),
    quiet: createService({ ...serviceParts, onFailure: () => undefined }),
    evaluator,
    latest: columns.tables.latest,
  })
  const server = createHttpServer({
    router: createRouter({
      service: warmUp.service,
      inspect: parts.inspect,
      tables: createTableRoutes({
        tables: columns.store,
        secret,
        maxTableBytes,
        now: Date.now,
        onUpload: observer.onUpload,
      }),
      metricsText: () => pageOf(metrics, { cache, tables, admission, inFlight, lag: lag.take() }),
      version,
      stopping: () => stopping,
      maxBodyBytes: config.maxBodyBytes,
    }),
    cors: createCors(config.corsOrigins),
    silenceMs: Math.max(120_000, config.queryTimeoutMs * 2),
    stopping: () => stopping,
    onStart: () => {
      inFlight += 1
      parts.onStart?.()
    },
    onFinish: (finished) => {
      inFlight -= 1
      parts.onFinish?.()
      observer.onFinish(finished)
    },
  })
  const { port } = await listen(server, config)

  const close = async (graceMs: number): Promise<void> => {
    stopping = true
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    const timer = setTimeout(() => server.closeAllConnections(), graceMs)
    await closed
    clearTimeout(timer)
    lag.stop()
    await tables.close()
    columns.close()
    await warmUp.end()
    await evaluator.close()
    cache.clear()
    if (config.dataDir === '') await rm(directory, { recursive: true, force: true })
  }
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return { url: `http://${host}:${port}`, port, warmUp: warmUp.run, close }
}

function listen(server: ReturnType<typeof createHttpServer>, { host, port }: Config): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen(host, port, cause)))
    server.listen(port, host, () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address)
      else reject(new Error('The service listens on no port'))
    })
  })
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The address is in use',
  EACCES: 'The address may not be used',
  EADDRNOTAVAIL: 'This machine does not have the address',
}

function cannotListen(host: string, port: number, cause: Error): MagpieError {
  const reason = REASONS['code' in cause ? String(cause.code) : ''] ?? cause.message
  return new MagpieError('bad-request', reason, {
    place: `${host}:${port}`,
    remedy: 'Choose another --host or --port.',
    cause,
  })
}
