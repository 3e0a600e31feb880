import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Loader } from 'vega'
import { fetchTransport, type Transport } from '@magpie-vega/client-runtime'
import type { DataServer } from '../../exact/data-server.ts'
import { fileLoader } from '../../exact/file-loader.ts'

/** Bytes that a page receives and sends, as they are and each message compressed by gzip. */
export interface Bytes {
  readonly plain: number
  readonly gzip: number
}

export const NO_BYTES: Bytes = { plain: 0, gzip: 0 }

export const added = (list: readonly Bytes[]): Bytes =>
  list.reduce((sum, { plain, gzip }) => ({ plain: sum.plain + plain, gzip: sum.gzip + gzip }), NO_BYTES)

export const bytesOf = (message: Uint8Array): Bytes => ({
  plain: message.byteLength,
  gzip: gzipSync(message).byteLength,
})

export const textBytes = (text: string): Bytes => bytesOf(Buffer.from(text, 'utf8'))

const files = new Map<string, Bytes>()

const fileBytes = (path: string): Bytes => {
  const known = files.get(path)
  if (known !== undefined) return known
  const bytes = bytesOf(readFileSync(path))
  files.set(path, bytes)
  return bytes
}

/** A loader of the data sets that keeps account of what it read. A file is read over the network once: browsers keep it. */
export const countedLoader = (data: DataServer): { readonly loader: Loader; readonly bytes: () => Bytes } => {
  const read = new Set<string>()
  const loader = fileLoader(data)
  const load: Loader['load'] = (uri, options) => {
    const path = data.file(uri)
    if (path !== undefined) read.add(path)
    return loader.load(uri, options)
  }
  return {
    loader: { ...loader, load, http: load, file: load } as unknown as Loader,
    bytes: () => added([...read].map(fileBytes)),
  }
}

/** HTTP to a service that keeps account of requests and answers. */
export const countedTransport = (
  base: string,
): { readonly transport: Transport; readonly bytes: () => Bytes; readonly requests: () => number } => {
  const http = fetchTransport({ base })
  const seen: Bytes[] = []
  let requests = 0
  return {
    transport: {
      send: async (path, body, signal) => {
        requests += 1
        seen.push(bytesOf(body))
        const answer = await http.send(path, body, signal)
        seen.push(bytesOf(answer))
        return answer
      },
    },
    bytes: () => added(seen),
    requests: () => requests,
  }
}
