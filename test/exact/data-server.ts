import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'

/** How the corpus writes the address of a vega-datasets file; the first group is the file's name. */
const ADDRESS =
  /^(?:(?:https?:\/\/cdn\.jsdelivr\.net\/npm\/vega-datasets(?:@[^/]+)?|https?:\/\/vega\.github\.io\/(?:vega-datasets|vega-lite|vega|editor)|https?:\/\/raw\.githubusercontent\.com\/vega\/vega-datasets\/[^/]+)\/)?data\/([^?#]+)/

const signalOf = (url: unknown): string | undefined =>
  typeof url === 'object' && url !== null && 'signal' in url && typeof url.signal === 'string' ? url.signal : undefined

/** Serves a folder of data sets on loopback, so that Vega and the service load the very same bytes over real HTTP. */
export class DataServer {
  readonly #server: Server
  readonly folder: string

  private constructor(server: Server, folder: string) {
    this.#server = server
    this.folder = folder
  }

  static async start(folder: string): Promise<DataServer> {
    const server = createServer((request, response) => {
      const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname))
      readFile(join(folder, path.replace(/^\/data\//, '/'))).then(
        (body) => response.writeHead(200, { 'content-length': body.length }).end(body),
        () => response.writeHead(404).end(),
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new DataServer(server, folder)
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  /** The file that an address of the corpus stands for; undefined when the folder does not hold it. */
  file(address: string): string | undefined {
    const own = address.startsWith(this.base) ? address.slice(this.base.length).replace(/^data\//, '') : undefined
    const name = own ?? ADDRESS.exec(address)?.[1]
    if (name === undefined) return undefined
    const path = join(this.folder, decodeURIComponent(name))
    return existsSync(path) ? path : undefined
  }

  /** The spec with every data URL of the corpus pointing to this server, and those URLs; the folder, for a URL from a signal. */
  localise(spec: Record<string, unknown>): { spec: Record<string, unknown>; urls: string[] } {
    const urls = new Set<string>()
    const visit = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(visit)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value).map(([key, child]) => [
          key,
          key === 'data' && Array.isArray(child) ? child.map(dataSet) : visit(child),
        ]),
      )
    }
    const dataSet = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null || !('url' in value)) return value
      if (typeof value.url !== 'string') {
        const text = signalOf(value.url)
        if (text === undefined) return value
        urls.add(this.base)
        const url = { signal: `(test(/^data\\//, ${text}) ? '${this.base}' : '') + (${text})` }
        return { ...value, url }
      }
      const name = ADDRESS.exec(value.url)?.[1]
      if (name === undefined || !existsSync(join(this.folder, name))) return value
      const url = this.base + name
      urls.add(url)
      return { ...value, url }
    }
    return { spec: visit(spec) as Record<string, unknown>, urls: [...urls] }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
