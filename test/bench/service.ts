import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { mintGrant } from '../../runtime-server/src/grants.ts'
import { granting as grantingAt, putTable, type RunningService } from '../exact/service.ts'
import { ROOT } from './places.ts'
import { processUse, type ProcessUse } from './process-use.ts'

/** A build of its own, which nobody replaces while a bench runs, else the one at hand. */
const MAIN = process.env['MAGPIE_BENCH_SERVICE'] ?? join(ROOT, 'runtime-server', 'dist', 'main.mjs')

/** Is there a service to measure? */
export const isServiceBuilt = (): boolean => existsSync(MAIN)

/** Where services keep their tables: outlives each of them. */
export interface TableHome {
  readonly folder: string
  readonly secret: string
  remove(): void
}

export function tableHome(): TableHome {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-bench-'))
  return {
    folder,
    secret: randomBytes(32).toString('hex'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The built service in a process of its own. */
export interface Service {
  readonly url: string
  use(): ProcessUse
  /** Has it watch the lag of its event loop from now on. */
  watchLag(): Promise<void>
  /** By how many milliseconds its event loop was late, in 99 of 100 cases, since this or `watchLag` was last called. */
  lag(): Promise<number>
  stop(): Promise<void>
}

export async function startService(home: TableHome, flags: readonly string[] = []): Promise<Service> {
  if (!existsSync(MAIN)) throw new Error('The service is not built. Run `npm run build` first.')
  const portFile = join(home.folder, `port-${randomBytes(6).toString('hex')}.json`)
  const args = [
    MAIN,
    '--port-file',
    portFile,
    '--data-dir',
    join(home.folder, 'data'),
    '--log-level',
    'warn',
    '--parent-pids',
    String(process.pid),
    ...flags,
  ]
  const child = spawn(process.execPath, args, {
    // As the Python client starts it.
    env: { UV_THREADPOOL_SIZE: '72', ...process.env, MAGPIE_SECRET: home.secret },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const text = (): string => (existsSync(portFile) ? readFileSync(portFile, 'utf8') : '')
  for (const start = Date.now(); text() === ''; await wait(10)) {
    if (child.exitCode !== null) throw new Error(`The service ended with ${child.exitCode}`)
    if (Date.now() - start > 60_000) throw new Error('The service did not start within a minute')
  }
  const { url } = JSON.parse(text()) as { readonly url: string }
  const { pid } = child
  const metrics = async (): Promise<string> => (await fetch(`${url}/metrics`)).text()
  return {
    url,
    use: () => processUse(pid ?? 0),
    watchLag: async () => void (await metrics()),
    lag: async () => {
      const found = /^magpie_event_loop_lag_seconds\{quantile="0.99"\} (\S+)$/m.exec(await metrics())?.[1]
      if (found === undefined) throw new Error('The service does not tell the lag of its event loop')
      return Number(found) * 1000
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** A service of a home, as the checks of exactness want it. */
export const granting = (service: Service, home: TableHome): RunningService => ({
  ...grantingAt(service.url, home.secret),
  defect: () => undefined,
  stop: () => service.stop(),
})

/** A table that a service holds. */
export interface Uploaded {
  readonly url: string
  readonly grant: string
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Sends an Arrow file as the Python client does. */
export async function upload(service: Service, home: TableHome, file: string): Promise<Uploaded> {
  const sha256 = await hashOf(file)
  const grant = mintGrant(home.secret, { v: 1, tables: [sha256], write: [sha256] })
  const body = Readable.toWeb(createReadStream(file)) as ReadableStream
  await putTable(service.url, grant, { sha256, body, length: statSync(file).size })
  return { url: `magpie+table://${sha256}`, grant }
}
