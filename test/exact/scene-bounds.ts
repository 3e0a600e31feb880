import * as vega from 'vega'
import { Bounds } from 'vega'

interface SceneMark {
  readonly marktype: string
  readonly bounds: Bounds
  readonly clip?: unknown
  readonly items: readonly SceneItem[]
}
interface SceneItem {
  readonly bounds: Bounds
  readonly items?: readonly SceneMark[]
}

// vega exports both, its typings leave them out
const { Marks, boundClip } = vega as unknown as {
  readonly Marks: Readonly<
    Record<string, { readonly nested?: boolean; readonly bound: (bounds: Bounds, item: object) => Bounds }>
  >
  readonly boundClip: (mark: object) => void
}

/** The bounding box of a mark or an item. */
export type BoundsOf = (node: object) => Bounds | undefined

const isMark = (node: object): node is SceneMark => 'marktype' in node

/** What the view holds. */
export const heldBounds: BoundsOf = (node) => (node as { readonly bounds?: Bounds }).bounds

/**
 * What the items say: those of an item that draws are as the view holds them, those of marks and groups are made of these anew,
 * by Vega's own functions. What a view holds after several changes may be larger: Vega's Bound transform makes the box of a mark
 * anew only when an item at one of its edges changes, and adds the boxes of changed items to it otherwise. The box of a clipped
 * mark is cut to its group, so that no item beyond the cut is ever at an edge: it grows until an item is taken away. So it tells
 * in which steps the values came, which is another thing where the service sends rows, and not where anything is drawn.
 */
export function itemBounds(): BoundsOf {
  const known = new Map<object, Bounds>()
  const boundsOf = (node: object): Bounds | undefined => {
    const before = known.get(node)
    if (before !== undefined) return before
    const made = isMark(node) ? markBounds(node) : groupBounds(node as SceneItem)
    if (made !== undefined) known.set(node, made)
    return made
  }
  const markBounds = (mark: SceneMark): Bounds => {
    if (Marks[mark.marktype]?.nested === true) return mark.bounds
    const bounds = new Bounds()
    for (const item of mark.items) bounds.union(boundsOf(item) ?? new Bounds())
    boundClip(Object.create(mark, { bounds: { value: bounds } }) as object)
    return bounds
  }
  const groupBounds = (item: SceneItem): Bounds | undefined => {
    const { items } = item
    if (items === undefined) return heldBounds(item)
    const inner = { value: items.map((mark) => ({ bounds: boundsOf(mark) })) }
    return Marks['group']?.bound(new Bounds(), Object.create(item, { items: inner }) as object)
  }
  return boundsOf
}
