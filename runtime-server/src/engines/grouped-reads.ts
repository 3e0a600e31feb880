import { groupingOf } from '@magpie-vega/dataflow'
import type { Engine } from './engine.ts'
import type { GroupedRead } from './grouped-read.ts'
import { jointReads } from './joint-reads.ts'
import { partialReads, type PartialReadsOptions } from './partial-reads.ts'

/** The engine, reading groups from finer ones that are kept, or several at a time from rows that they share. */
export const withGroupedReads = (engine: Engine, partial?: PartialReadsOptions): Engine => {
  const jointly = jointReads(engine)
  const partly = partial && partialReads(engine, partial)
  return {
    ...engine,
    rows: (relation, columns, signal) => {
      const grouping = groupingOf(relation.query)
      if (grouping === undefined) return engine.rows(relation, columns, signal)
      const read: GroupedRead = { relation, columns, grouping, signal }
      return partly === undefined ? jointly(read) : partly(read, () => jointly(read))
    },
  }
}
