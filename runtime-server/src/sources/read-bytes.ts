import { MagpieError } from '@magpie-vega/protocol'
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { Location } from './locate.ts'

const describe = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

const tooLarge = (url: string, maxBytes: number): MagpieError =>
  new MagpieError('too-large', `The data is larger than ${Math.floor(maxBytes / 1_000_000)} MB`, {
    place: url,
    remedy: 'Raise the limit of the service, or hand the data over as a frame.',
  })

const download = async (url: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> => {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > maxBytes) throw tooLarge(url, maxBytes)
    parts.push(part)
  }
  return Buffer.concat(parts, size)
}

const readLocal = async (path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> => {
  if ((await stat(path)).size > maxBytes) throw tooLarge(path, maxBytes)
  return readFile(path, { signal })
}

/** The bytes at a location. Throws `source-unreadable`, `too-large` or `cancelled`. */
export const readBytes = async (location: Location, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> => {
  try {
    return location.kind === 'http'
      ? await download(location.url, maxBytes, signal)
      : await readLocal(location.path, maxBytes, signal)
  } catch (cause) {
    if (cause instanceof MagpieError) throw cause
    if (signal.aborted) throw new MagpieError('cancelled', 'The request was cancelled', { cause })
    throw new MagpieError('source-unreadable', `The data cannot be read: ${describe(cause)}`, {
      place: location.kind === 'http' ? location.url : location.path,
      remedy: 'Check that the service can reach it.',
      cause,
    })
  }
}

export const contentHash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Changes when the file does. */
export const fileVersion = async (path: string): Promise<string> => {
  const { mtimeMs, size, ino } = await stat(path)
  return `${mtimeMs}-${size}-${ino}`
}
