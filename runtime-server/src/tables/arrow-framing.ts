import { Message, MessageHeader } from 'apache-arrow'
import { MagpieError } from '@magpie-vega/protocol'

/** Metadata of one message: a schema of ten thousand columns has about 1 MiB. */
const MAX_METADATA_BYTES = 64 * 1024 * 1024
const CONTINUATION = 0xffffffff

/** Follows the bytes of an Arrow IPC stream and says whether they are whole. Holds no more than one message's metadata. */
export interface ArrowFraming {
  /** Throws `table-invalid` as soon as the bytes cannot be a stream. */
  push(chunk: Uint8Array): void
  /** Throws `table-invalid` unless the stream has ended. */
  end(): void
}

type State =
  | { readonly at: 'prefix' | 'metadata'; readonly need: number; have: Buffer[]; held: number }
  | { readonly at: 'body'; left: number }
  | { readonly at: 'end' }

export function arrowFraming(): ArrowFraming {
  let state: State = collecting('prefix', 8)
  let messages = 0
  let total = 0

  const prefix = (bytes: Buffer): State => {
    if (bytes.readUInt32LE(0) !== CONTINUATION)
      throw invalid(messages === 0 ? NOT_ARROW : 'A message does not begin where it should')
    const length = bytes.readInt32LE(4)
    if (length === 0 && messages > 0) return { at: 'end' }
    if (length <= 0 || length > MAX_METADATA_BYTES) throw invalid('A message states an impossible length')
    return collecting('metadata', length)
  }
  const metadata = (bytes: Buffer): State => {
    const { headerType, bodyLength } = readMessage(bytes)
    const expected = messages === 0 ? headerType === MessageHeader.Schema : isBatch(headerType)
    if (!expected) throw invalid(messages === 0 ? NOT_ARROW : 'A message is neither a record batch nor a dictionary')
    messages += 1
    return bodyLength === 0 ? collecting('prefix', 8) : { at: 'body', left: bodyLength }
  }
  const consume = (chunk: Buffer): number => {
    if (state.at === 'end') throw invalid('There are bytes after the end of the stream')
    if (state.at === 'body') {
      const taken = Math.min(state.left, chunk.length)
      state.left -= taken
      if (state.left === 0) state = collecting('prefix', 8)
      return taken
    }
    const part = chunk.subarray(0, state.need - state.held)
    state.have.push(Buffer.from(part))
    state.held += part.length
    if (state.held === state.need) {
      const bytes = Buffer.concat(state.have)
      state = state.at === 'prefix' ? prefix(bytes) : metadata(bytes)
    }
    return part.length
  }

  return {
    push(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      for (let at = 0; at < bytes.length;) at += consume(bytes.subarray(at))
      total += bytes.length
    },
    end() {
      if (state.at === 'end') return
      throw invalid(
        total === 0
          ? 'The body is empty'
          : `The Arrow stream ends too early, after ${total} bytes and ${messages} messages`,
      )
    },
  }
}

const NOT_ARROW = 'The body is not an Arrow IPC stream'

const collecting = (at: 'prefix' | 'metadata', need: number): State => ({ at, need, have: [], held: 0 })

const isBatch = (type: MessageHeader): boolean =>
  type === MessageHeader.RecordBatch || type === MessageHeader.DictionaryBatch

function readMessage(bytes: Buffer): { readonly headerType: MessageHeader; readonly bodyLength: number } {
  try {
    const { headerType, bodyLength } = Message.decode(bytes)
    if (bodyLength >= 0) return { headerType, bodyLength }
  } catch (cause) {
    throw invalid('The metadata of a message is malformed', cause)
  }
  throw invalid('A message states an impossible length')
}

const invalid = (message: string, cause?: unknown): MagpieError =>
  new MagpieError('table-invalid', message, { place: 'body', remedy: 'Send the table again.', cause })
