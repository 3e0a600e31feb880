import type { IncomingMessage } from 'node:http'
import { MagpieError } from '@magpie-vega/protocol'
import { cancellation } from '../cancellation.ts'
import { PROTOBUF } from './answer.ts'

/**
 * The whole body of a request; throws `too-large` over the limit, before reading when the length is stated, and `bad-request`
 * when it is not protobuf. The connection stays usable, so that the error can be sent.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  if (!isProtobuf(request.headers['content-type'] ?? ''))
    return Promise.reject(new MagpieError('bad-request', `The body must be ${PROTOBUF}`, { place: 'Content-Type' }))
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(tooLarge(maxBytes))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const take = (chunk: Buffer): void => {
      size += chunk.length
      if (size <= maxBytes) return void chunks.push(chunk)
      request.off('data', take).pause()
      reject(tooLarge(maxBytes))
    }
    const leave = (): void => {
      if (!request.complete) reject(cancellation())
    }
    request.on('data', take)
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)))
    request.on('error', leave)
    request.on('close', leave)
  })
}

const isProtobuf = (type: string): boolean => type === PROTOBUF || type.split(';')[0]?.trim().toLowerCase() === PROTOBUF

const tooLarge = (maxBytes: number): MagpieError =>
  new MagpieError('too-large', `The body is larger than ${maxBytes} bytes`, {
    place: 'maxBodyBytes',
    remedy: 'Send less inline data, or raise maxBodyBytes of the service.',
  })
