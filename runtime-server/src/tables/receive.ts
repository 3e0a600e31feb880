import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MagpieError } from '@magpie-vega/protocol'
import { reasonOf } from '../cancellation.ts'
import { arrowFraming } from './arrow-framing.ts'

export type Bytes = AsyncIterable<Buffer>

/** Writes the body to `target`, checking it on the way: that it is a whole Arrow stream of this hash, and no longer than allowed; its size. */
export async function receive(
  body: Bytes,
  target: Writable,
  sha256: string,
  limit: number,
  signal: AbortSignal,
): Promise<number> {
  const hash = createHash('sha256')
  const framing = arrowFraming()
  let size = 0
  const check = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > limit) throw tooLarge(limit)
      framing.push(chunk)
      hash.update(chunk)
      yield chunk
    }
    framing.end()
  }
  try {
    await pipeline(body, check, target, { signal })
  } catch (error) {
    throw signal.aborted ? reasonOf(signal) : uploadError(error)
  }
  if (hash.digest('hex') === sha256) return size
  throw new MagpieError('table-invalid', 'The bytes do not hash to the name of the table', {
    place: sha256,
    remedy: 'Send the table again.',
  })
}

/** Bytes of a file that are hashed between two turns of the event loop. */
const READ_BYTES = 2 ** 20

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })

/** The same for a file that is there already. */
export const checkFile = (file: string, sha256: string, limit: number, signal: AbortSignal): Promise<number> =>
  receive(createReadStream(file, { highWaterMark: READ_BYTES }), nowhere(), sha256, limit, signal)

export const tooLarge = (limit: number): MagpieError =>
  new MagpieError('too-large', `The table is larger than ${limit} bytes`, {
    place: 'maxTableBytes',
    remedy: 'Aggregate or filter the data first, or raise maxTableBytes and maxTablesBytes of the service.',
  })

function uploadError(error: unknown): MagpieError {
  if (error instanceof MagpieError) return error
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new MagpieError('overloaded', 'The disk of the service is full', {
      place: 'dataDir',
      remedy: 'Free space, or lower maxTablesBytes.',
      cause: error,
    })
  }
  return new MagpieError('table-invalid', 'The upload broke off', {
    place: 'body',
    remedy: 'Send the table again.',
    cause: error,
  })
}
