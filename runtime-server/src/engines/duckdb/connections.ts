import duckdb from '@duckdb/node-bindings'
import { MagpieError } from '@magpie-vega/protocol'
import { createPermits } from '../permits.ts'

type Work<T> = (connection: duckdb.Connection) => Promise<T>

export interface Connections {
  /** Gives `work` a connection of its own; when `signal` aborts, the statement that runs on it is interrupted. */
  use<T>(signal: AbortSignal, work: Work<T>): Promise<T>
  /** Interrupts what runs, and takes nothing more. */
  close(): Promise<void>
}

const failure = (cause: unknown, signal: AbortSignal): unknown => {
  if (signal.aborted) return new MagpieError('cancelled', 'The request was cancelled', { cause })
  if (cause instanceof MagpieError || !(cause instanceof Error)) return cause
  if (cause.message.startsWith('Out of Memory')) {
    return new MagpieError('too-large', 'The query needs more memory than the engine may use', {
      remedy: 'Raise the memory limit of the service, or aggregate over fewer groups.',
      cause,
    })
  }
  return new MagpieError('internal', `The engine could not run a query: ${cause.message}`, { cause })
}

/** Connections to one database. `interrupt` names no query, so a connection serves one work at a time. */
export const createConnections = (database: duckdb.Database, limit: number): Connections => {
  const permitted = createPermits(limit)
  const idle: duckdb.Connection[] = []
  const busy = new Set<duckdb.Connection>()
  const works = new Set<Promise<unknown>>()
  let closed = false
  const stopping = (): MagpieError => new MagpieError('stopping', 'The service is stopping')

  const run = async <T>(connection: duckdb.Connection, signal: AbortSignal, work: Work<T>): Promise<T> => {
    const interrupt = (): void => duckdb.interrupt(connection)
    signal.addEventListener('abort', interrupt, { once: true })
    try {
      signal.throwIfAborted()
      return await work(connection)
    } catch (cause) {
      throw failure(cause, signal)
    } finally {
      signal.removeEventListener('abort', interrupt)
    }
  }

  const connected = async <T>(signal: AbortSignal, work: Work<T>): Promise<T> => {
    const connection = idle.pop() ?? (await duckdb.connect(database))
    busy.add(connection)
    try {
      if (closed) throw stopping()
      return await run(connection, signal, work)
    } finally {
      busy.delete(connection)
      idle.push(connection)
    }
  }

  return {
    use: (signal, work) =>
      permitted(signal, async () => {
        if (closed) throw stopping()
        const running = connected(signal, work)
        works.add(running)
        try {
          return await running
        } finally {
          works.delete(running)
        }
      }),
    close: async () => {
      closed = true
      for (const connection of busy) duckdb.interrupt(connection)
      // Also those that are still connecting: the database must not go before them.
      await Promise.allSettled(works)
      for (const connection of idle.splice(0)) duckdb.disconnect_sync(connection)
    },
  }
}
