import type { View } from 'vega'
import { hit } from './scene-items.ts'
import type { Gesture, Point, Step, Target, TouchType } from './step.ts'

const mouse = (types: readonly string[], at: Point, target: Target, shift = false): Gesture => ({
  kind: 'mouse',
  types,
  at,
  target,
  shift,
})

const DOWN = ['pointerdown', 'mousedown']
const MOVE = ['pointermove', 'mousemove']
const UP = ['pointerup', 'mouseup']
const OVER = ['pointerover', 'mouseover']
const OUT = ['pointerout', 'mouseout']

/** The pointer goes over what is at a point, and moves there. */
export const hover = (view: View, at: Point, target: Target = hit(view, at)): Step => ({
  name: 'hover',
  gestures: [mouse([...OVER, ...MOVE], at, target)],
})

/** The pointer leaves what it was over. */
export const leave = (at: Point, target: Target): Step => ({ name: 'leave', gestures: [mouse(OUT, at, target)] })

/** A click, on an item or on what is at a point. */
export const click = (view: View, at: Point, target: Target = hit(view, at), shift = false): Step => ({
  name: shift ? 'shift-click' : 'click',
  gestures: [mouse(DOWN, at, target, shift), mouse([...UP, 'click'], at, target, shift)],
})

/** A double click as browsers tell it: two clicks first. */
export const doubleClick = (view: View, at: Point): Step => {
  const target = hit(view, at)
  const once = [mouse(DOWN, at, target), mouse([...UP, 'click'], at, target)]
  return { name: 'double-click', gestures: [...once, ...once, mouse(['dblclick'], at, target)] }
}

/**
 * The steps of a drag along points, from an item or what is at the first point: one per move, and the release; or all in one, so
 * that moves follow each other at once.
 */
export function drag(
  view: View,
  name: string,
  path: readonly Point[],
  options: { readonly burst?: boolean; readonly item?: Target } = {},
): Step[] {
  const [first, ...rest] = path
  if (first === undefined) return []
  const last = rest.at(-1) ?? first
  const down = mouse(DOWN, first, options.item ?? hit(view, first))
  const moves = rest.map((at) => mouse(MOVE, at, hit(view, at)))
  const up = mouse([...UP, ...(rest.length === 0 ? ['click'] : [])], last, hit(view, last))
  if (options.burst === true || moves.length === 0) return [{ name, gestures: [down, ...moves, up] }]
  return [
    ...moves.map((move, index) => ({
      name: `${name}, move ${index + 1}`,
      gestures: index === 0 ? [down, move] : [move],
    })),
    { name: `${name}, release`, gestures: [up] },
  ]
}

export const wheel = (view: View, at: Point, delta: number): Step => ({
  name: delta < 0 ? 'wheel in' : 'wheel out',
  gestures: [{ kind: 'wheel', at, target: hit(view, at), delta }],
})

/** Fingers that are put on a plot, go from the first to the last places together, and are lifted. */
export const touch = (view: View, name: string, path: readonly (readonly Point[])[]): Step => {
  const gesture = (type: TouchType, fingers: readonly Point[] = []): Gesture => ({
    kind: 'touch',
    type,
    fingers,
    target: hit(view, fingers[0] ?? [0, 0]),
  })
  const [first, ...rest] = path
  return {
    name,
    gestures: [
      gesture('touchstart', first),
      ...rest.map((fingers) => gesture('touchmove', fingers)),
      gesture('touchend', path.at(-1)),
    ],
  }
}

export const key = (name: string): Step => ({ name: `key ${name}`, gestures: [{ kind: 'key', key: name }] })

export const setInput = (signal: string, value: unknown): Step => ({
  name: `set ${signal} to ${JSON.stringify(value)}`,
  gestures: [{ kind: 'input', signal, value }],
})
