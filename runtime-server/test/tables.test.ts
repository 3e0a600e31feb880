// Protects: uploaded tables: whole Arrow streams under their own hash, for holders of a grant, within limits, on disk once.
import { readdir } from 'node:fs/promises'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { evaluatorThatWaits } from './evaluator-that-waits.ts'
import { errorOf, grant, sha256Of, smallTable, startService } from './start-service.ts'

const start = async (options = {}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'magpie-test-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const service = await startService({ dataDir, ...options }, evaluatorThatWaits().create)
  const files = async () =>
    (await readdir(join(dataDir, 'tables'), { recursive: true })).filter((name) => name !== 'incoming')
  return { ...service, dataDir, files }
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const any = bearer(grant({ write: true }))
const put = (url: string, sha256: string, bytes: Uint8Array, headers: Record<string, string> = any) =>
  fetch(`${url}/v1/tables/${sha256}`, { method: 'PUT', body: Buffer.from(bytes), headers })
const head = async (url: string, sha256: string, headers: Record<string, string> = any) =>
  (await fetch(`${url}/v1/tables/${sha256}`, { method: 'HEAD', headers })).status

test('a table is stored once, under its hash, and survives a restart', async () => {
  const { url, files, dataDir } = await start()
  const { bytes, sha256 } = smallTable()
  expect(await head(url, sha256)).toBe(404)
  expect((await put(url, sha256, bytes)).status).toBe(201)
  expect((await put(url, sha256, bytes)).status).toBe(200)
  expect(await head(url, sha256)).toBe(200)
  expect(await files()).toEqual([`${sha256}.arrow`])
  const page = await (await fetch(`${url}/metrics`)).text()
  expect(page).toContain('magpie_uploads_total{outcome="accepted"} 1')
  expect(page).toContain('magpie_uploads_total{outcome="deduplicated"} 2')
  expect(page).toContain(`magpie_tables_bytes ${bytes.length}`)
  const restarted = await startService({ dataDir }, evaluatorThatWaits().create)
  expect(await head(restarted.url, sha256)).toBe(200)
})

test('the same table from many at once is one table', async () => {
  const { url, files } = await start()
  const { bytes, sha256 } = smallTable(50_000)
  const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await put(url, sha256, bytes)).status))
  expect(statuses.filter((status) => status === 201)).toHaveLength(1)
  expect(statuses.filter((status) => status === 200)).toHaveLength(5)
  expect(await files()).toEqual([`${sha256}.arrow`])
})

test('a file on the same disk is checked and linked, not copied', async () => {
  const { url, files, dataDir } = await start()
  const { bytes, sha256 } = smallTable()
  const [file, other] = [join(dataDir, 'a table.arrow'), join(dataDir, 'other.arrow')]
  await writeFile(file, bytes)
  await writeFile(other, smallTable(4).bytes)
  const adopt = (path: string) =>
    put(url, sha256, new Uint8Array(), { ...any, 'magpie-file': encodeURIComponent(path) })
  expect((await adopt(join(dataDir, 'nothing'))).status).toBe(400)
  expect((await adopt(dataDir)).status).toBe(400)
  expect((await adopt(other)).status).toBe(422)
  expect(await files()).toEqual([])
  expect((await adopt(file)).status).toBe(201)
  expect((await adopt(file)).status).toBe(200)
  expect((await stat(join(dataDir, 'tables', `${sha256}.arrow`))).ino).toBe((await stat(file)).ino)
  await rm(file)
  expect(await head(url, sha256)).toBe(200)
})

test('a file may be taken before it is checked: who asks for the table waits, and other bytes were never there', async () => {
  const { url, files, dataDir, log } = await start({ maxTableBytes: 2_000_000 })
  const { bytes, sha256 } = smallTable(50_000)
  const [file, other, large] = ['a.arrow', 'other.arrow', 'large.arrow'].map((name) => join(dataDir, name))
  await writeFile(file ?? '', bytes)
  await writeFile(other ?? '', smallTable(40_000).bytes)
  await writeFile(large ?? '', Buffer.alloc(2_000_001))
  const early = async (path = '', prefer = 'respond-async') =>
    (await put(url, sha256, new Uint8Array(), { ...any, prefer, 'magpie-file': encodeURIComponent(path) })).status
  expect(await early(join(dataDir, 'nothing'))).toBe(400)
  expect(await early(large)).toBe(413)
  expect(await early(other)).toBe(202)
  expect(await head(url, sha256)).toBe(404)
  expect(await files()).toEqual([])
  expect(log.filter((line) => line.includes('table refused'))).toEqual([expect.stringContaining(sha256)])
  expect(await early(other, 'return=minimal')).toBe(422)
  expect(await early(file, 'wait=10, Respond-Async')).toBe(202)
  expect(await head(url, sha256)).toBe(200)
  expect(await early(file)).toBe(200)
  expect(await readdir(join(dataDir, 'tables', 'incoming'))).toEqual([])
  expect(await files()).toEqual([`${sha256}.arrow`])
})

test('a service that ends while it checks a file leaves nothing behind', async () => {
  const { url, files, dataDir, close, log } = await start()
  const { bytes, sha256 } = smallTable(50_000)
  const file = join(dataDir, 'a.arrow')
  await writeFile(file, bytes)
  const headers = { ...any, prefer: 'respond-async', 'magpie-file': encodeURIComponent(file) }
  expect((await put(url, sha256, new Uint8Array(), headers)).status).toBe(202)
  await close(0)
  expect(await readdir(join(dataDir, 'tables', 'incoming'))).toEqual([])
  expect((await files()).filter((name) => name !== `${sha256}.arrow`)).toEqual([])
  expect(log.filter((line) => line.includes('table refused'))).toEqual([])
})

const { bytes: whole } = smallTable(500)
const legacy = whole.slice(4)
const trailing = Buffer.concat([whole, Buffer.from([0])])

test.each<[string, Uint8Array, string]>([
  ['an empty body', new Uint8Array(), 'empty'],
  ['text', Buffer.from('a,b\n1,2\n3,4\n'), 'not an Arrow IPC stream'],
  ['a stream without its first mark', legacy, 'not an Arrow IPC stream'],
  ['a stream cut in a body', whole.slice(0, whole.length - 100), 'ends too early'],
  ['a stream without its end', whole.slice(0, whole.length - 8), 'ends too early'],
  ['a stream cut in its schema', whole.slice(0, 60), 'ends too early'],
  ['bytes after the end', trailing, 'after the end'],
])('%s is refused, even under its own hash', async (_what, bytes, cause) => {
  const { url, files } = await start()
  const response = await put(url, sha256Of(bytes), bytes)
  expect(response.status).toBe(422)
  const error = await errorOf(response)
  expect(error).toMatchObject({ code: 'table-invalid' })
  expect(error.message).toContain(cause)
  expect(await files()).toEqual([])
})

test('every way to cut a stream is noticed', async () => {
  const { bytes } = smallTable(2)
  const { arrowFraming } = await import('../src/tables/arrow-framing.ts')
  const follow = (part: Uint8Array, step: number) => {
    const framing = arrowFraming()
    for (let at = 0; at < part.length; at += step) framing.push(part.subarray(at, at + step))
    framing.end()
  }
  for (const step of [1, 3, 64, bytes.length]) {
    expect(() => follow(bytes, step)).not.toThrow()
    for (let end = 0; end < bytes.length; end += 1)
      expect(() => follow(bytes.subarray(0, end), step)).toThrow(/early|empty/)
  }
})

test('bytes under another hash are refused', async () => {
  const { url, files } = await start()
  const response = await put(url, 'ab'.repeat(32), smallTable().bytes)
  expect(response.status).toBe(422)
  expect(await errorOf(response)).toMatchObject({ code: 'table-invalid', place: 'ab'.repeat(32) })
  expect(await files()).toEqual([])
})

test('a table over the limit is refused, with and without a stated length', async () => {
  const { url, files } = await start({ maxTableBytes: 2000 })
  const { bytes, sha256 } = smallTable(50_000)
  const stated = await put(url, sha256, bytes)
  expect([stated.status, (await errorOf(stated)).code]).toEqual([413, 'too-large'])
  const body = new Blob([Buffer.from(bytes)]).stream()
  const chunked = await fetch(`${url}/v1/tables/${sha256}`, { method: 'PUT', body, headers: any, duplex: 'half' })
  expect([chunked.status, (await errorOf(chunked)).code]).toEqual([413, 'too-large'])
  expect(await files()).toEqual([])
})

test('the least recently used table leaves when space runs out', async () => {
  const tables = [10, 11, 12].map((rows) => smallTable(rows))
  const [first, second, third] = tables.map(({ sha256 }) => sha256)
  const { url } = await start({ maxTablesBytes: tables.reduce((sum, { bytes }) => sum + bytes.length, 0) - 1 })
  for (const { bytes, sha256 } of tables.slice(0, 2)) await put(url, sha256, bytes)
  expect(await head(url, first ?? '')).toBe(200)
  await put(url, third ?? '', tables[2]?.bytes ?? new Uint8Array())
  expect(await Promise.all([first, second, third].map((sha256) => head(url, sha256 ?? '')))).toEqual([200, 404, 200])
})

test.each<[string, Record<string, string>, string]>([
  ['no grant', {}, 'no grant'],
  ['a forged grant', bearer(`${grant({ write: true }).split('.')[0] ?? ''}.AAAA`), 'not signed'],
  ['a grant that only reads', bearer(grant({ tables: [smallTable().sha256] })), 'does not allow'],
  ['a grant for another table', bearer(grant({ write: ['ab'.repeat(32)] })), 'does not allow'],
  ['a grant that has expired', bearer(grant({ write: true, exp: 1 })), 'expired'],
])('%s does not upload', async (_what, headers, cause) => {
  const { url, files } = await start()
  const { bytes, sha256 } = smallTable()
  const response = await put(url, sha256, bytes, headers)
  expect(response.status).toBe(403)
  expect((await errorOf(response)).message).toContain(cause)
  expect(await head(url, sha256, headers)).toBe(403)
  expect(await files()).toEqual([])
})

test('a grant for this table uploads it; a name that is no hash is refused', async () => {
  const { url } = await start()
  const { bytes, sha256 } = smallTable()
  expect((await put(url, sha256, bytes, bearer(grant({ write: [sha256], exp: 4e9 })))).status).toBe(201)
  expect((await put(url, '..%2Fsecret', bytes)).status).toBe(400)
  expect((await put(url, sha256.toUpperCase(), bytes)).status).toBe(400)
})

test('a client that leaves in the middle leaves nothing behind', async () => {
  const { url, files, dataDir } = await start()
  const { bytes, sha256 } = smallTable(50_000)
  const upload = httpRequest(`${url}/v1/tables/${sha256}`, {
    method: 'PUT',
    headers: { ...any, 'content-length': bytes.length },
  })
  upload.on('error', () => undefined)
  upload.write(bytes.slice(0, 100_000))
  const incoming = () => readdir(join(dataDir, 'tables', 'incoming'))
  while ((await incoming()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  upload.destroy()
  while ((await incoming()).length > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(await files()).toEqual([])
  expect((await put(url, sha256, bytes)).status).toBe(201)
})

test('a client that sends everything before it listens hears the refusal', async () => {
  const { url, port } = await start()
  const size = 30 * 2 ** 20
  for (const [token, status] of [
    [any.authorization, 422],
    ['Bearer no.grant', 403],
  ] as const) {
    const socket = connect(port, '127.0.0.1').pause()
    const head = [`PUT /v1/tables/${'ab'.repeat(32)} HTTP/1.1`, `Host: ${new URL(url).host}`, `Authorization: ${token}`]
    socket.write([...head, `Content-Length: ${size}`, 'Connection: close', '', ''].join('\r\n'))
    for (let sent = 0; sent < size; sent += 2 ** 20) {
      if (!socket.write(Buffer.alloc(2 ** 20))) await once(socket, 'drain')
    }
    const [first] = (await once(socket.resume(), 'data')) as [Buffer]
    expect(String(first)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    socket.destroy()
  }
})
