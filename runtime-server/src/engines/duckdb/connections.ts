import duckdb from '@duckdb/node-bindings'
import { MagpieError } from '@magpie-vega/protocol'
import { createPermits } from '../permits.ts'

export interface Connections {
  /** Gives `work` a connection of its own; when `signal` aborts, the statement that runs on it is interrupted. */
  use<T>(signal: AbortSignal, work: (connection: duckdb.Connection) => Promise<T>): Promise<T>
  close(): void
}

const isInterrupt = (cause: unknown): boolean => cause instanceof Error && cause.message.startsWith('INTERRUPT')

const failure = (cause: unknown, signal: AbortSignal): unknown => {
  if (signal.aborted && isInterrupt(cause)) return new MagpieError('cancelled', 'The request was cancelled', { cause })
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
  return {
    use: (signal, work) =>
      permitted(signal, async () => {
        const connection = idle.pop() ?? (await duckdb.connect(database))
        const interrupt = (): void => duckdb.interrupt(connection)
        signal.addEventListener('abort', interrupt, { once: true })
        try {
          signal.throwIfAborted()
          return await work(connection)
        } catch (cause) {
          throw signal.aborted && !(cause instanceof MagpieError)
            ? new MagpieError('cancelled', 'The request was cancelled', { cause })
            : failure(cause, signal)
        } finally {
          signal.removeEventListener('abort', interrupt)
          idle.push(connection)
        }
      }),
    close: () => {
      for (const connection of idle.splice(0)) duckdb.disconnect_sync(connection)
    },
  }
}
