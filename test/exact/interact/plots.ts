import type { View } from 'vega'
import { itemsOf, rootMark, type Found } from './scene-items.ts'
import type { Point } from './step.ts'

/** Plots that a script goes to: all, or the first ones and the last. */
const PLOTS = 9
/** A group smaller than this is no plot. */
const SMALL = 12
/** Marks that a script goes to: all, or the first ones and the last. */
const MARKS = 4

const GUIDE = /^(?:axis|legend|title|row-|column-)/

const ends = <T>(list: readonly T[], most: number): readonly T[] =>
  list.length <= most ? list : [...list.slice(0, Math.ceil(most / 2)), ...list.slice(-Math.floor(most / 2))]

/** Plots: interactive groups that draw something of their own. */
export function plotsOf(view: View): readonly Found[] {
  const plots = [...itemsOf(rootMark(view))].filter(({ item }) => {
    const { mark, width = 0, height = 0, items = [] } = item
    if (mark.marktype !== 'group' || mark.interactive === false || GUIDE.test(mark.role ?? '')) return false
    return (
      width > SMALL && height > SMALL && items.some(({ role, marktype }) => role === 'mark' && marktype !== 'group')
    )
  })
  return ends(plots, PLOTS)
}

/** A point in a plot, as fractions of its width and height. */
export const at = ({ item, origin }: Found, fx: number, fy: number): Point => [
  origin[0] + (item.x ?? 0) + fx * (item.width ?? 0),
  origin[1] + (item.y ?? 0) + fy * (item.height ?? 0),
]

export const centre = ({ item, origin }: Found): Point => [
  origin[0] + (item.bounds.x1 + item.bounds.x2) / 2,
  origin[1] + (item.bounds.y1 + item.bounds.y2) / 2,
]

/** First, middle and last item of the interactive marks and of legends. */
export function targetsOf(view: View): readonly (readonly Found[])[] {
  const byMark = new Map<object, Found[]>()
  for (const found of itemsOf(rootMark(view))) {
    const { mark } = found.item
    if (mark.marktype === 'group' || mark.interactive === false || !/^(?:mark|legend)/.test(mark.role ?? '')) continue
    const known = byMark.get(mark)
    if (known === undefined) byMark.set(mark, [found])
    else known.push(found)
  }
  const marks = [...byMark.values()].map((items) => [
    ...new Set([items[0], items[Math.floor(items.length / 2)], items.at(-1)].filter((item) => item !== undefined)),
  ])
  return ends(marks, MARKS)
}

/** The brush of a plot, where it is now. */
export const brushIn = (view: View, { target }: Found): Found | undefined =>
  [...itemsOf(rootMark(view))].find(
    ({ item, target: place }) =>
      /brush/i.test(item.mark.name ?? '') &&
      item.mark.interactive !== false &&
      item.bounds.x2 - item.bounds.x1 > 2 &&
      target.every(({ mark, item: index }, depth) => place[depth]?.mark === mark && place[depth]?.item === index),
  )
