import type { Reason, Relation } from '@magpie-vega/dataflow'
import type { Computed } from '../cache.ts'
import type { LoadedTable } from '../engines/engine.ts'
import { columnsKey, type Context, fingerprintOf, type Parts } from './context.ts'
import type { StaticPart } from './static-part.ts'

/** Bytes of a row's column while a table to keep is made, about; most take less once it is kept. */
const CELL_BYTES = 8

/** The part in SQL, and why it may not be whole. */
export interface Compiled {
  readonly relation: Relation
  readonly reason: Reason | undefined
}

/** Is it worth the memory to keep the part of a chain over this base? */
export const isWorthKeeping = ({ columns }: StaticPart, base: LoadedTable, parts: Parts): boolean =>
  base.forNow !== true &&
  base.rows >= parts.kept.minRows &&
  base.rows * (columns.length + 1) * CELL_BYTES <= parts.kept.maxBytes

/** A part as it is kept: under which key, and how it is made over its base. */
export interface Kept {
  readonly key: string
  make(compiled: Compiled, signal: AbortSignal): Promise<Computed<LoadedTable | undefined>>
}

/** How a part is kept; nothing where SQL does not do all of its steps. */
export const keptPart = (part: StaticPart, context: Context, { engine, loads }: Parts): Kept => {
  const fingerprint = `kept/${fingerprintOf(context, part.end)}`
  const covering = loads.covering(fingerprint, part.columns)
  const columns = covering === 'all' ? part.columns : covering
  const key = `${fingerprint}/${columnsKey(columns)}`
  return {
    key,
    make: async ({ relation, reason }, signal) => {
      const value = reason === undefined ? await engine.keep(relation, columns, part.groupings, signal) : undefined
      loads.remember(fingerprint, columns)
      return value === undefined
        ? { value, bytes: 64 }
        : { value, bytes: value.bytes, dispose: () => void value.drop().catch(() => undefined) }
    },
  }
}
