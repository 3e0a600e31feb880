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
 * one; each data set and each mark may have the one or the other. For charts that are equal in any order. `hurried`: the chart
 * has another history, as it saw fewer states; where Vega's own order comes of its history, any order is the chart's.
 */
export function inNeitherOrder(driven: Snapshot, fresh: Looked, actual: Looked, hurried = false): string | undefined {
  for (const [name, rows] of Object.entries(actual.snapshot.data)) {
    const unlike = (from: Snapshot, other = rows): string | undefined =>
      compareSnapshots(alone(name, from.data[name]), alone(name, other), newTally())
    if (unlike(driven) === undefined) continue
    const found = unlike(fresh.snapshot)
    if (found === undefined || (hurried && unlike(driven, fresh.snapshot.data[name]) !== undefined)) continue
    return `without its history ${found}`
  }
  const scenes = { driven: driven.scene, fresh: fresh.snapshot.scene, actual: actual.snapshot.scene }
  return marksDiffer(scenes, rootMark(fresh.view), rootMark(actual.view), 'scene', hurried)
}

/** The same mark in the scene of each chart. */
type Scenes = Readonly<Record<'driven' | 'fresh' | 'actual', unknown>>

const itemsOf = (node: unknown): readonly unknown[] => {
  const items: unknown = typeof node === 'object' && node !== null ? Reflect.get(node, 'items') : undefined
  return Array.isArray(items) ? (items as readonly unknown[]) : []
}

/** Entries of axes and legends stand in the order of a domain, and each at its own place, which is compared in any order. */
const GUIDE = /^(?:axis|legend)/

const rowsOf = (mark: SceneMark | undefined): readonly unknown[] => mark?.items.map(({ datum }) => datum) ?? []

/** Marks are as in the driven chart, or their rows stand in the order of the fresh one: where they are drawn may have a history too. */
function marksDiffer(
  scenes: Scenes,
  fresh: SceneMark | undefined,
  actual: SceneMark,
  place: string,
  hurried: boolean,
): string | undefined {
  const { driven } = scenes
  const unlike = (other: unknown): boolean => difference(driven, other, place, newTally()) !== undefined
  if (GUIDE.test(actual.role ?? '') || !unlike(scenes.actual)) return undefined
  const found = difference(rowsOf(fresh), rowsOf(actual), `${place} rows`, newTally(), true)
  if (found !== undefined) return hurried && unlike(scenes.fresh) ? undefined : `without its history ${found}`
  for (const [index, item] of actual.items.entries()) {
    const inside = (scene: unknown, child: number): unknown => itemsOf(itemsOf(scene)[index])[child]
    for (const [child, mark] of (item.items ?? []).entries()) {
      const at = `${place}.items[${index}].items[${child}]`
      const inner = marksDiffer(
        {
          driven: inside(driven, child),
          fresh: inside(scenes.fresh, child),
          actual: inside(scenes.actual, child),
        },
        fresh?.items[index]?.items?.[child],
        mark,
        at,
        hurried,
      )
      if (inner !== undefined) return inner
    }
  }
  return undefined
}
