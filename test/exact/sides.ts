import type { DataServer } from './data-server.ts'
import type { ArrowTable } from './tables/arrow-table.ts'
import { withTables } from './tables/with-tables.ts'

/** One chart as Vega alone is given it and as Magpie is. */
export interface Sides {
  readonly alone: Record<string, unknown>
  /** The same over rows that lack the columns that nobody reads, as tables do; undefined: over the very same rows. */
  readonly narrow: Record<string, unknown> | undefined
  readonly planned: Record<string, unknown>
  /** What the planned chart may read. */
  readonly urls: readonly string[]
  readonly tables: readonly ArrowTable[]
}

export interface SideOptions {
  readonly data: DataServer
  /** Are files and inline rows uploaded as tables, wherever one can hold them? Default: no, both sides read the same spec. */
  readonly asTables?: boolean
}

/** The two sides of a Vega spec. */
export function sidesOf(spec: Record<string, unknown>, { data, asTables }: SideOptions): Sides {
  const held =
    asTables === true ? withTables(spec, data) : { alone: spec, narrow: undefined, planned: spec, tables: [] }
  const alone = data.localise(held.alone)
  const planned = data.localise(held.planned)
  return {
    alone: alone.spec,
    narrow: held.narrow && data.localise(held.narrow).spec,
    planned: planned.spec,
    urls: planned.urls,
    tables: held.tables,
  }
}
