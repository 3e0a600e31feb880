import { questionOf } from '@magpie-vega/protocol'
import type { TaskGraph, Wanted } from '@magpie-vega/protocol'
import type { Cache } from './cache.ts'
import { dependencies, taskAt } from './evaluate/graph.ts'
import type { Access } from './grants.ts'
import type { GraphStore, KnownGraph } from './graph-store.ts'
import type { TableStore } from './table-store.ts'

/** Requests and answers up to this size are remembered: of larger ones, sending them is what takes time. */
const MAX_BYTES = 65_536

/** Encoded answers by the bytes of their requests, so that what was asked before need not be understood again. */
export interface Recall {
  /** The answer to an encoded request; undefined where it is not known, or not to be given as it is. */
  find(request: Uint8Array): Uint8Array | undefined
  /** This is, and stays, the answer to that request. Does nothing when it may change. */
  remember(request: Uint8Array, known: KnownGraph, wanted: readonly Wanted[], answer: Uint8Array): void
}

export interface RecallParts {
  readonly cache: Cache
  readonly graphs: GraphStore
  readonly tables: TableStore
  /** Checks grants, as of now; throws when one of them is not valid. */
  readonly access: (grants: readonly string[]) => Access
}

interface Remembered {
  readonly answer: Uint8Array
  readonly hash: Uint8Array
  /** What the holder of the grants must be allowed to read, and the service must still have. */
  readonly tables: readonly string[]
}

export function createRecall({ cache, graphs, tables, access }: RecallParts): Recall {
  const mayRead = (names: readonly string[], grants: readonly string[]): boolean => {
    try {
      const granted = access(grants)
      return names.every((name) => granted.table(name) && tables.holds(name))
    } catch {
      // Who asks in the usual way is told what is wrong with them.
      return false
    }
  }
  return {
    find: (request) => {
      if (request.length > MAX_BYTES) return undefined
      const question = questionOf(request)
      if (question === undefined) return undefined
      const known = cache.recall<Remembered>(keyOf(question.asked))
      if (known === undefined || graphs.find(known.hash) === undefined) return undefined
      return mayRead(known.tables, question.grants) ? known.answer : undefined
    },
    remember: (request, { graph, hash }, wanted, answer) => {
      if (request.length + answer.length > MAX_BYTES) return
      const question = questionOf(request)
      const read = tablesRead(graph, wanted)
      if (question === undefined || read === undefined) return
      const key = keyOf(question.asked)
      const value: Remembered = { answer, hash, tables: read }
      const bytes = key.length + answer.length + 64 * (read.length + 4)
      cache.keep(key, { value, bytes })
    },
  }
}

const keyOf = ({ buffer, byteOffset, length }: Uint8Array): string =>
  `answers/${Buffer.from(buffer, byteOffset, length).toString('latin1')}`

/** The tables that values depend on; undefined when they depend on something that may change, too. */
function tablesRead(graph: TaskGraph, wanted: readonly Wanted[]): readonly string[] | undefined {
  const tasks = new Set(wanted.flatMap(({ task }) => [...dependencies(graph, task)]))
  const origins = [...tasks].flatMap((id) => {
    const task = taskAt(graph, id)
    return task.kind === 'source' ? [task.from] : []
  })
  if (origins.some(({ kind }) => kind === 'url' || kind === 'url-of')) return undefined
  return [...new Set(origins.flatMap((from) => (from.kind === 'table' ? [from.sha256] : [])))]
}
