/** A point in the coordinates of the view, origin at the padding's inner corner. */
export type Point = readonly [number, number]

/** An item of the scene: from the root down, the item of a mark, the mark in that group, and so on. */
export interface Place {
  readonly mark: number
  readonly item: number
  /** Bounding box in the item's group: finds the item again where items stand in another order. */
  readonly box: readonly number[]
}

/** What an event happens to; empty: the drawing itself, beside every item. */
export type Target = readonly Place[]

/** An input element that sets a signal, as Vega's parser describes it. */
export interface Binding {
  readonly signal: string
  readonly input?: string
  readonly options?: readonly unknown[]
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly debounce?: number
}

export type TouchType = 'touchstart' | 'touchmove' | 'touchend'

/** Something that a user does, as the DOM tells it. */
export type Gesture =
  | {
      readonly kind: 'mouse'
      readonly types: readonly string[]
      readonly at: Point
      readonly target: Target
      readonly shift: boolean
    }
  | { readonly kind: 'wheel'; readonly at: Point; readonly target: Target; readonly delta: number }
  | {
      readonly kind: 'touch'
      readonly type: TouchType
      readonly fingers: readonly Point[]
      readonly target: Target
    }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'input'; readonly signal: string; readonly value: unknown }

/** Gestures after which the charts are compared. */
export interface Step {
  readonly name: string
  readonly gestures: readonly Gesture[]
}
