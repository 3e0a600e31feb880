import { compareSnapshots } from '../compare.ts'
import { difference, newTally } from '../difference.ts'
import type { Snapshot } from '../oracle.ts'

/**
 * The first place of a chart whose order is neither that of Vega's chart, which has a history, nor that of Vega's chart without
 * one; each data set and each mark may have the one or the other. For charts that are equal in any order.
 */
export function inNeitherOrder(driven: Snapshot, fresh: Snapshot, actual: Snapshot): string | undefined {
  for (const [name, rows] of Object.entries(actual.data)) {
    const alone = (from: Snapshot): Snapshot => ({
      data: name in from.data ? { [name]: from.data[name] ?? [] } : {},
      signals: {},
      scene: {},
    })
    const own: Snapshot = { data: { [name]: rows }, signals: {}, scene: {} }
    const unlike = (from: Snapshot): string | undefined => compareSnapshots(alone(from), own, newTally())
    const found = unlike(driven) === undefined ? undefined : unlike(fresh)
    if (found !== undefined) return `without its history ${found}`
  }
  return scene(driven.scene, fresh.scene, actual.scene, 'scene')
}

const itemsOf = (node: unknown): readonly unknown[] => {
  const items: unknown = typeof node === 'object' && node !== null ? Reflect.get(node, 'items') : undefined
  return Array.isArray(items) ? (items as readonly unknown[]) : []
}

const isLeaf = (node: unknown): boolean => itemsOf(node).every((item) => itemsOf(item).length === 0)

function scene(driven: unknown, fresh: unknown, actual: unknown, place: string): string | undefined {
  if (difference(driven, actual, place, newTally()) === undefined) return undefined
  const found = difference(fresh, actual, place, newTally())
  if (found === undefined) return undefined
  const items = itemsOf(actual)
  const [inDriven, inFresh] = [itemsOf(driven), itemsOf(fresh)]
  if (isLeaf(actual) || inFresh.length !== items.length) return `without its history ${found}`
  for (const [index, item] of items.entries()) {
    const inner = scene(inDriven[index], inFresh[index], item, `${place}.items[${index}]`)
    if (inner !== undefined) return inner
  }
  return undefined
}
