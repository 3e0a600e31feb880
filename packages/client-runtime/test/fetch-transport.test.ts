import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeError, MagpieError } from '@magpie-vega/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchTransport } from '../src/fetch-transport.ts'

let stop: (() => Promise<void>) | undefined

afterEach(() => stop?.())

/** A real server that answers as the test says; its URL. */
const serve = async (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> => {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stop = () =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const answering = (status: number, type: string, body: string | Uint8Array = ''): Promise<string> =>
  serve((_, response) => response.writeHead(status, type === '' ? {} : { 'content-type': type }).end(body))

const signal = new AbortController().signal
const send = (base: string): Promise<Uint8Array> =>
  fetchTransport({ base }).send('/v1/query', new Uint8Array([1, 2]), signal)

describe('the fetch transport', () => {
  it('posts the bytes below the base, with the headers, and returns the answer', async () => {
    const seen: unknown[] = []
    const base = await serve((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        seen.push(request.method, request.url, request.headers['x-csrftoken'], request.headers['content-type'], [
          ...Buffer.concat(chunks),
        ])
        response.writeHead(200, { 'content-type': 'application/x-protobuf; charset=binary' }).end(Buffer.from([3, 4]))
      })
    })
    const transport = fetchTransport({ base: `${base}/app/`, headers: { 'X-CSRFToken': 'token' } })
    expect([...(await transport.send('/v1/query', new Uint8Array([1, 2]), signal))]).toEqual([3, 4])
    expect(seen).toEqual(['POST', '/app/v1/query', 'token', 'application/x-protobuf', [1, 2]])
  })

  it('rejects with the error that the service encoded, whatever the status', async () => {
    const error = new MagpieError('column-missing', 'No column x', { place: '/data/0', remedy: 'Name another.' })
    await expect(send(await answering(422, 'application/x-protobuf', encodeError(error)))).rejects.toMatchObject({
      code: 'column-missing',
      sentence: error.sentence,
    })
  })

  // Streamlit answers unknown paths with its page and 200
  it.each([
    [200, 'text/html', 'unreachable'],
    [404, 'text/plain', 'unreachable'],
    [502, 'text/html', 'unreachable'],
    [401, 'text/html', 'not-granted'],
    [403, '', 'not-granted'],
    [413, 'text/html', 'too-large'],
    [429, 'text/plain', 'overloaded'],
  ])('takes %i %s for %s, not for an answer', async (status, type, code) => {
    await expect(send(await answering(status, type, '<html>'))).rejects.toMatchObject({ name: 'MagpieError', code })
  })

  it('calls a dead server unreachable', async () => {
    const base = await answering(200, 'application/x-protobuf')
    await stop?.()
    await expect(send(base)).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('calls a request that was given up cancelled', async () => {
    const base = await serve(() => undefined)
    const controller = new AbortController()
    const sent = fetchTransport({ base }).send('/v1/query', new Uint8Array(), controller.signal)
    setTimeout(() => controller.abort(), 20)
    await expect(sent).rejects.toMatchObject({ code: 'cancelled' })
  })
})
