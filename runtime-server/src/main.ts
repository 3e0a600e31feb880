/** The program: reads its options, starts the service, and ends it when told to or when nobody needs it. */
import { MagpieError } from '@magpie-vega/protocol'
import { helpText, processSources, readConfig } from './config.ts'
import type { Command, Config } from './config.ts'
import { createEvaluator } from './evaluator.ts'
import type { Inspect } from './inspect.ts'
import { createLog } from './log.ts'
import { processIsAlive, watchLifetime } from './process/lifetime.ts'
import { keepCompiled } from './process/keep-compiled.ts'
import { removePortFile, writePortFile } from './process/port-file.ts'
import { restartWithThreadPool } from './process/thread-pool.ts'
import { startRuntime } from './runtime.ts'
import { VERSION } from './version.ts'

const GRACE_MS = 10_000
/** By then the first questions of most pages were answered, and the code for them is compiled. */
const KEEP_AFTER_MS = 2000

/** Vega-Lite is large, and only wanted once an app hands over a chart: the service does not wait for it. */
const inspect: Inspect = async (spec) => {
  const [{ createInspect }, { columnUse }] = await Promise.all([import('./inspect.ts'), import('@magpie-vega/planner')])
  return createInspect(columnUse)(spec)
}

async function serve(config: Config): Promise<void> {
  const log = createLog(
    config.logLevel,
    (line) => process.stderr.write(`${line}\n`),
    () => new Date(),
  )
  // Nobody reads the log any more: an error of its stream would be logged, and fail again, without end.
  process.stderr.on('error', () => undefined)
  process.on('unhandledRejection', (cause) =>
    log('error', 'defect', { cause: String(cause instanceof Error ? cause.stack : cause) }),
  )
  process.on('uncaughtException', (cause) => log('error', 'defect', { cause: cause.stack }))
  let stop = (_why: string): void => undefined
  const lifetime = watchLifetime({
    idleExitMs: config.idleExitMs,
    parentPids: config.parentPids.map(Number),
    isAlive: processIsAlive,
    now: () => performance.now(),
    checkEveryMs: 1000,
    onUnneeded: (why) => stop(why),
  })
  const { started: onStart, finished: onFinish } = lifetime
  const parts = { createEvaluator, inspect, version: VERSION, log, onStart, onFinish }
  const runtime = await startRuntime(config, parts)
  const { url, port } = runtime
  const end = async (why: string): Promise<void> => {
    log('info', 'stopping', { why })
    lifetime.end()
    if (config.portFile !== '') await removePortFile(config.portFile, process.pid)
    try {
      await runtime.close(GRACE_MS)
      log('info', 'stopped')
      process.exit(0)
    } catch (cause) {
      log('error', 'defect', { cause: String(cause instanceof Error ? cause.stack : cause) })
      process.exit(1)
    }
  }
  stop = (why) => {
    stop = () => undefined
    void end(why)
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  // The process that waits in front of this one (see thread-pool.ts) is gone.
  process.on('disconnect', () => stop('orphaned'))
  process.channel?.unref()
  if (config.portFile !== '') await writePortFile(config.portFile, { port, pid: process.pid, version: VERSION, url })
  log('info', 'listening', { url, pid: process.pid, version: VERSION })
  await runtime.warmUp()
  setTimeout(keepCompiled, KEEP_AFTER_MS).unref()
}

async function run(command: Command): Promise<void> {
  if (command.kind === 'help') process.stdout.write(helpText())
  else if (command.kind === 'version') process.stdout.write(`${VERSION}\n`)
  else if (restartWithThreadPool(command.config.maxConcurrentQueries + 8) === undefined) await serve(command.config)
}

function fail(error: unknown): never {
  process.stderr.write(
    `${error instanceof MagpieError ? error.sentence : String(error instanceof Error ? error.stack : error)}\n`,
  )
  process.exit(error instanceof MagpieError ? 2 : 1)
}

Promise.resolve()
  .then(() => run(readConfig(processSources())))
  .catch(fail)
