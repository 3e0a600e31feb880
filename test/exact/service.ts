import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mintGrant } from '../../runtime-server/src/grants.ts'
import type { ArrowTable } from './tables/arrow-table.ts'

const MAIN = fileURLToPath(new URL('../../runtime-server/dist/main.mjs', import.meta.url))

/** The built runtime service, as a process of its own on a free loopback port. */
export interface RunningService {
  readonly url: string
  /** A grant to read these URLs, and tables by their SHA-256. */
  grant(urls: readonly string[], tables?: readonly string[]): string
  /** Brings a table to the service, as the Python client does. */
  upload(table: ArrowTable): Promise<void>
  /** The first defect that it has logged. */
  defect(): string | undefined
  stop(): Promise<void>
}

/** An Arrow stream that is sent, and its name; of what is not at hand as a whole, its length. */
export interface SentTable {
  readonly sha256: string
  readonly body: Uint8Array<ArrayBuffer> | ReadableStream
  readonly length?: number
}

/** Sends a table to a service, under a grant to write it. */
export async function putTable(url: string, grant: string, { sha256, body, length }: SentTable): Promise<void> {
  const options: RequestInit & { readonly duplex: 'half' } = {
    method: 'PUT',
    body,
    headers: {
      authorization: `Bearer ${grant}`,
      ...(length === undefined ? {} : { 'content-length': String(length) }),
    },
    duplex: 'half',
  }
  // A connection that the service closed while this process was busy shows as closed in the next turn only.
  await new Promise(setImmediate)
  const answer = await fetch(`${url}/v1/tables/${sha256}`, options)
  if (!answer.ok) throw new Error(`The upload was answered with ${answer.status}: ${await answer.text()}`)
}

/** How a service that knows this secret is asked, as the checks of exactness do it. */
export const granting = (url: string, secret: string): Pick<RunningService, 'url' | 'grant' | 'upload'> => ({
  url,
  grant: (urls, tables = []) => mintGrant(secret, { v: 1, urls, tables }),
  upload: ({ sha256, bytes }) =>
    putTable(url, mintGrant(secret, { v: 1, write: [sha256] }), { sha256, body: Buffer.from(bytes) }),
})

export async function startService(flags: readonly string[] = []): Promise<RunningService> {
  if (!existsSync(MAIN)) throw new Error('The service is not built. Run `npm run build` first.')
  const folder = mkdtempSync(join(tmpdir(), 'magpie-exact-'))
  const secret = randomBytes(32).toString('hex')
  const portFile = join(folder, 'port.json')
  const args = [MAIN, '--port', '0', '--port-file', portFile, '--data-dir', join(folder, 'data')]
  // It ends by itself when the run is killed.
  const child = spawn(process.execPath, [...args, '--parent-pids', String(process.pid), ...flags], {
    env: { ...process.env, MAGPIE_SECRET: secret },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  let log = ''
  let defect: string | undefined
  child.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-8000)
    defect ??= /^.*"defect".*$/m.exec(log)?.[0]
  })
  for (let attempt = 0; !existsSync(portFile); attempt += 1) {
    if (child.exitCode !== null || attempt > 1800) throw new Error(`The service did not start:\n${log}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const { url } = JSON.parse(readFileSync(portFile, 'utf8')) as { url: string }
  return {
    ...granting(url, secret),
    defect: () => defect,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
