import type { IncomingMessage } from 'node:http'
import { MagpieError } from '@magpie-vega/protocol'
import { PROTOBUF } from './answer.ts'

/**
 * The whole body of a request; throws `too-large` over the limit, before reading when the length is stated, and `bad-request`
 * when it is not protobuf. The connection stays usable, so that the error can be sent.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const [type] = (request.headers['content-type'] ?? '').split(';')
  if (type?.trim().toLowerCase() !== PROTOBUF) {
    throw new MagpieError('bad-request', `The body must be ${PROTOBUF}`, { place: 'Content-Type' })
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

const tooLarge = (maxBytes: number): MagpieError =>
  new MagpieError('too-large', `The body is larger than ${maxBytes} bytes`, {
    place: 'maxBodyBytes',
    remedy: 'Send less inline data, or raise maxBodyBytes of the service.',
  })
