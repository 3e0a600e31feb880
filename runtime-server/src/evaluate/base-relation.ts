import type { TaskId } from '@magpie-vega/protocol'
import { tableBytes } from '../arrow/table.ts'
import type { LoadedTable } from '../engines/engine.ts'
import { baseTable } from './base-table.ts'
import { withFile } from './file-base.ts'
import { columnsKey, columnsRead, type Context, fingerprintOf, type Parts, rowsKey, type Values } from './context.ts'

/** Loaded rows up to this size are kept in memory as well. */
const KEPT_BYTES = 2 ** 24

/** Gives `work` the rows of a task that is no transform, as a relation with the columns that the request reads. */
export const withBase = <R>(
  base: TaskId,
  context: Context,
  parts: Parts,
  values: Values,
  signal: AbortSignal,
  work: (loaded: LoadedTable) => Promise<R>,
): Promise<R> =>
  withFile(base, columnsRead(context, base), context, parts, signal, work, (forNow) =>
    inMemory(base, context, parts, values, signal, (loaded) => work(forNow ? { ...loaded, forNow } : loaded)),
  )

const inMemory = <R>(
  base: TaskId,
  context: Context,
  parts: Parts,
  values: Values,
  signal: AbortSignal,
  work: (loaded: LoadedTable) => Promise<R>,
): Promise<R> => {
  const fingerprint = fingerprintOf(context, base)
  const columns = parts.loads.covering(fingerprint, columnsRead(context, base))
  const load = async (within: AbortSignal) => {
    const table = await baseTable(context, base, columns, parts, values, within)
    const bytes = tableBytes(table)
    // Vega may need the rows too: few are kept, many are rather read again.
    const keep = bytes <= KEPT_BYTES ? rowsKey(context, base, columns) : undefined
    if (keep !== undefined) await parts.cache.getOrCompute(keep, async () => ({ value: table, bytes }), within)
    const loaded = await parts.engine.load(table, within)
    parts.loads.remember(fingerprint, columns)
    return { value: loaded, bytes: loaded.bytes, dispose: () => void loaded.drop().catch(() => undefined) }
  }
  return parts.cache.use(`relation/${fingerprint}/${columnsKey(columns)}`, load, signal, work)
}
