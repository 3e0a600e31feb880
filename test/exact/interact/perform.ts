import { isDeepStrictEqual } from 'node:util'
import type { View } from 'vega'
import { findItem, type SceneItem } from './scene-items.ts'
import type { Gesture, Point, Target } from './step.ts'

interface Bound {
  readonly param: { readonly signal: string; readonly options?: readonly unknown[] }
  readonly state?: { readonly elements: readonly HTMLInputElement[] | null }
}
/** What is used of a View beyond its typings. */
interface Inside {
  readonly _bind: readonly Bound[]
  readonly _origin: Point
  padding(): { readonly left: number; readonly top: number }
}
interface PageWindow {
  readonly MouseEvent: typeof MouseEvent
  readonly PointerEvent: typeof PointerEvent
  readonly WheelEvent: typeof WheelEvent
  readonly KeyboardEvent: typeof KeyboardEvent
  readonly Event: typeof Event
  dispatchEvent(event: Event): boolean
}

const inside = (view: View): Inside => view as unknown as Inside
const page = (): PageWindow => window as unknown as PageWindow

/** Elements that draw a whole mark carry its first item; a group answers by its background. */
function elementOf(item: SceneItem): Element | undefined {
  const element = item._svg ?? item.mark.items[0]?._svg
  return item.mark.marktype === 'group' ? (element?.firstElementChild ?? undefined) : element
}

function element(view: View, target: Target): Element {
  const item = target.length === 0 ? undefined : findItem(view, target)
  const found = item === undefined ? undefined : elementOf(item)
  const drawing = found ?? view.container()?.querySelector('svg')
  if (drawing === null || drawing === undefined) throw new Error('the view draws nothing')
  return drawing
}

/** Where a point of the view is in the page: happy-dom lays nothing out, so the drawing starts at 0, 0. */
function client(view: View, [x, y]: Point): { readonly clientX: number; readonly clientY: number } {
  const { left, top } = inside(view).padding()
  const [ox, oy] = inside(view)._origin
  return { clientX: x + left + ox, clientY: y + top + oy }
}

function input(view: View, signal: string, value: unknown): void {
  const bound = inside(view)._bind.find(({ param }) => param.signal === signal)
  const elements = bound?.state?.elements ?? []
  const [first] = elements
  if (first === undefined) throw new Error(`the signal ${signal} has no input element`)
  const tell = (node: Element, type: string) => node.dispatchEvent(new (page().Event)(type, { bubbles: true }))
  const index = (bound?.param.options ?? []).findIndex((option) => isDeepStrictEqual(option, value))
  if (first.type === 'checkbox') {
    first.checked = value === true
    tell(first, 'change')
  } else if (first.type === 'radio') {
    const chosen = elements[index] ?? first
    chosen.checked = true
    tell(chosen, 'change')
  } else if (first.tagName === 'SELECT') {
    ;(first as unknown as HTMLSelectElement).selectedIndex = index
    tell(first, 'change')
  } else {
    first.value = String(value)
    tell(first, 'input')
  }
}

/** Does to a view what a gesture says, as DOM events on the elements that it drew. */
export function perform(view: View, gesture: Gesture): void {
  const common = { bubbles: true, cancelable: true }
  switch (gesture.kind) {
    case 'mouse': {
      const node = element(view, gesture.target)
      const init = { ...common, ...client(view, gesture.at), shiftKey: gesture.shift }
      for (const type of gesture.types) {
        const { PointerEvent, MouseEvent } = page()
        node.dispatchEvent(type.startsWith('pointer') ? new PointerEvent(type, init) : new MouseEvent(type, init))
      }
      return
    }
    case 'wheel': {
      const init = { ...common, ...client(view, gesture.at), deltaY: gesture.delta, deltaMode: 0 }
      element(view, gesture.target).dispatchEvent(new (page().WheelEvent)('wheel', init))
      return
    }
    case 'touch': {
      const touches = gesture.fingers.map((at) => client(view, at))
      const lifted = gesture.type === 'touchend'
      const event = new (page().Event)(gesture.type, common)
      Object.assign(event, { touches: lifted ? [] : touches, changedTouches: touches })
      element(view, gesture.target).dispatchEvent(event)
      return
    }
    case 'key':
      for (const type of ['keydown', 'keyup'])
        page().dispatchEvent(new (page().KeyboardEvent)(type, { ...common, key: gesture.key }))
      return
    case 'input':
      return input(view, gesture.signal, gesture.value)
  }
}
