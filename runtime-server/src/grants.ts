import { createHmac, timingSafeEqual } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { MagpieError } from '@magpie-vega/protocol'
import { recent } from '@magpie-vega/dataflow'

/** What the holder of a set of grants may read. */
export interface Access {
  table(sha256: string): boolean
  /** Also says yes to a URL that names a granted file: `file:` or an absolute path. */
  url(url: string): boolean
}

/** What the holder of a set of grants may upload, besides what it may read. */
export interface Granted extends Access {
  write(sha256: string): boolean
}

/**
 * A grant is the text `payload.mac`, both base64url without padding:
 *
 * - `payload`: UTF-8 JSON of this type;
 * - `mac`: HMAC-SHA256 over the ASCII bytes of the first part as it stands, keyed with the UTF-8 bytes of the secret.
 *
 * An entry of `urls` or `files` that ends in `/` stands for everything below it; any other stands for itself, compared as
 * text. Grants add up. A grant says nothing about what the service itself may open: `files` of the configuration bounds that.
 */
export interface GrantPayload {
  readonly v: 1
  /** SHA-256 of tables that may be read. */
  readonly tables?: readonly string[]
  /** URLs that may be read, exactly as the spec writes them. */
  readonly urls?: readonly string[]
  /** Absolute paths that may be read. */
  readonly files?: readonly string[]
  /** SHA-256 of tables that may be uploaded; true for any. */
  readonly write?: readonly string[] | true
  /** When the grant ends, in seconds since the epoch; absent: never. */
  readonly exp?: number
}

const REMEDY = 'Reload the page; if that does not help, check that the app and the service share one secret.'

/** Signs a payload. The Python client does the same. */
export function mintGrant(secret: string, payload: GrantPayload): string {
  const body = Buffer.from(JSON.stringify(payload), 'utf8').toString('base64url')
  return `${body}.${mac(secret, body).toString('base64url')}`
}

/** Checks grants and adds them up; throws `not-granted`, naming the cause, when one of them is not valid. */
export const readGrants = (secret: string, tokens: readonly string[], nowSeconds: number): Granted =>
  inTime(addUp(tokens.map((token) => verify(secret, token))), nowSeconds)

/** Sets of grants that are remembered once checked, and the length of the longest of them. */
const REMEMBERED = 1000
const MAX_LENGTH = 8192

/** `readGrants` for one secret: what was checked before is only asked whether it has expired. */
export function createGrantReader(secret: string): (tokens: readonly string[], nowSeconds: number) => Granted {
  const known = recent<Signed>(REMEMBERED)
  return (tokens, nowSeconds) => {
    const key = `${tokens.length} ${tokens.join(' ')}`
    const check = (): Signed => addUp(tokens.map((token) => verify(secret, token)))
    const signed = key.length > MAX_LENGTH ? check() : known(key, check)
    return inTime(signed, nowSeconds)
  }
}

/** What grants allow, and the end of the one that ends first. */
interface Signed {
  readonly granted: Granted
  readonly expires: number
}

function addUp(payloads: readonly GrantPayload[]): Signed {
  const tables = new Set(payloads.flatMap(({ tables }) => tables ?? []))
  const urls = matcher(payloads.flatMap(({ urls }) => urls ?? []))
  const files = matcher(payloads.flatMap(({ files }) => files ?? []))
  const writes = new Set(payloads.flatMap(({ write }) => (write === true ? [] : (write ?? []))))
  const writesAny = payloads.some(({ write }) => write === true)
  return {
    granted: {
      table: (sha256) => tables.has(sha256),
      url: (url) => urls(url) || files(pathOf(url)),
      write: (sha256) => writesAny || writes.has(sha256),
    },
    expires: Math.min(...payloads.map(({ exp }) => exp ?? Infinity)),
  }
}

function inTime({ granted, expires }: Signed, nowSeconds: number): Granted {
  if (expires <= nowSeconds) throw refused('A grant has expired')
  return granted
}

const mac = (secret: string, body: string): Buffer => createHmac('sha256', secret).update(body, 'ascii').digest()

/** The payload of a grant that is signed; it may have expired. */
function verify(secret: string, token: string): GrantPayload {
  const [body = '', signature = '', ...rest] = token.split('.')
  if (body === '' || signature === '' || rest.length > 0) throw refused('A grant is not of the form payload.mac')
  const expected = mac(secret, body)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw refused('A grant is not signed with the secret of this service')
  }
  return parsePayload(body)
}

function parsePayload(body: string): GrantPayload {
  let payload: unknown
  try {
    payload = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
  } catch (cause) {
    throw refused('The payload of a grant is not JSON', cause)
  }
  if (typeof payload !== 'object' || payload === null || !('v' in payload))
    throw refused('The payload of a grant has no version')
  if (payload.v !== 1) throw refused(`A grant has version ${String(payload.v)}; this service reads version 1`)
  if (!isPayload(payload)) throw refused('The payload of a grant is malformed')
  return payload
}

function isPayload(payload: object): payload is GrantPayload {
  const { tables, urls, files, write, exp }: Readonly<Record<string, unknown>> = { ...payload }
  const lists = [tables, urls, files, write === true ? undefined : write]
  return lists.every((list) => list === undefined || isTexts(list)) && (exp === undefined || typeof exp === 'number')
}

const isTexts = (list: unknown): boolean => Array.isArray(list) && list.every((item) => typeof item === 'string')

function matcher(entries: readonly string[]): (text: string | undefined) => boolean {
  const exact = new Set(entries)
  const below = entries.filter((entry) => entry.endsWith('/'))
  return (text) =>
    text !== undefined && (exact.has(text) || (!climbs(text) && below.some((entry) => text.startsWith(entry))))
}

/** Whether a path goes up again, in any spelling. */
const climbs = (text: string): boolean => /(^|[/\\])(\.|%2e){2}([/\\?#]|$)/i.test(text.replace(/%2f|%5c/gi, '/'))

/** The absolute path that a URL names; undefined when it names none. */
function pathOf(url: string): string | undefined {
  if (url.startsWith('/')) return url
  if (!url.startsWith('file:')) return undefined
  try {
    return fileURLToPath(url)
  } catch {
    return undefined
  }
}

const refused = (message: string, cause?: unknown): MagpieError =>
  new MagpieError('not-granted', message, { place: 'grants', remedy: REMEDY, cause })
