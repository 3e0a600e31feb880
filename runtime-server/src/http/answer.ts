import { encodeError, HTTP_STATUS, MagpieError } from '@magpie-vega/protocol'

/** What a route answers; bytes and headers, nothing of the connection. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export const PROTOBUF = 'application/x-protobuf'

export const protobuf = (body: Uint8Array, status = 200): Answer => ({
  status,
  headers: { 'content-type': PROTOBUF, 'cache-control': 'no-store' },
  body,
})

export const plain = (text: string, type: string): Answer => ({
  status: 200,
  headers: { 'content-type': type, 'cache-control': 'no-store' },
  body: Buffer.from(text, 'utf8'),
})

export const empty = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  body: new Uint8Array(),
})

/** The answer of a failed request: always an encoded error; its status is the code's unless HTTP has a better one. */
export const failure = (error: MagpieError, status = HTTP_STATUS[error.code]): Answer =>
  protobuf(encodeError(error), status)

/** Anything thrown, as a MagpieError; what is none is a defect of the service, and its details are for the log only. */
export const asMagpieError = (error: unknown): MagpieError =>
  error instanceof MagpieError
    ? error
    : new MagpieError('internal', 'The service failed', { remedy: "The cause is in the service's log.", cause: error })
