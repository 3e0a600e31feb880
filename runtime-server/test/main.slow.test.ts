// Protects: the program as it is shipped: bundled, on plain Node, from its first line to its end.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeHealth, decodeInspectResponse, decodeQueryResponse, encodeInspectRequest } from '@magpie-vega/protocol'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { helpText } from '../src/config.ts'
import { askFor, bytesOf, echo, errorOf, grant, id, post, query, SECRET, smallTable } from './start-service.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
/** Beside the service's own build, where its packages are found; another run has another. */
let outdir: string

beforeAll(async () => {
  await mkdir(here('../dist'), { recursive: true })
  outdir = await mkdtemp(here('../dist/test-'))
  const [code] = await once(
    spawn(process.execPath, [here('../build.mjs'), '--outdir', outdir], { stdio: 'inherit' }),
    'exit',
  )
  expect(code).toBe(0)
})

afterAll(() => rm(outdir, { recursive: true, force: true }))

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

function program(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(outdir, 'main.mjs'), ...args], {
    env: { PATH: process.env.PATH ?? '', MAGPIE_SECRET: SECRET, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => (said.out += String(text)))
  child.stderr.on('data', (text: Buffer) => (said.err += String(text)))
  const ended = once(child, 'close').then(([code]) => Number(code))
  return { child, said, ended }
}

async function serve(args: readonly string[] = [], env: Record<string, string> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'magpie-test-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const portFile = join(directory, 'port.json')
  const run = program(['--port-file', portFile, ...args], { ...env, TMPDIR: directory })
  while (!existsSync(portFile)) {
    if (run.child.exitCode !== null) throw new Error(run.said.err)
    await pause()
  }
  const { url, pid, version } = JSON.parse(readFileSync(portFile, 'utf8')) as {
    url: string
    pid: number
    version: string
  }
  return { ...run, directory, portFile, url, pid, version }
}

const gone = async (pid: number): Promise<void> => {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await pause()
  }
}

test('--help and --version', async () => {
  const help = program(['--help'])
  expect([await help.ended, help.said.out]).toEqual([0, helpText()])
  const version = program(['--version'])
  expect([await version.ended, version.said.out]).toEqual([0, '0.1.0\n'])
})

test('a wrong option ends it at once, in one sentence', async () => {
  const { ended, said } = program(['--port', 'many'])
  expect(await ended).toBe(2)
  expect(said.err).toBe('"many" is not a whole number from 0 to 65535 (--port). See --help.\n')
})

test('it serves from one command, and SIGTERM ends it without a trace', async () => {
  const { url, version, ended, child, said, directory, portFile } = await serve()
  const health = await fetch(`${url}/healthz`)
  expect(decodeHealth(await bytesOf(health))).toEqual({ protocolVersion: 1, version, status: 'ok' })
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(existsSync(portFile)).toBe(false)
  expect(readdirSync(directory)).toEqual([])
  const events = said.err
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: string }).event)
  expect(events).toEqual(['listening', 'stopping', 'stopped'])
})

test('a table goes in, its values come out, computed once, and only for who may read it', async () => {
  const { url } = await serve()
  const { bytes, sha256 } = smallTable(5)
  const headers = { authorization: `Bearer ${grant({ write: true })}` }
  const upload = await fetch(`${url}/v1/tables/${sha256}`, { method: 'PUT', body: Buffer.from(bytes), headers })
  expect(upload.status).toBe(201)
  const none = { signals: {}, data: {} }
  const request = askFor(
    [
      { kind: 'source', from: { kind: 'table', sha256 } },
      { kind: 'transform', definition: { type: 'extent', field: 'x' }, input: id(0), ...none },
      { kind: 'output', transform: id(1) },
    ],
    { grants: [grant({ tables: [sha256] })] },
  )
  const answer = async (more = {}) => {
    const decoded = decodeQueryResponse(await bytesOf(await query(url, { ...request, ...more })))
    return decoded.kind === 'results' ? decoded.results[0] : undefined
  }
  const evaluations = async () =>
    [...(await (await fetch(`${url}/metrics`)).text()).matchAll(/^magpie_evaluations_total.* (\d+)$/gm)].map(
      ([line]) => line,
    )
  expect(await answer()).toEqual({ kind: 'scalar', value: [0, 4] })
  const first = await evaluations()
  expect(first).not.toEqual([])
  expect(await answer()).toEqual({ kind: 'scalar', value: [0, 4] })
  expect(await evaluations()).toEqual(first)
  expect(await answer({ grants: [] })).toMatchObject({ code: 'not-granted' })
  expect(await answer({ timeZone: 'Europe/Berlin' })).toEqual({ kind: 'scalar', value: [0, 4] })
})

test('Vega-Lite is inspected for the columns that it needs', async () => {
  const { url } = await serve()
  const table = `magpie+table://${'ab'.repeat(32)}`
  const spec = {
    data: { url: table },
    mark: 'bar',
    encoding: { x: { field: 'distance', bin: true }, y: { aggregate: 'count' } },
  }
  const response = await post(`${url}/v1/inspect`, encodeInspectRequest({ spec: JSON.stringify(spec) }))
  const { tables } = decodeInspectResponse(await bytesOf(response))
  expect(tables).toMatchObject([{ url: table, columns: expect.arrayContaining(['distance']) as unknown }])
  const wrong = await post(`${url}/v1/inspect`, encodeInspectRequest({ spec: '{"mark":' }))
  expect([wrong.status, (await errorOf(wrong)).code]).toEqual([400, 'bad-request'])
})

test('the thread pool is as large as the queries need', async () => {
  const { pid } = await serve(['--max-concurrent-queries', '3'])
  if (process.platform !== 'linux') return
  expect(readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')).toContain('UV_THREADPOOL_SIZE=11')
})

test('it ends when nobody uses it', async () => {
  const { ended, said } = program(['--idle-exit-ms', '300'])
  expect(await ended).toBe(0)
  expect(said.err).toContain('"why":"idle"')
})

test('it ends when its parents are gone', async () => {
  const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const { ended, said } = await serve(['--parent-pids', String(parent.pid)])
  parent.kill('SIGKILL')
  expect(await ended).toBe(0)
  expect(said.err).toContain('"why":"orphaned"')
})

test.each<Record<string, string>>([{}, { UV_THREADPOOL_SIZE: '16' }])(
  'it ends when its parents are gone and nobody reads its log any more: %o',
  async (env) => {
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const { child, pid } = await serve(['--parent-pids', String(parent.pid), '--log-level', 'debug'], env)
    child.stderr.destroy()
    parent.kill('SIGKILL')
    await gone(pid)
  },
)

test('it ends when the process in front of it is killed', async () => {
  const { child, pid } = await serve()
  child.kill('SIGKILL')
  await gone(pid)
})

test('without the process in front, when the environment sizes the pool already', async () => {
  const { child, pid, ended } = await serve([], { UV_THREADPOOL_SIZE: '16' })
  expect(pid).toBe(child.pid)
  child.kill('SIGINT')
  expect(await ended).toBe(0)
})

test('an address in use is said in words', async () => {
  const { url } = await serve()
  const second = program(['--port', new URL(url).port])
  expect(await second.ended).toBe(2)
  expect(second.said.err).toBe(`The address is in use (${new URL(url).host}). Choose another --host or --port.\n`)
})

test('a configuration file is read', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'magpie-test-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  await writeFile(join(directory, 'c.json'), JSON.stringify({ logLevel: 'off', secret: SECRET }))
  const { ended, said, child } = await serve(['--config', join(directory, 'c.json')])
  child.kill('SIGTERM')
  expect([await ended, said.err]).toEqual([0, ''])
})

test('it runs from the compiled code that an earlier run kept beside it', async () => {
  const compiled = (): readonly string[] => readdirSync(outdir).filter((name) => /^main\.cjs-.*\.compiled$/.test(name))
  while (compiled().length === 0) {
    const { child, ended } = await serve()
    while (compiled().length === 0 && child.exitCode === null) await pause()
    child.kill('SIGTERM')
    await ended
  }
  const { url } = await serve()
  expect((await query(url, echo(1))).status).toBe(200)
})
