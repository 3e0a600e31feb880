import { isNumberArray, type Scalar } from '@magpie-vega/protocol'

const isList = (value: Scalar): value is readonly Scalar[] => Array.isArray(value)

/** Are two values the same to Vega: NaN is itself, 0 is not -0, Dates by time, lists and objects by content and key order? */
export const sameValue = (a: Scalar, b: Scalar): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof Date || b instanceof Date)
    return a instanceof Date && b instanceof Date && Object.is(a.getTime(), b.getTime())
  if (a instanceof RegExp || b instanceof RegExp)
    return a instanceof RegExp && b instanceof RegExp && String(a) === String(b)
  if (isNumberArray(a) || isNumberArray(b))
    return (
      isNumberArray(a) &&
      isNumberArray(b) &&
      a.constructor === b.constructor &&
      a.length === b.length &&
      a.every((item, index) => Object.is(item, b[index]))
    )
  if (isList(a) || isList(b))
    return isList(a) && isList(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]))
  const left = Object.entries(a)
  const right = Object.entries(b)
  return (
    left.length === right.length &&
    left.every(([key, value], index) => key === right[index]?.[0] && sameValue(value, right[index][1]))
  )
}
