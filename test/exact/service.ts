import { spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../runtime-server/dist/main.mjs', import.meta.url))

/** The built runtime service, as a process of its own on a free loopback port. */
export interface RunningService {
  readonly url: string
  /** A grant for these URLs. */
  grant(urls: readonly string[]): string
  /** The first defect that it has logged. */
  defect(): string | undefined
  stop(): Promise<void>
}

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
    url,
    grant(urls) {
      const payload = Buffer.from(JSON.stringify({ v: 1, urls })).toString('base64url')
      return `${payload}.${createHmac('sha256', secret).update(payload).digest('base64url')}`
    },
    defect: () => defect,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
