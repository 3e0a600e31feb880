import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { mintGrant } from '../../../../runtime-server/src/grants.ts'

const MAIN = fileURLToPath(new URL('../../../../runtime-server/dist/main.mjs', import.meta.url))
const SECRET = 'the secret of these tests'

/** Has the service been built? */
export const isBuilt = (): boolean => existsSync(MAIN)

/** The built service in a process of its own. */
export interface RealService {
  readonly url: string
  /** Uploads a table; the data URL that names it, and a grant to read it. */
  upload(bytes: Uint8Array): Promise<{ readonly url: string; readonly sha256: string; readonly grant: string }>
  kill(): Promise<void>
}

const listening = async (file: string, process: ChildProcess): Promise<{ url: string }> => {
  for (;;) {
    if (process.exitCode !== null) throw new Error(`the service ended with ${process.exitCode}`)
    const text = await readFile(file, 'utf8').catch(() => '')
    if (text !== '') return JSON.parse(text) as { url: string }
    await wait(50)
  }
}

/** @param folder where the service of this run tells its port */
export const realService = async (folder: string): Promise<RealService> => {
  const file = join(folder, `port-${randomUUID()}.json`)
  const flags = [
    '--port',
    '0',
    '--port-file',
    file,
    '--memory-limit',
    '500MB',
    '--threads',
    '1',
    '--vega-processes',
    '1',
    '--parent-pids',
    String(process.pid),
  ]
  const child = spawn(process.execPath, [MAIN, ...flags], {
    // with the size of its thread pool given it is one process, and so dead once it is killed
    env: { ...process.env, MAGPIE_SECRET: SECRET, UV_THREADPOOL_SIZE: '8' },
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const { url } = await listening(file, child)
  return {
    url,
    upload: async (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const grant = mintGrant(SECRET, { v: 1, tables: [sha256], write: [sha256] })
      const answer = await fetch(`${url}/v1/tables/${sha256}`, {
        method: 'PUT',
        body: Buffer.from(bytes),
        headers: { authorization: `Bearer ${grant}` },
      })
      if (!answer.ok) throw new Error(`the upload was answered with ${answer.status}`)
      return { url: `magpie+table://${sha256}`, sha256, grant }
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
