import {
  type Column,
  partialGroups,
  type PartialGroups,
  type Query,
  type RowTest,
  type SqlExpr,
  testedGrouping,
  type TestedGrouping,
} from '@magpie-vega/dataflow'
import { MagpieError } from '@magpie-vega/protocol'
import { rowsFromTable } from '../arrow/table-to-rows.ts'
import type { Table } from '../arrow/table.ts'
import type { Cache } from '../cache.ts'
import { recent } from '@magpie-vega/dataflow'
import type { Engine, MaterializedQuery } from './engine.ts'
import type { GroupedRead } from './grouped-read.ts'
import { isWithin, movement, type Movement, remaining } from './moving-tests.ts'
import { unlessDefect } from './unless-defect.ts'

/** Groups that are kept for one query at most. */
const MAX_GROUPS = 2 ** 18
/** Rows for each of them, at least: else the rows are as quick to read. */
const ROWS_PER_GROUP = 8
/** Rows that are looked at to tell how many groups there are. */
const MEASURED = 2 ** 21
/** How often the same tests move before groups are kept for them. */
const SIGHTINGS = 2
/** Queries whose tests are remembered, by shape, and of each shape. */
const SHAPES = 1000
const EARLIER = 8
/** Movements of a shape that are remembered. */
const MOVEMENTS = 32
/** Groups that wait to be computed, at most. */
const MAX_WAITING = 16

const PREFIX = 'partial'
const never = new AbortController().signal

export interface PartialReadsOptions {
  /** Holds the groups that are kept. */
  readonly cache: Cache
  /** Of fewer rows nothing is kept. */
  readonly minRows: number
}

interface Seen {
  readonly key: string
  readonly movement: Movement
  /** The same for the same movement. */
  readonly text: string
  sightings: number
  state: 'seen' | 'waiting' | 'kept' | 'refused'
}

interface Shape {
  earlier: readonly (readonly RowTest[])[]
  seen: readonly Seen[]
}

const textOf = ({ fixed, columns }: Movement): string => JSON.stringify([fixed.map(({ text }) => text).sort(), columns])

const number = (name: string): Column => ({ id: name, name, type: 'number', nulls: false })

/** How many rows there are and about how many groups they make, as far as the first rows tell. */
const measured = async ({ rows, keys }: PartialGroups, engine: Engine): Promise<readonly [number, number]> => {
  const asDouble = (name: string, args: readonly SqlExpr[]): SqlExpr => ({
    kind: 'cast',
    operand: { kind: 'aggregate', name, args },
    type: 'double',
  })
  const columns = [
    { id: `${PREFIX}_rows`, expr: asDouble('count', []) },
    { id: `${PREFIX}_groups`, expr: asDouble('approx_count_distinct', [{ kind: 'call', name: 'row', args: keys }]) },
  ]
  const some: Query = { kind: 'select', from: rows, star: true, columns: [], limit: MEASURED }
  const query: Query = { kind: 'select', from: some, columns }
  const relation = { columns: columns.map(({ id }) => number(id)), query, order: `${PREFIX}_rows` }
  const [row = {}] = rowsFromTable(await engine.rows(relation, 'all', never))
  return [Number(row[`${PREFIX}_rows`]), Number(row[`${PREFIX}_groups`])]
}

/** What the groups become in the cache; they go again where they turn out to be too many. */
const computed = async ({ query }: PartialGroups, engine: Engine, signal: AbortSignal) => {
  const value = await engine.materialize(query, signal)
  const dispose = (): void => void value.drop().catch(() => undefined)
  if (value.rows <= 2 * MAX_GROUPS) return { value, bytes: value.bytes, dispose }
  dispose()
  throw new MagpieError('too-large', 'The groups are too many to be kept')
}

class Gone extends Error {}

const gone = (): never => {
  throw new Gone('The groups have left the cache')
}

/**
 * Reads groups of rows from finer groups that are kept: while a brush is dragged, the tests of one or two columns change and all else
 * stays. Once that was seen, the rows are grouped by these columns, too, and what follows reads the groups instead of the rows. Every
 * value is the one that the rows would give: only aggregates that add up, and only tests of whole values, are read so.
 *
 * @returns the rows of a read, or undefined where they are to be had from the rows themselves
 */
export const partialReads = (engine: Engine, { cache, minRows }: PartialReadsOptions) => {
  const shapes = recent<Shape>(SHAPES)
  let keys = 0
  let waiting = 0
  let building: Promise<void> = Promise.resolve()

  const build = async (seen: Seen, tested: TestedGrouping): Promise<void> => {
    const partial = partialGroups(tested, seen.movement.fixed, seen.movement.columns, PREFIX)
    const [rows, groups] = partial === undefined ? [0, 0] : await measured(partial, engine)
    const worthwhile = rows >= minRows && groups <= MAX_GROUPS && groups * ROWS_PER_GROUP <= rows
    if (partial !== undefined && worthwhile)
      await cache.getOrCompute<MaterializedQuery>(seen.key, (signal) => computed(partial, engine, signal), never)
    seen.state = worthwhile ? 'kept' : 'refused'
  }

  const buildLater = (seen: Seen, tested: TestedGrouping): void => {
    if (waiting >= MAX_WAITING) return
    waiting += 1
    seen.state = 'waiting'
    building = building
      .then(() => build(seen, tested))
      .catch(() => void (seen.state = 'refused'))
      .finally(() => void (waiting -= 1))
  }

  const learn = (shape: Shape, tested: TestedGrouping): void => {
    const moved = movement(shape.earlier, tested.tests)
    shape.earlier = [tested.tests, ...shape.earlier].slice(0, EARLIER)
    if (moved === undefined) return
    const text = textOf(moved)
    const known = shape.seen.find((seen) => seen.text === text)
    const seen: Seen = known ?? { key: `partial/${++keys}`, movement: moved, text, sightings: 0, state: 'seen' }
    shape.seen = [seen, ...shape.seen.filter((one) => one !== seen)].slice(0, MOVEMENTS)
    seen.sightings += 1
    if (seen.state === 'seen' && seen.sightings >= SIGHTINGS) buildLater(seen, tested)
  }

  const fromGroups = async (seen: Seen, tested: TestedGrouping, read: GroupedRead): Promise<Table | undefined> => {
    const { fixed, columns } = seen.movement
    const partial = partialGroups(tested, fixed, columns, PREFIX)
    const work = async ({ query: groups }: MaterializedQuery): Promise<Table | undefined> => {
      const query = partial?.over(groups, remaining(fixed, tested.tests))
      if (query === undefined) return undefined
      return engine.rows({ ...read.relation, query }, read.columns, read.signal)
    }
    try {
      return await cache.use<MaterializedQuery, Table | undefined>(seen.key, gone, read.signal, work)
    } catch (cause) {
      if (!(cause instanceof Gone)) return unlessDefect(cause)
      seen.state = 'seen'
      seen.sightings = 0
      return undefined
    }
  }

  return async (read: GroupedRead, otherwise: () => Promise<Table>): Promise<Table> => {
    if ((read.relation.rows ?? Infinity) < minRows) return otherwise()
    const tested = testedGrouping(read.grouping)
    if (tested === undefined) return otherwise()
    const shape = shapes(tested.shape, () => ({ earlier: [], seen: [] }))
    const kept = shape.seen.find((seen) => seen.state === 'kept' && isWithin(seen.movement, tested.tests))
    const found = kept && (await fromGroups(kept, tested, read))
    if (found !== undefined) return found
    learn(shape, tested)
    return otherwise()
  }
}
