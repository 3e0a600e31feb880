import type { Readable } from 'node:stream'

/** Uploaded tables on disk: Arrow IPC streams, named by the SHA-256 of their bytes. */
export interface TableStore {
  has(sha256: string): Promise<boolean>
  /** Streams `body` to disk; rejects with `table-invalid` when the bytes do not hash to `sha256`, `too-large` over the limit. */
  put(sha256: string, body: Readable, signal: AbortSignal): Promise<void>
  /** Path of the file; undefined when there is no such table. */
  path(sha256: string): Promise<string | undefined>
}
