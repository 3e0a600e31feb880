import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loader, type Loader } from 'vega'

const DATA = fileURLToPath(new URL('../../../../node_modules/vega-datasets/data', import.meta.url))
const URLS =
  /^(?:(?:https?:\/\/cdn\.jsdelivr\.net\/npm\/vega-datasets(?:@[^/]+)?|https?:\/\/vega\.github\.io\/(?:vega-datasets|vega-lite|vega|editor)|https?:\/\/raw\.githubusercontent\.com\/vega\/vega-datasets\/[^/]+)\/)?data\/([^?#]+)/

/** Reads the data URLs of the corpus from the npm package `vega-datasets`. */
export const LOADER: Loader = Object.assign(loader(), {
  sanitize: (href: string) => Promise.resolve({ href }),
  load: async (url: string, options?: { readonly response?: string }): Promise<unknown> => {
    const name = URLS.exec(url)?.[1]
    if (name === undefined) throw new Error(`no such data: ${url}`)
    const bytes = await readFile(join(DATA, name))
    return options?.response === 'arrayBuffer'
      ? bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
      : bytes.toString('utf8')
  },
}) as unknown as Loader
