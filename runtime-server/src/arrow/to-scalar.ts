import { isNumberArray, MagpieError, type Scalar } from '@magpie-vega/protocol'

const ownEntries = (value: object): readonly (readonly [string, unknown])[] => Object.entries(value)

const convert = (value: unknown, above: readonly object[]): Scalar => {
  switch (typeof value) {
    case 'undefined':
    case 'boolean':
    case 'number':
    case 'string':
      return value
    case 'bigint':
      return Number(value)
    case 'symbol':
      return undefined
    case 'function':
      // What `bin` and `timeunit` write to their signal is a function that carries its parameters as properties.
      return Object.fromEntries(ownEntries(value).map(([key, item]) => [key, convert(item, above)]))
    default:
  }
  if (value === null || value instanceof Date || value instanceof RegExp || isNumberArray(value)) return value
  if (typeof value !== 'object') return undefined
  if (above.includes(value)) {
    throw new MagpieError('unsupported', 'A value refers to itself, so it cannot be sent', {
      remedy: 'Let the step that reads it run in the same place, or drop the column.',
    })
  }
  const within = [...above, value]
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as ArrayLike<unknown>, (item) => convert(item, within))
  }
  return Object.fromEntries(ownEntries(value).map(([key, item]) => [key, convert(item, within)]))
}

/** Any value of Vega's as a scalar: plain, without functions and symbols. Throws `unsupported` when it is circular. */
export const toScalar = (value: unknown): Scalar => convert(value, [])
