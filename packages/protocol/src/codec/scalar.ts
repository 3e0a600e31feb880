import { MagpieError } from '../errors.ts'
import { magpie } from '../gen/magpie.js'
import { bytesOf, isNumberArray, kindOf, numberArrayFrom } from '../number-array.ts'
import type { Scalar } from '../scalar.ts'
import { LIMITS, withinLimit } from './limits.ts'

type WireScalar = magpie.v1.Scalar.$Properties

/** Counts the scalars of one message, so that many small lists cannot exceed the limit together. */
export interface ScalarBudget {
  spent: number
}

/** `Object.prototype.toString` tells Dates of another realm (an iframe, a `vm` context) from other objects too. */
const tagOf = (value: object): string => Object.prototype.toString.call(value)

/** Bytes of a scalar; throws `unsupported` for what is none (a function, a cycle, a bigint). */
export function encodeScalar(value: Scalar): Uint8Array {
  return magpie.v1.Scalar.encode(scalarToWire(value)).finish()
}

/** Reads a scalar; throws `bad-request` on malformed bytes. */
export function decodeScalar(bytes: Uint8Array): Scalar {
  return scalarFromWire(magpie.v1.Scalar.decode(bytes), 'scalar')
}

export function scalarToWire(value: Scalar, place = 'scalar', depth = 0): WireScalar {
  if (depth > LIMITS.scalarDepth) {
    throw new MagpieError('unsupported', `A value is nested deeper than ${LIMITS.scalarDepth} levels`, { place })
  }
  if (value === undefined) return { undefined: true }
  if (value === null) return { null: true }
  if (typeof value === 'boolean') return { boolean: value }
  if (typeof value === 'number') return { number: value }
  if (typeof value === 'string') return { text: value }
  if (typeof value === 'object') return objectToWire(value, place, depth)
  throw new MagpieError('unsupported', `A ${typeof value} cannot be sent`, { place })
}

function objectToWire(
  value: Exclude<Scalar, undefined | null | boolean | number | string>,
  place: string,
  depth: number,
): WireScalar {
  if (isList(value)) return { list: { items: Array.from(value, (item) => scalarToWire(item, place, depth + 1)) } }
  if (isDate(value)) return { date: value.getTime() }
  if (isRegExp(value)) return { regexp: `/${value.source}/${value.flags}` }
  if (isNumberArray(value)) return { numbers: { kind: kindOf(value), data: bytesOf(value) } }
  if (tagOf(value) !== '[object Object]')
    throw new MagpieError('unsupported', `A ${tagOf(value).slice(8, -1)} cannot be sent`, { place })
  const entries = Object.entries(value).map(([key, item]) => ({ key, value: scalarToWire(item, place, depth + 1) }))
  return { object: { entries } }
}

const isList = (value: object): value is readonly Scalar[] => Array.isArray(value)
const isDate = (value: object): value is Date => tagOf(value) === '[object Date]'
const isRegExp = (value: object): value is RegExp => tagOf(value) === '[object RegExp]'

export function scalarFromWire(
  wire: WireScalar | null | undefined,
  place: string,
  budget: ScalarBudget = { spent: 0 },
  depth = 0,
): Scalar {
  budget.spent += 1
  if (depth > LIMITS.scalarDepth)
    throw new MagpieError('bad-request', `A value is nested deeper than ${LIMITS.scalarDepth} levels`, { place })
  withinLimit(budget.spent, 'scalars', place)
  switch (wire?.kind) {
    case 'undefined':
      return undefined
    case 'null':
      return null
    case 'boolean':
      return wire.boolean === true
    case 'number':
      return wire.number ?? 0
    case 'text':
      return wire.text ?? ''
    case 'date':
      return new Date(wire.date ?? Number.NaN)
    case 'regexp':
      return regexpFromWire(wire.regexp ?? '', place)
    case 'numbers':
      return numbersFromWire(wire.numbers, place)
    case 'list':
      return (wire.list?.items ?? []).map((item) => scalarFromWire(item, place, budget, depth + 1))
    case 'object':
      return Object.fromEntries(
        (wire.object?.entries ?? []).map((entry) => [
          entry.key ?? '',
          scalarFromWire(entry.value, place, budget, depth + 1),
        ]),
      )
    default:
      throw new MagpieError('bad-request', 'A scalar has no value', { place })
  }
}

function numbersFromWire(wire: magpie.v1.NumberArray.$Properties | null | undefined, place: string): Scalar {
  const array = numberArrayFrom(wire?.kind ?? '', wire?.data ?? new Uint8Array())
  if (array === undefined) throw new MagpieError('bad-request', 'Numbers are not of a known kind', { place })
  return array
}

/** A regular expression from `/source/flags`; `bad-request` when JavaScript would not accept it. */
export function regexpFromWire(text: string, place: string): RegExp {
  const end = text.lastIndexOf('/')
  try {
    if (end < 1 || !text.startsWith('/')) throw new SyntaxError('it is not written as /source/flags')
    return new RegExp(text.slice(1, end), text.slice(end + 1))
  } catch (cause) {
    throw new MagpieError('bad-request', `${JSON.stringify(text)} is not a regular expression`, { place, cause })
  }
}
