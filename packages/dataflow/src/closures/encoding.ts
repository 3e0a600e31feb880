import { closureOf } from './closure-of.ts'
import { NO_EVENT, type Closure, type Fields, type Functions } from './closure.ts'
import type { VegaNode } from './vega-node.ts'

/** The channels of an encoder, as they are in a data flow description. */
export interface VegaEncode {
  readonly marktype: string
  readonly channels: Readonly<Record<string, { readonly ast: VegaNode }>>
}

/** Writes the channels into an item. Tells with 1 that one of them has changed. */
export type Encoding = (functions: Functions, item: Fields, params: Fields) => 0 | 1

type Adjust = (item: Fields) => void

/** Of a horizontal or vertical extent: the names of its start, end, middle and size. */
interface Axis {
  readonly start: string
  readonly end: string
  readonly middle: string
  readonly size: string
}

const AXES: readonly Axis[] = [
  { start: 'x', end: 'x2', middle: 'xc', size: 'width' },
  { start: 'y', end: 'y2', middle: 'yc', size: 'height' },
]

const SWAPPED: ReadonlySet<string> = new Set(['group', 'image', 'rect'])

const swap = (item: Fields, { start, end }: Axis): void => {
  if (!((item[start] as number) > (item[end] as number))) return
  const before = item[start]
  item[start] = item[end]
  item[end] = before
}

/** Vega's rules for what an extent's start and size follow from, as far as an encoder sets them. */
const adjustments = ({ marktype, channels }: VegaEncode): readonly Adjust[] =>
  marktype === 'rule'
    ? []
    : AXES.flatMap((axis) => {
        const { start, end, middle, size } = axis
        const swaps = SWAPPED.has(marktype)
        const fromBoth: Adjust = (item) => {
          if (swaps) swap(item, axis)
          item[size] = (item[end] as number) - (item[start] as number)
        }
        const fromEnd: Adjust = (item) => (item[start] = (item[end] as number) - ((item[size] || 0) as number))
        const fromMiddle: Adjust = (item) =>
          (item[start] = (item[middle] as number) - ((item[size] || 0) as number) / 2)
        return [
          ...(channels[end] === undefined ? [] : [channels[start] === undefined ? fromEnd : fromBoth]),
          ...(channels[middle] === undefined ? [] : [fromMiddle]),
        ]
      })

/** Compiles an encoder. Throws for what is no expression of Vega's. */
export const encodingOf = (encode: VegaEncode, functions: Functions): Encoding => {
  const place = { functions, given: { datum: true, item: true } }
  const channels: readonly { readonly name: string; readonly value: Closure }[] = Object.entries(encode.channels).map(
    ([name, { ast }]) => ({ name, value: closureOf(ast, place) }),
  )
  const adjust = adjustments(encode)
  return (own, item, params) => {
    const { datum } = item
    let changed: 0 | 1 = 0
    for (const { name, value } of channels) {
      const next = value(own, params, datum, NO_EVENT, item)
      if (item[name] === next) continue
      item[name] = next
      changed = 1
    }
    for (const one of adjust) one(item)
    return changed
  }
}
