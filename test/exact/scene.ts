import type { View } from 'vega'
import { heldBounds, type BoundsOf } from './scene-bounds.ts'

/** What is compared of a mark or an item: everything that is drawn, nothing that links to data or to renderer state. */
const HIDDEN = new Set([
  'mark',
  'datum',
  'context',
  'group',
  '_svg',
  '_svg_defs',
  'clip_id',
  '_scale',
  'source',
  'parentNode',
  'zdirty',
  'zitems',
  'dirty',
  'items',
])

export type SceneNode = Readonly<Record<string, unknown>>

interface Ordered {
  readonly items?: readonly { readonly zindex?: number }[]
  readonly zitems?: readonly object[]
  readonly zdirty?: boolean
}

/**
 * Which of a mark's items are drawn last, in front of all others, by their place. Vega finds that out when it draws, by numbers
 * (`index`) that it writes into all items then: these tell of when it last did.
 */
const inFront = ({ items = [], zitems = [], zdirty }: Ordered): readonly number[] => {
  if (zdirty !== true) return zitems.map((item) => items.indexOf(item as never))
  const raised = [...items.keys()].filter((at) => items[at]?.zindex)
  return raised.sort((a, b) => (items[a]?.zindex ?? 0) - (items[b]?.zindex ?? 0) || a - b)
}

function node(value: object, boundsOf: BoundsOf, numbered = false): SceneNode {
  // a channel is undefined, rather than missing, in an item that had it before
  const own = Object.entries(value).filter(
    ([key, child]) =>
      !HIDDEN.has(key) &&
      !key.startsWith('_') &&
      !(numbered && key === 'index') &&
      typeof child !== 'function' &&
      child !== undefined,
  )
  const { items, zitems }: Ordered = value
  const front = inFront(value)
  return {
    ...Object.fromEntries(own.map(([key, child]) => [key, key === 'bounds' ? box(boundsOf(value)) : withoutId(child)])),
    ...(Array.isArray(items) ? { items: items.map((item: object) => node(item, boundsOf, zitems !== undefined)) } : {}),
    ...(front.length > 0 ? { front } : {}),
  }
}

/** A gradient without the name that the renderer gave it: it counts up over all charts of a page. */
const withoutId = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'gradient' in value ? { ...value, id: undefined } : value

/** A shape mark draws by a function of its datum: its bounding box stands for what it draws. */
const box = (bounds: unknown): unknown => {
  const { x1, y1, x2, y2 } = bounds as Readonly<Record<string, number>>
  return [x1, y1, x2, y2]
}

/** The scene graph of a view as plain values, with the bounding boxes that the view holds unless `boundsOf` says otherwise. */
export const sceneOf = (view: View, boundsOf = heldBounds): SceneNode =>
  node((view.scenegraph() as unknown as { root: object }).root, boundsOf)
