import { createHash } from 'node:crypto'
import { encodeTaskGraph } from '@magpie-vega/protocol'
import type { TaskGraph } from '@magpie-vega/protocol'
import { checkDepth } from './graph-depth.ts'

export interface KnownGraph {
  readonly graph: TaskGraph
  /** SHA-256 of the graph, as the service gives it to clients. */
  readonly hash: Uint8Array
}

/** Task graphs by their hash, so that a client sends each only once. Bounded; the least recently used is forgotten. */
export interface GraphStore {
  add(graph: TaskGraph): KnownGraph
  find(hash: Uint8Array): KnownGraph | undefined
}

/** `maxBytes` counts the graphs as they are encoded. */
export function createGraphStore(options: { readonly maxBytes: number }): GraphStore {
  const known = new Map<string, { readonly entry: KnownGraph; readonly size: number }>()
  let bytes = 0

  const remember = (key: string, entry: KnownGraph, size: number): void => {
    known.set(key, { entry, size })
    bytes += size
    for (const [oldest, { size: freed }] of known) {
      if (bytes <= options.maxBytes) return
      known.delete(oldest)
      bytes -= freed
    }
  }
  const find = (key: string): KnownGraph | undefined => {
    const found = known.get(key)
    if (found === undefined) return undefined
    known.delete(key)
    known.set(key, found)
    return found.entry
  }

  return {
    add: (graph) => {
      checkDepth(graph)
      const encoded = encodeTaskGraph(graph)
      const hash = createHash('sha256').update(encoded).digest()
      const key = hash.toString('latin1')
      const found = find(key)
      if (found !== undefined) return found
      const entry = { graph, hash }
      remember(key, entry, encoded.length)
      return entry
    },
    find: (hash) => find(Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString('latin1')),
  }
}
