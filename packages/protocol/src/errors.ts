/** Every way in which the service or the client runtime can refuse or fail. */
export type ErrorCode =
  | 'bad-request'
  | 'version-mismatch'
  | 'not-granted'
  | 'table-missing'
  | 'table-invalid'
  | 'column-missing'
  | 'source-unreadable'
  | 'unsupported'
  | 'evaluation-failed'
  | 'too-large'
  | 'overloaded'
  | 'cancelled'
  | 'timeout'
  | 'unreachable'
  | 'stopping'
  | 'internal'

/** The HTTP status that carries each code. A new code without a status does not compile. */
export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  'bad-request': 400,
  'version-mismatch': 409,
  'not-granted': 403,
  'table-missing': 404,
  'table-invalid': 422,
  'column-missing': 422,
  'source-unreadable': 422,
  unsupported: 422,
  'evaluation-failed': 422,
  'too-large': 413,
  overloaded: 503,
  cancelled: 499,
  timeout: 504,
  unreachable: 502,
  stopping: 503,
  internal: 500,
}

/** Codes after which the same request may succeed later, so a chart keeps trying. */
export const RECOVERABLE: ReadonlySet<ErrorCode> = new Set([
  'unreachable',
  'stopping',
  'overloaded',
  'timeout',
  'table-missing',
])

/** An error that names the place (JSON pointer, field or option), the cause and the remedy. */
export class MagpieError extends Error {
  override readonly name = 'MagpieError'
  readonly code: ErrorCode
  readonly place: string
  readonly remedy: string

  constructor(
    code: ErrorCode,
    message: string,
    where: { readonly place?: string; readonly remedy?: string; readonly cause?: unknown } = {},
  ) {
    super(message, where.cause === undefined ? undefined : { cause: where.cause })
    this.code = code
    this.place = where.place ?? ''
    this.remedy = where.remedy ?? ''
  }

  /** One sentence for a reader of the page. */
  get sentence(): string {
    const place = this.place === '' ? '' : ` (${this.place})`
    const remedy = this.remedy === '' ? '' : ` ${this.remedy}`
    return `${this.message}${place}.${remedy}`.replace('..', '.')
  }
}
