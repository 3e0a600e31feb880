import { readFile } from 'node:fs/promises'
import type { Loader } from 'vega'
import type { DataServer } from './data-server.ts'

/** A Vega loader that reads the corpus' data sets from disk and refuses everything else. */
export function fileLoader(data: DataServer): Loader {
  const load = async (uri: string, options?: { readonly response?: string }): Promise<unknown> => {
    const path = data.file(uri)
    if (path === undefined) throw new Error(`no such data set: ${uri}`)
    const bytes = await readFile(path)
    return options?.response?.toLowerCase() === 'arraybuffer'
      ? bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
      : bytes.toString('utf8')
  }
  return {
    load,
    sanitize: (uri: string) => Promise.resolve({ href: uri }),
    http: load,
    file: load,
  } as unknown as Loader
}
