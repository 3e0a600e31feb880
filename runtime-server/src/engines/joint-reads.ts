import { isSameQuery, jointGrouping, queryHash, shapeOf } from '@magpie-vega/dataflow'
import type { Table } from '../arrow/table.ts'
import { reasonOf, waitFor } from '../cancellation.ts'
import type { Engine } from './engine.ts'
import type { GroupedRead } from './grouped-read.ts'
import { unlessDefect } from './unless-defect.ts'

/** Groups of all keys together, up to which one pass over the rows beats one for each value. */
const MAX_GROUPS = 32_768
/** Rows for each of these groups, at least. */
const ROWS_PER_GROUP = 4
/** Groupings whose size is remembered. */
const REMEMBERED = 1000

interface Waiting extends GroupedRead {
  readonly shape: number
  readonly resolve: (table: Promise<Table>) => void
}

/**
 * Reads what is asked for at the same time in one pass where it groups the same rows and the groups are known to be few: a brush
 * changes several linked charts, and all of them follow from the same rows.
 */
export const jointReads = (engine: Engine): ((read: GroupedRead) => Promise<Table>) => {
  /** The most groups that a grouping was seen to have, by its shape. */
  const sizes = new Map<number, number>()
  let waiting: readonly Waiting[] = []

  const learn = ({ shape }: Waiting, { rows }: Table): void => {
    const known = sizes.get(shape) ?? 0
    sizes.delete(shape)
    sizes.set(shape, Math.max(known, rows))
    const [oldest] = sizes.size > REMEMBERED ? sizes.keys() : []
    if (oldest !== undefined) sizes.delete(oldest)
  }
  const alone = async (read: Waiting): Promise<Table> => {
    const table = await engine.rows(read.relation, read.columns, read.signal)
    learn(read, table)
    return table
  }
  const together = (reads: readonly Waiting[]): void => {
    const joint = jointGrouping(
      reads.map(({ grouping }) => grouping),
      'joint',
    )
    if (joint === undefined) return apart(reads)
    const all = unlessAllLeave(reads.map(({ signal }) => signal))
    const tables = engine.jointRows(reads, joint, all.signal).finally(all.done)
    reads.forEach((read, index) => {
      const own = async (): Promise<Table> => {
        const found = (await waitFor(tables, read.signal).catch(unlessDefect))?.[index]
        if (found === undefined) return alone(read)
        learn(read, found)
        return found
      }
      read.resolve(own())
    })
  }
  const apart = (reads: readonly Waiting[]): void => reads.forEach((read) => read.resolve(alone(read)))

  const flush = (): void => {
    const reads = waiting
    waiting = []
    for (const same of byRows(reads)) {
      const [few, others] = split(same, sizes)
      if (few.length > 1) together(few)
      else apart(few)
      apart(others)
    }
  }

  return (read) => {
    if (waiting.length === 0) setImmediate(flush)
    return new Promise<Table>((resolve) => {
      waiting = [...waiting, { ...read, shape: shapeOf(read.grouping), resolve }]
    })
  }
}

/** Those that group the same rows together. */
const byRows = (reads: readonly Waiting[]): readonly (readonly Waiting[])[] => {
  if (reads.length === 1) return [reads]
  const groups = new Map<number, Waiting[][]>()
  for (const read of reads) {
    const hash = queryHash(read.grouping.rows)
    const alike = groups.get(hash) ?? []
    const same = alike.find(([first]) => first !== undefined && isSameQuery(first.grouping.rows, read.grouping.rows))
    if (same === undefined) groups.set(hash, [...alike, [read]])
    else same.push(read)
  }
  return [...groups.values()].flat()
}

/** Those that are worth reading together, and the others. */
const split = (
  reads: readonly Waiting[],
  sizes: ReadonlyMap<number, number>,
): readonly [readonly Waiting[], readonly Waiting[]] => {
  const sizeOf = ({ shape }: Waiting): number => sizes.get(shape) ?? Infinity
  const few: Waiting[] = []
  let groups = 1
  for (const read of reads.toSorted((left, right) => sizeOf(left) - sizeOf(right))) {
    const more = groups * Math.max(1, sizeOf(read))
    if (more > MAX_GROUPS || more * ROWS_PER_GROUP > (read.relation.rows ?? Infinity)) break
    groups = more
    few.push(read)
  }
  return [few, reads.filter((read) => !few.includes(read))]
}

/** A signal that aborts once every one of these has. */
const unlessAllLeave = (signals: readonly AbortSignal[]): { readonly signal: AbortSignal; done(): void } => {
  const controller = new AbortController()
  const left = (): void => {
    const [last] = signals
    if (last !== undefined && signals.every(({ aborted }) => aborted)) controller.abort(reasonOf(last))
  }
  for (const signal of signals) signal.addEventListener('abort', left, { once: true })
  left()
  return {
    signal: controller.signal,
    done: () => signals.forEach((signal) => signal.removeEventListener('abort', left)),
  }
}
