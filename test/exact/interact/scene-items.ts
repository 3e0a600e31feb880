import type { View } from 'vega'
import type { Place, Point, Target } from './step.ts'

/** The parts of Vega's scene graph that are used here. */
export interface SceneMark {
  readonly marktype: string
  readonly name?: string
  readonly role?: string
  readonly interactive?: boolean
  readonly items: readonly SceneItem[]
}
export interface SceneItem {
  readonly mark: SceneMark
  readonly datum?: unknown
  readonly bounds: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly height?: number
  readonly items?: readonly SceneMark[]
  readonly _svg?: SVGElement
}

/** An item, how to find it again, and where its group's coordinates start in the view. */
export interface Found {
  readonly item: SceneItem
  readonly target: Target
  readonly origin: Point
}

export const rootMark = (view: View): SceneMark => (view.scenegraph() as unknown as { readonly root: SceneMark }).root

const boxOf = ({ bounds }: SceneItem): readonly number[] => [bounds.x1, bounds.y1, bounds.x2, bounds.y2]

const place = (mark: number, index: number, item: SceneItem): Place => ({ mark, item: index, box: boxOf(item) })

/** Every item, groups before what they hold; `origin` is that of the item's own parent group. */
export function* itemsOf(mark: SceneMark, markIndex = 0, above: Target = [], origin: Point = [0, 0]): Generator<Found> {
  for (const [index, item] of mark.items.entries()) {
    const target = [...above, place(markIndex, index, item)]
    yield { item, target, origin }
    const inner: Point = [origin[0] + (item.x ?? 0), origin[1] + (item.y ?? 0)]
    for (const [child, childMark] of (item.items ?? []).entries()) yield* itemsOf(childMark, child, target, inner)
  }
}

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((value, index) => Math.abs(value - (b[index] ?? NaN)) < 1e-6)

/** The item that stands for a target in another scene. */
export function findItem(view: View, target: Target): SceneItem | undefined {
  let mark: SceneMark | undefined = rootMark(view)
  let item: SceneItem | undefined
  for (const [depth, step] of target.entries()) {
    if (depth > 0) mark = item?.items?.[step.mark]
    const first: SceneItem | undefined = mark?.items[step.item]
    item =
      first !== undefined && same(boxOf(first), step.box)
        ? first
        : (mark?.items.find((other) => same(boxOf(other), step.box)) ?? first)
    if (item === undefined) return undefined
  }
  return item
}

/** Marks drawn as one element, or along a path: near one of their points. */
const POINTWISE: ReadonlySet<string> = new Set(['line', 'area', 'trail', 'rule'])
const NEAR = 4

const within = (item: SceneItem, [x, y]: Point): boolean =>
  POINTWISE.has(item.mark.marktype)
    ? Math.abs(x - (item.x ?? 0)) < NEAR && Math.abs(y - (item.y ?? 0)) < NEAR
    : x >= item.bounds.x1 && x <= item.bounds.x2 && y >= item.bounds.y1 && y <= item.bounds.y2

/** The topmost interactive item under a point, about as a browser finds it: by bounding boxes. */
export function hit(view: View, at: Point): Target {
  const search = (mark: SceneMark, markIndex: number, above: Target, [x, y]: Point): Target | undefined => {
    for (let index = mark.items.length - 1; index >= 0; index -= 1) {
      const item = mark.items[index]
      if (item === undefined) continue
      const target = (): Target => [...above, place(markIndex, index, item)]
      if (mark.marktype !== 'group') {
        if (mark.interactive !== false && within(item, [x, y])) return target()
        continue
      }
      const inner: Point = [x - (item.x ?? 0), y - (item.y ?? 0)]
      const marks = item.items ?? []
      for (let child = marks.length - 1; child >= 0; child -= 1) {
        const childMark = marks[child]
        if (childMark === undefined || childMark.items.length === 0) continue
        const found = search(childMark, child, target(), inner)
        if (found !== undefined) return found
      }
      const inside = inner[0] >= 0 && inner[1] >= 0 && inner[0] <= (item.width ?? 0) && inner[1] <= (item.height ?? 0)
      if (mark.interactive !== false && inside) return target()
    }
    return undefined
  }
  return search(rootMark(view), 0, [], at) ?? []
}
