import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
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
  readonly port: number
  /** Uploads a table; the data URL that names it, and a grant to read it. */
  upload(bytes: Uint8Array): Promise<{ readonly url: string; readonly sha256: string; readonly grant: string }>
  kill(): Promise<void>
}

const listening = async (file: string, process: ChildProcess): Promise<{ url: string; port: number }> => {
  for (;;) {
    if (process.exitCode !== null) throw new Error(`the service ended with ${process.exitCode}`)
    const text = await readFile(file, 'utf8').catch(() => '')
    if (text !== '') return JSON.parse(text) as { url: string; port: number }
    await wait(50)
  }
}

/** @param folder an empty folder for this run @param port 0 for a free one */
export const realService = async (folder: string, port = 0): Promise<RealService> => {
  const file = join(folder, `port-${Date.now()}.json`)
  const flags = [
    '--port',
    String(port),
    '--port-file',
    file,
    '--memory-limit',
    '500MB',
    '--threads',
    '1',
    '--vega-processes',
    '1',
  ]
  const child = spawn(process.execPath, [MAIN, ...flags], {
    env: { ...process.env, MAGPIE_SECRET: SECRET },
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const { url, port: actual } = await listening(file, child)
  return {
    url,
    port: actual,
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
