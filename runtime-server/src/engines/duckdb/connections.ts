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
  const busy = new Map<duckdb.Connection, Promise<unknown>>()
  let closed = false

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

  return {
    use: (signal, work) =>
      permitted(signal, async () => {
        if (closed) throw new MagpieError('stopping', 'The service is stopping')
        const connection = idle.pop() ?? (await duckdb.connect(database))
        const running = run(connection, signal, work)
        busy.set(connection, running)
        try {
          return await running
        } finally {
          busy.delete(connection)
          idle.push(connection)
        }
      }),
    close: async () => {
      closed = true
      for (const connection of busy.keys()) duckdb.interrupt(connection)
      await Promise.allSettled(busy.values())
      for (const connection of idle.splice(0)) duckdb.disconnect_sync(connection)
    },
  }
}
