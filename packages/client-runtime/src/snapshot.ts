import { MagpieError } from '@magpie-vega/protocol'
import type { Scalar } from '@magpie-vega/protocol'

/** Depth beyond which a value is taken for one that contains itself. */
const DEPTH = 32

// scenegraph items, sets and DOM nodes are not plain
const isPlain = (value: object): boolean =>
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)

// vlSelectionTest keeps a `getter` function in the fields of a selection's store
const isGetter = (value: unknown): boolean => typeof value === 'function' && !('step' in value)

const bins = (value: object, place: string): Scalar =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key === 'start' || key === 'stop' || key === 'step')
      .map(([key, item]) => [key, snapshot(item, place)]),
  )

/**
 * A copy of a value of the View that later changes in the View do not reach: plain objects (own string keys only), arrays,
 * Dates, regular expressions and primitives. Throws `unsupported`, naming `place`, for anything that cannot be sent.
 */
export const snapshot = (value: unknown, place: string, depth = 0): Scalar => {
  if (value === null || value === undefined) return value
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
  // the signal of a bin transform is a function that carries its bins
  if (typeof value === 'function' && 'step' in value) return bins(value, place)
  if (depth < DEPTH) {
    if (value instanceof Date) return new Date(value.getTime())
    if (value instanceof RegExp) return value
    if (Array.isArray(value)) return Array.from(value, (item: unknown) => snapshot(item, place, depth + 1))
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array)
    if (typeof value === 'object' && isPlain(value))
      return Object.fromEntries(
        Object.entries(value).flatMap(([key, item]) =>
          isGetter(item) ? [] : [[key, snapshot(item, place, depth + 1)]],
        ),
      )
  }
  throw new MagpieError('unsupported', 'The value of this signal or data set cannot be sent to the service', {
    place,
    remedy: 'Keep to numbers, strings, booleans, dates, lists and objects of these.',
  })
}
