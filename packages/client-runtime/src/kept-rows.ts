import type { View } from 'vega'
import type { RowKey } from './row-keys.ts'
import { sameValue } from './same-value.ts'
import type { Tuple } from './tuples.ts'
import type { KnownRows, Update } from './update.ts'

type DataUpdate = Extract<Update, { readonly kind: 'data' }>

/** Rows that left are remembered up to this number, as Vega's own `cleanThreshold` has it for what is drawn of them. */
const REMEMBERED = 10_000

// the typings leave out what the documentation and vega-dataflow say of changesets
interface Pulse {
  readonly add: object[]
  readonly rem: object[]
}
interface Changes {
  insert(tuples: readonly object[]): this
  remove(tuples: readonly object[]): this
  modify(tuple: object, field: string, value: unknown): this
  clean(clean: boolean): this
  pulse(this: unknown, pulse: Pulse, tuples: readonly object[]): Pulse
}
interface Changing {
  changeset(): Changes
  change(name: string, changes: Changes): unknown
}

/** Vega's mark of a tuple: its number, which says what is drawn of it. */
const markOf = (tuple: object): symbol | undefined =>
  Object.getOwnPropertySymbols(tuple).find(({ description }) => description === 'vega_id')

/** Rows of one data set of a View. */
export interface KeptRows {
  /** Puts the rows of an answer into the data set; to be called before an evaluation, in which they take effect. */
  put(update: DataUpdate): void
}

/**
 * Keeps the rows of a data set in a View as Vega's own transforms would: a row that comes again is the tuple that it was, with new
 * values; one that is new, or comes back, stands last. So what Vega does with rows, and draws of them, goes on from what it was.
 *
 * @param first the rows that the View was made with
 */
export const keptRows = (view: View, name: string, first: DataUpdate | undefined): KeptRows => {
  const changing = view as unknown as Changing
  let there = byKey(first)
  const gone = new Map<RowKey, Tuple>()

  const replace = (update: DataUpdate): void => {
    view.data(name, update.tuples)
    there = byKey(update)
    gone.clear()
  }

  const keep = ({ keys, columns }: KnownRows, tuples: readonly Tuple[], before: Rows): void => {
    // as a filter does, which does not ask for what is drawn of rows that left to be forgotten
    const changes = changing.changeset().clean(false)
    const now = new Map<RowKey, Tuple>()
    const added: Tuple[] = []
    each(keys, tuples, (key, tuple) => {
      const was = before.get(key)
      const row = was ?? comeBack(gone.get(key), tuple)
      if (was === undefined) added.push(row)
      else modify(changes, columns, was, tuple)
      gone.delete(key)
      now.set(key, row)
    })
    const left = [...before].filter(([key]) => !now.has(key))
    left.forEach(([key, tuple]) => gone.set(key, tuple))
    forget(gone)
    changing.change(name, changes.insert(added).remove(left.map(([, tuple]) => tuple)))
    there = now
  }

  /** All rows leave and come, in the order of the answer; what is drawn of a row stays. */
  const renew = ({ keys }: KnownRows, tuples: readonly Tuple[], before: Rows): void => {
    each(keys, tuples, (key, tuple) => {
      copyMark(before.get(key) ?? gone.get(key), tuple)
      gone.delete(key)
    })
    const changes = changing.changeset().insert(tuples)
    const { pulse: insert } = changes
    const pulse: Changes['pulse'] = (given, leaving) => {
      insert.call(changes, given, [])
      leaving.forEach((tuple) => given.rem.push(tuple))
      return given
    }
    changing.change(name, Object.assign(changes, { pulse }))
    there = rowsOf(keys, tuples)
  }

  return {
    put: (update) => {
      const { known, tuples } = update
      if (known === undefined || there === undefined || known.change === 'first') replace(update)
      else if (known.change === 'renewed') renew(known, tuples, there)
      else keep(known, tuples, there)
    },
  }
}

type Rows = ReadonlyMap<RowKey, Tuple>

const each = (keys: readonly RowKey[], tuples: readonly Tuple[], visit: (key: RowKey, tuple: Tuple) => void): void =>
  keys.forEach((key, i) => {
    const tuple = tuples[i]
    if (tuple !== undefined) visit(key, tuple)
  })

const rowsOf = (keys: readonly RowKey[], tuples: readonly Tuple[]): Rows => {
  const rows = new Map<RowKey, Tuple>()
  each(keys, tuples, (key, tuple) => rows.set(key, tuple))
  return rows
}

/** Undefined where rows are not known again. */
const byKey = (update: DataUpdate | undefined): Rows | undefined =>
  update?.known && rowsOf(update.known.keys, update.tuples)

const forget = (gone: Map<RowKey, Tuple>): void => {
  for (const key of gone.keys()) {
    if (gone.size <= REMEMBERED) return
    gone.delete(key)
  }
}

const copyMark = (from: Tuple | undefined, to: Tuple): void => {
  const mark = from && markOf(from)
  if (from !== undefined && mark !== undefined) Reflect.set(to, mark, Reflect.get(from, mark))
}

/** The tuple that a row was, with what it holds now. */
const comeBack = (was: Tuple | undefined, tuple: Tuple): Tuple => {
  if (was === undefined) return tuple
  Object.keys(was).forEach((name) => Reflect.deleteProperty(was, name))
  return Object.assign(was, tuple)
}

const modify = (changes: Changes, columns: readonly string[], was: Tuple, tuple: Tuple): void => {
  for (const field of columns) {
    const same = field in was === field in tuple && sameValue(was[field], tuple[field])
    if (!same) changes.modify(was, field, tuple[field])
  }
}
