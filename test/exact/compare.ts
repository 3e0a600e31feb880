import { difference, newTally, type Tally } from './difference.ts'
import type { Snapshot } from './oracle.ts'

/**
 * The first difference between Vega alone and the planned chart: every data set that the client holds (columns that nobody
 * reads may be missing), every signal that both have, and the scene.
 */
export function compareSnapshots(expected: Snapshot, actual: Snapshot, tally: Tally): string | undefined {
  for (const [name, rows] of Object.entries(actual.data)) {
    const oracle = expected.data[name]
    if (oracle === undefined) continue
    const own = actual.inside?.has(name) === true ? withoutGained(rows, oracle) : rows
    const found = rowsDiffer(oracle, own, `data ${name}`, tally, true)
    if (found !== undefined) return found
  }
  for (const [name, value] of Object.entries(actual.signals)) {
    if (!Object.hasOwn(expected.signals, name)) continue
    const found = difference(expected.signals[name], value, `signal ${name}`, tally)
    if (found !== undefined) return found
  }
  return difference(expected.scene, actual.scene, 'scene', tally)
}

/** Rows of a group without the columns that they gain there, by which a group picks its own out of those of all groups. */
function withoutGained(rows: readonly object[], expected: readonly object[]): readonly object[] {
  const known = new Set(expected.flatMap((row) => Object.keys(row)))
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => known.has(name))))
}

/**
 * The first difference that Vega alone makes when its rows lack columns that nobody reads: what is drawn is the same, and data
 * sets and signals are the same but for those columns, wherever a value holds a row.
 */
export function compareNarrow(whole: Snapshot, narrow: Snapshot): string | undefined {
  const without = 'without the columns that nobody reads'
  const scene = difference(whole.scene, narrow.scene, `${without}: scene`, newTally())
  if (scene !== undefined) return scene
  const tally = newTally()
  for (const [name, rows] of Object.entries(whole.data)) {
    const found = rowsDiffer(rows, narrow.data[name] ?? [], `${without}: data ${name}`, tally, 'deep')
    if (found !== undefined) return found
  }
  return difference(whole.signals, narrow.signals, `${without}: signals`, tally, 'deep')
}

function rowsDiffer(
  expected: readonly object[],
  actual: readonly object[],
  place: string,
  tally: Tally,
  subset: true | 'deep',
): string | undefined {
  if (expected.length !== actual.length) return `${place}: ${expected.length} rows became ${actual.length}`
  const held = new Set(actual.flatMap((row) => Object.keys(row)))
  for (const [index, row] of expected.entries()) {
    // Columns that nobody reads are missing from all rows.
    const own = actual[index] ?? {}
    const lacking = Object.keys(row).find((key) => held.has(key) && !Object.hasOwn(own, key))
    if (lacking !== undefined) return `${place}[${index}].${lacking}: vanished from this row`
    const found = difference(row, actual[index], `${place}[${index}]`, tally, subset)
    if (found !== undefined) return found
  }
  return undefined
}
