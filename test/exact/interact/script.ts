import type { View } from 'vega'
import { click, doubleClick, drag, hover, key, leave, setInput, wheel } from './gestures.ts'
import { inputValues } from './input-values.ts'
import type { Listening } from './listening.ts'
import { hit, itemsOf, rootMark, type Found } from './scene-items.ts'
import type { Point, Step } from './step.ts'

/** Groups and marks that are tried per chart. */
const GROUPS = 3
const MARKS = 4
/** A group smaller than this is no plot. */
const SMALL = 12

const GUIDE = /^(?:axis|legend|title|row-|column-)/

const some = (listening: Listening, ...types: readonly string[]): boolean =>
  types.some((type) => listening.types.has(type))

/** Plots: interactive groups that draw something of their own; the first ones and the last. */
function plotsOf(view: View): readonly Found[] {
  const plots = [...itemsOf(rootMark(view))].filter(({ item }) => {
    const { mark, width = 0, height = 0, items = [] } = item
    if (mark.marktype !== 'group' || mark.interactive === false || GUIDE.test(mark.role ?? '')) return false
    return (
      width > SMALL && height > SMALL && items.some(({ role, marktype }) => role === 'mark' && marktype !== 'group')
    )
  })
  return plots.length <= GROUPS ? plots : [...plots.slice(0, GROUPS - 1), ...plots.slice(-1)]
}

const at = ({ item, origin }: Found, fx: number, fy: number): Point => [
  origin[0] + (item.x ?? 0) + fx * (item.width ?? 0),
  origin[1] + (item.y ?? 0) + fy * (item.height ?? 0),
]

const centre = ({ item, origin }: Found): Point => [
  origin[0] + (item.bounds.x1 + item.bounds.x2) / 2,
  origin[1] + (item.bounds.y1 + item.bounds.y2) / 2,
]

/** First, middle and last item of the interactive marks and of legends. */
function targetsOf(view: View): readonly (readonly Found[])[] {
  const byMark = new Map<object, Found[]>()
  for (const found of itemsOf(rootMark(view))) {
    const { mark } = found.item
    if (mark.marktype === 'group' || mark.interactive === false || !/^(?:mark|legend)/.test(mark.role ?? '')) continue
    byMark.set(mark, [...(byMark.get(mark) ?? []), found])
  }
  const marks = [...byMark.values()].map((items) => [
    ...new Set([items[0], items[Math.floor(items.length / 2)], items.at(-1)].filter((item) => item !== undefined)),
  ])
  return marks.length <= MARKS ? marks : [...marks.slice(0, MARKS / 2), ...marks.slice(-MARKS / 2)]
}

/** The brush of a plot, wherever it is now. */
const brushIn = (view: View): Found | undefined =>
  [...itemsOf(rootMark(view))].find(
    ({ item }) => item.mark.name?.endsWith('_brush') === true && item.bounds.x2 - item.bounds.x1 > 2,
  )

/**
 * What a user does to a chart, derived from what the chart listens to and draws. Each step looks at the view as the steps
 * before have left it: perform one before asking for the next.
 */
export function* scriptOf(view: View, listening: Listening): Generator<Step> {
  const pressing = some(listening, 'pointerdown', 'mousedown', 'pointerup', 'mouseup')
  if (some(listening, 'pointerover', 'mouseover', 'pointermove', 'mousemove', 'pointerout', 'mouseout', 'pointerenter'))
    yield* hovers(view)
  if (pressing || some(listening, 'click')) yield* clicks(view)
  if (pressing) for (const plot of plotsOf(view)) yield* drags(view, plot)
  if (some(listening, 'wheel')) {
    for (const plot of plotsOf(view)) {
      yield wheel(view, at(plot, 0.31, 0.47), -53.7)
      yield wheel(view, at(plot, 0.62, 0.58), -120)
      yield wheel(view, at(plot, 0.5, 0.5), 81.3)
    }
  }
  for (const binding of listening.binds) {
    for (const value of inputValues(binding, view.signal(binding.signal))) yield setInput(binding.signal, value)
  }
  if (some(listening, 'keydown', 'keyup', 'keypress')) for (const name of ['a', 'Escape']) yield key(name)
  if (pressing || some(listening, 'dblclick', 'click'))
    for (const plot of plotsOf(view)) yield doubleClick(view, at(plot, 0.97, 0.03))
}

function* hovers(view: View): Generator<Step> {
  for (const plot of plotsOf(view).slice(0, 2)) {
    for (const [fx, fy] of [
      [0.33, 0.41],
      [0.71, 0.66],
    ] as const)
      yield hover(view, at(plot, fx, fy))
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
  const brush = brushIn(view)
  if (brush !== undefined) {
    const [x, y] = centre(brush)
    yield* drag(view, 'move the brush', [
      [x, y],
      [x + 7.3, y - 3.1],
      [x - 11.6, y + 5.2],
    ])
    if (hit(view, [x, y]).length > 0) yield wheel(view, [x, y], -37.5)
  }
  yield* drag(view, 'reversed drag', [at(plot, 0.9, 0.1117), at(plot, 0.55, 0.4), at(plot, 0.3333, 0.77)], {
    burst: true,
  })
  yield* drag(view, 'drag beyond the plot', [at(plot, 0.6, 0.5), at(plot, 0.8, 0.9), at(plot, 1.4, 1.3)], {
    burst: true,
  })
  yield* drag(view, 'empty drag', [at(plot, 0.15, 0.12)])
  yield* drag(view, 'narrow drag', [at(plot, 0.4, 0.5), at(plot, 0.45, 0.55)], { burst: true })
}
