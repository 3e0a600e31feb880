import type { IncomingMessage } from 'node:http'
import { MagpieError } from '@magpie-vega/protocol'
import { readGrants } from '../grants.ts'
import type { TableStore } from '../table-store.ts'
import { empty } from './answer.ts'
import type { Answer } from './answer.ts'

/** `PUT` and `HEAD /v1/tables/{sha256}`, for holders of a grant with `write`. */
export interface TableRoutes {
  /**
   * 201 when the table is new, 200 when it was there already; 202 when a file is taken and still being checked, for who would
   * rather not wait for that (`Prefer: respond-async`, RFC 7240): queries do.
   */
  put(sha256: string, request: IncomingMessage, signal: AbortSignal): Promise<Answer>
  /** 200 when the table is there, 404 when not. */
  head(sha256: string, request: IncomingMessage): Promise<Answer>
}

export interface TableRouteParts {
  readonly tables: TableStore
  readonly secret: string
  readonly maxTableBytes: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly onUpload: (outcome: 'accepted' | 'deduplicated') => void
}

/** Instead of a body: the path of a file with the table's bytes, percent-encoded, on a disk that the service shares. */
const FILE_HEADER = 'magpie-file'

export function createTableRoutes({ tables, secret, maxTableBytes, now, onUpload }: TableRouteParts): TableRoutes {
  const check = (sha256: string, request: IncomingMessage): void => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) {
      throw new MagpieError('bad-request', 'A table is named by its SHA-256 in lower-case hexadecimal', {
        place: 'path',
      })
    }
    if (!readGrants(secret, bearerTokens(request), now() / 1000).write(sha256)) {
      throw new MagpieError('not-granted', 'The grant does not allow to upload this table', { place: 'Authorization' })
    }
  }
  return {
    put: async (sha256, request, signal) => {
      check(sha256, request)
      if (Number(request.headers['content-length'] ?? 0) > maxTableBytes) {
        throw new MagpieError('too-large', `The table is larger than ${maxTableBytes} bytes`, {
          place: 'maxTableBytes',
          remedy: 'Aggregate or filter the data first, or raise maxTableBytes of the service.',
        })
      }
      const file = request.headers[FILE_HEADER]
      const outcome =
        typeof file !== 'string'
          ? await tables.put(sha256, request, signal)
          : prefersEarly(request)
            ? await tables.adoptEarly(sha256, pathOf(file))
            : await tables.adopt(sha256, pathOf(file), signal)
      onUpload(outcome === 'present' ? 'deduplicated' : 'accepted')
      return empty(STATUS[outcome])
    },
    head: async (sha256, request) => {
      check(sha256, request)
      const present = await tables.has(sha256)
      if (present) onUpload('deduplicated')
      return empty(present ? 200 : 404)
    },
  }
}

const STATUS = { present: 200, stored: 201, checking: 202 } as const

const prefersEarly = ({ headers }: IncomingMessage): boolean =>
  [headers['prefer'] ?? []].flat().some((header) => /(^|,)\s*respond-async\s*(,|;|$)/i.test(header))

function pathOf(file: string): string {
  try {
    return decodeURIComponent(file)
  } catch (cause) {
    throw new MagpieError('bad-request', 'The path is not percent-encoded', { place: FILE_HEADER, cause })
  }
}

function bearerTokens(request: IncomingMessage): readonly string[] {
  const match = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')
  if (match?.[1] !== undefined) return [match[1]]
  throw new MagpieError('not-granted', 'There is no grant', {
    place: 'Authorization',
    remedy: 'Send Authorization: Bearer <grant>.',
  })
}
