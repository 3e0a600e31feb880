import { decodeError, MagpieError } from '@magpie-vega/protocol'
import type { ErrorCode } from '@magpie-vega/protocol'
import type { Transport } from './transport.ts'

/** The media type of requests and answers. */
export const CONTENT_TYPE = 'application/x-protobuf'

export interface FetchOptions {
  /** What comes before the path: empty for the page's own origin, a base path, or the URL of a service. Default: empty. */
  readonly base?: string
  /** Extra headers, such as a CSRF token. */
  readonly headers?: Readonly<Record<string, string>>
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch
}

const REFUSALS: Readonly<Record<number, readonly [ErrorCode, string, string]>> = {
  401: [
    'not-granted',
    'The app wants a login before it carries the chart’s request',
    'Log in again and reload the page.',
  ],
  403: ['not-granted', 'The app refused to carry the chart’s request', 'Log in again and reload the page.'],
  413: [
    'too-large',
    'The chart’s request is larger than the app lets through',
    'Raise the size limit of the app or its proxy.',
  ],
  429: ['overloaded', 'The app answers too many requests', 'The chart tries again by itself.'],
}

const notTheService = (url: string, response: Response, type: string): MagpieError => {
  const refusal = REFUSALS[response.status]
  if (refusal !== undefined) return new MagpieError(refusal[0], refusal[1], { place: url, remedy: refusal[2] })
  if (response.status >= 500)
    return new MagpieError(
      'unreachable',
      `The app could not reach the runtime service and answered HTTP ${response.status}`,
      {
        place: url,
        remedy: 'The chart tries again by itself; is the service running?',
      },
    )
  return new MagpieError(
    'unreachable',
    `Something other than the runtime service answered: HTTP ${response.status}, ${type === '' ? 'no content type' : type}`,
    {
      place: url,
      remedy: 'Check that the app passes these requests on to the service.',
    },
  )
}

/**
 * Requests by HTTP POST, to the page's own origin or to `base`. An answer of the wrong content type is not the service's,
 * whatever its status: Streamlit, for one, answers unknown paths with its page and 200.
 */
export const fetchTransport = (options: FetchOptions = {}): Transport => ({
  send: async (path, body, signal) => {
    const url = `${(options.base ?? '').replace(/\/+$/, '')}${path}`
    const request = options.fetch ?? globalThis.fetch
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { ...options.headers, 'content-type': CONTENT_TYPE, accept: CONTENT_TYPE },
        body: new Uint8Array(body),
        credentials: 'same-origin',
        signal,
      })
      const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''
      if (type !== CONTENT_TYPE) throw notTheService(url, response, type)
      const bytes = new Uint8Array(await response.arrayBuffer())
      if (!response.ok) throw decodeError(bytes)
      return bytes
    } catch (cause) {
      if (cause instanceof MagpieError) throw cause
      if (signal.aborted) throw new MagpieError('cancelled', 'The request was superseded', { cause })
      throw new MagpieError('unreachable', 'The runtime service cannot be reached', {
        place: url,
        remedy: 'The chart tries again by itself.',
        cause,
      })
    }
  },
})
