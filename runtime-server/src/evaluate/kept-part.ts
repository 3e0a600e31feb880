import type { Reason, Relation } from '@magpie-vega/dataflow'
import type { LoadedTable } from '../engines/engine.ts'
import { columnsKey, type Context, fingerprintOf, type Parts } from './context.ts'
import type { StaticPart } from './static-part.ts'

/** Bytes of a row's column in a kept table, about. */
const CELL_BYTES = 10

/** The part in SQL, and why it may not be whole. */
interface Compiled {
  readonly relation: Relation
  readonly reason: Reason | undefined
}

/** Is it worth the memory to keep the part of a chain over this base? */
export const isWorthKeeping = ({ columns }: StaticPart, base: LoadedTable, parts: Parts): boolean =>
  base.rows >= parts.kept.minRows && base.rows * (columns.length + 1) * CELL_BYTES <= parts.kept.maxBytes

/** Gives `work` the rows at the end of the part, computed once; undefined where SQL does not do all of its steps. */
export const withKept = <R>(
  part: StaticPart,
  context: Context,
  parts: Parts,
  signal: AbortSignal,
  compile: (within: AbortSignal) => Promise<Compiled>,
  work: (kept: LoadedTable | undefined) => Promise<R>,
): Promise<R> => {
  const fingerprint = `kept/${fingerprintOf(context, part.end)}`
  const asked = parts.loads.covering(fingerprint, part.columns)
  const columns = asked === 'all' ? part.columns : asked
  const compute = async (within: AbortSignal) => {
    const { relation, reason } = await compile(within)
    if (reason !== undefined) return { value: undefined, bytes: 64 }
    const kept = await parts.engine.keep(relation, columns, part.groupings, within)
    parts.loads.remember(fingerprint, columns)
    return { value: kept, bytes: kept.bytes, dispose: () => void kept.drop().catch(() => undefined) }
  }
  return parts.cache.use<LoadedTable | undefined, R>(`${fingerprint}/${columnsKey(columns)}`, compute, signal, work)
}
