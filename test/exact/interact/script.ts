import type { View } from 'vega'
import { click, doubleClick, drag, hover, key, leave, setInput, touch, wheel } from './gestures.ts'
import { inputValues } from './input-values.ts'
import type { Listening } from './listening.ts'
import { at, brushIn, centre, plotsOf, targetsOf } from './plots.ts'
import { hit, type Found } from './scene-items.ts'
import type { Step } from './step.ts'

/** Plots that are dragged in all ways: the first ones. Each of the others is brushed, zoomed and cleared, in few steps. */
const THOROUGH = 3
/** Plots that are hovered over. */
const HOVERED = 3

const listens = (listening: Listening, ...types: readonly string[]): boolean =>
  types.some((type) => listening.types.has(type))

/**
 * What a user does to a chart, derived from what the chart listens to and draws: each kind of gesture in every plot, while what
 * was done in the others stays; then each input element; then every plot is cleared, and the first is used once more. Each step
 * looks at the view as the steps before have left it: perform one before asking for the next.
 */
export function* scriptOf(view: View, listening: Listening): Generator<Step> {
  const over = listens(listening, 'pointerover', 'mouseover', 'pointermove', 'mousemove', 'pointerout', 'mouseout')
  const pressing = listens(listening, 'pointerdown', 'mousedown', 'pointerup', 'mouseup')
  const clicking = pressing || listens(listening, 'click')
  const wheeling = listens(listening, 'wheel')

  if (over || listens(listening, 'pointerenter', 'mouseenter')) yield* hovers(view)
  if (clicking) yield* clicks(view)
  if (pressing) {
    for (const [index, plot] of plotsOf(view).entries())
      yield* index < THOROUGH ? drags(view, plot) : brushes(view, plot)
    for (const [first] of targetsOf(view)) if (first !== undefined) yield* dragsItem(view, first)
  }
  if (wheeling) for (const [index, plot] of plotsOf(view).entries()) yield* wheels(view, plot, index < THOROUGH ? 3 : 1)
  if (listens(listening, 'touchstart', 'touchmove')) for (const plot of plotsOf(view)) yield* touches(view, plot)
  for (const binding of listening.binds)
    for (const value of inputValues(binding, view.signal(binding.signal))) yield setInput(binding.signal, value)
  if (listens(listening, 'keydown', 'keyup', 'keypress')) for (const name of ['a', 'Escape']) yield key(name)
  if (clicking || listens(listening, 'dblclick'))
    for (const plot of plotsOf(view)) yield doubleClick(view, at(plot, 0.97, 0.03))
  yield* again(view, listening, pressing, clicking)
}

function* hovers(view: View): Generator<Step> {
  for (const plot of plotsOf(view).slice(0, HOVERED)) {
    yield hover(view, at(plot, 0.33, 0.41))
    yield hover(view, at(plot, 0.71, 0.66))
  }
  for (const found of targetsOf(view).flatMap((items) => items.slice(0, 2))) {
    yield hover(view, centre(found), found.target)
    yield leave(centre(found), found.target)
  }
}

function* clicks(view: View): Generator<Step> {
  for (const items of targetsOf(view)) {
    for (const found of items.slice(0, 2)) yield click(view, centre(found), found.target)
    const last = items.at(-1)
    if (last === undefined) continue
    yield click(view, centre(last), last.target, true)
    yield click(view, centre(last), last.target, true)
  }
}

function* drags(view: View, plot: Found): Generator<Step> {
  yield* drag(view, 'drag', [at(plot, 0.21, 0.83), at(plot, 0.4513, 0.57), at(plot, 0.68, 0.2931)])
  yield* movesBrush(view, plot)
  yield* drag(view, 'reversed drag', [at(plot, 0.9, 0.1117), at(plot, 0.55, 0.4), at(plot, 0.3333, 0.77)], {
    burst: true,
  })
  yield* drag(view, 'drag beyond the plot', [at(plot, 0.6, 0.5), at(plot, 0.8, 0.9), at(plot, 1.4, 1.3)], {
    burst: true,
  })
  yield* drag(view, 'empty drag', [at(plot, 0.15, 0.12)])
  yield* drag(view, 'drag to where it began', [at(plot, 0.5, 0.5), at(plot, 0.62, 0.4), at(plot, 0.5, 0.5)])
  yield* drag(view, 'narrow drag', [at(plot, 0.4, 0.5), at(plot, 0.45, 0.55)], { burst: true })
}

function* movesBrush(view: View, plot: Found): Generator<Step> {
  const brush = brushIn(view, plot)
  if (brush === undefined) return
  const [x, y] = centre(brush)
  yield* drag(view, 'move the brush', [
    [x, y],
    [x + 7.3, y - 3.1],
    [x - 11.6, y + 5.2],
  ])
  if (hit(view, [x, y]).length > 0) yield wheel(view, [x, y], -37.5)
}

function* brushes(view: View, plot: Found): Generator<Step> {
  yield* drag(view, 'reversed drag', [at(plot, 0.9, 0.1117), at(plot, 0.21, 0.77)], { burst: true })
  yield* drag(view, 'empty drag', [at(plot, 0.15, 0.12)])
  yield* drag(view, 'drag', [at(plot, 0.3333, 0.83), at(plot, 0.7, 0.2931)], { burst: true })
}

function* dragsItem(view: View, found: Found): Generator<Step> {
  const [x, y] = centre(found)
  yield* drag(
    view,
    'drag an item',
    [
      [x, y],
      [x + 9.7, y + 4.3],
      [x - 14.2, y - 21.6],
    ],
    { burst: true, item: found.target },
  )
}

function* wheels(view: View, plot: Found, count: number): Generator<Step> {
  const all = [
    () => wheel(view, at(plot, 0.31, 0.47), -53.7),
    () => wheel(view, at(plot, 0.62, 0.58), -120),
    () => wheel(view, at(plot, 0.5, 0.5), 81.3),
  ]
  for (const one of all.slice(0, count)) yield one()
}

function* touches(view: View, plot: Found): Generator<Step> {
  yield touch(view, 'touch', [[at(plot, 0.3, 0.4)], [at(plot, 0.42, 0.55)]])
  yield touch(view, 'pinch', [
    [at(plot, 0.4, 0.4), at(plot, 0.6, 0.6)],
    [at(plot, 0.31, 0.35), at(plot, 0.7, 0.77)],
  ])
}

/** What is done to a chart that was cleared. */
function* again(view: View, { binds }: Listening, pressing: boolean, clicking: boolean): Generator<Step> {
  const [plot] = plotsOf(view)
  const item = targetsOf(view)[0]?.[1]
  if (pressing && plot !== undefined)
    yield* drag(view, 'drag again', [at(plot, 0.12, 0.2), at(plot, 0.77, 0.9)], { burst: true })
  if (clicking && item !== undefined) yield click(view, centre(item), item.target)
  const [binding] = binds
  const value = binding === undefined ? undefined : inputValues(binding, view.signal(binding.signal))[0]
  if (binding !== undefined && value !== undefined) yield setInput(binding.signal, value)
}
