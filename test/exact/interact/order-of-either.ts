import type { View } from 'vega'
import { compareSnapshots } from '../compare.ts'
import { difference, newTally } from '../difference.ts'
import type { Snapshot } from '../oracle.ts'
import { rootMark, type SceneMark } from './scene-items.ts'

/** A chart as it is compared, and its view, which is as it was then. */
export interface Looked {
  readonly snapshot: Snapshot
  readonly view: View
}

const alone = (name: string, rows: readonly object[] | undefined): Snapshot => ({
  data: rows === undefined ? {} : { [name]: rows },
  signals: {},
  scene: {},
})

/**
 * The first place of a chart whose order is neither that of Vega's chart, which has a history, nor that of Vega's chart without
 * one; each data set and each mark may have the one or the other. For charts that are equal in any order.
 */
export function inNeitherOrder(driven: Snapshot, fresh: Looked, actual: Looked): string | undefined {
  for (const [name, rows] of Object.entries(actual.snapshot.data)) {
    const unlike = (from: Snapshot): string | undefined =>
      compareSnapshots(alone(name, from.data[name]), alone(name, rows), newTally())
    const found = unlike(driven) === undefined ? undefined : unlike(fresh.snapshot)
    if (found !== undefined) return `without its history ${found}`
  }
  return marksDiffer(driven.scene, actual.snapshot.scene, rootMark(fresh.view), rootMark(actual.view), 'scene')
}

const itemsOf = (node: unknown): readonly unknown[] => {
  const items: unknown = typeof node === 'object' && node !== null ? Reflect.get(node, 'items') : undefined
  return Array.isArray(items) ? (items as readonly unknown[]) : []
}

/** Entries of axes and legends stand in the order of a domain, and each at its own place, which is compared in any order. */
const GUIDE = /^(?:axis|legend)/

const rowsOf = (mark: SceneMark | undefined): readonly unknown[] => mark?.items.map(({ datum }) => datum) ?? []

/** Marks are as in the driven chart, or their rows stand in the order of the fresh one: where they are drawn may have a history too. */
function marksDiffer(
  driven: unknown,
  scene: unknown,
  fresh: SceneMark | undefined,
  actual: SceneMark,
  place: string,
): string | undefined {
  if (GUIDE.test(actual.role ?? '') || difference(driven, scene, place, newTally()) === undefined) return undefined
  const found = difference(rowsOf(fresh), rowsOf(actual), `${place} rows`, newTally(), true)
  if (found !== undefined) return `without its history ${found}`
  for (const [index, item] of actual.items.entries()) {
    const [was, is] = [itemsOf(itemsOf(driven)[index]), itemsOf(itemsOf(scene)[index])]
    for (const [child, mark] of (item.items ?? []).entries()) {
      const at = `${place}.items[${index}].items[${child}]`
      const inner = marksDiffer(was[child], is[child], fresh?.items[index]?.items?.[child], mark, at)
      if (inner !== undefined) return inner
    }
  }
  return undefined
}
