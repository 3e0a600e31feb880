import { regexpFromWire } from './codec/scalar.ts'
import { MagpieError } from './errors.ts'
import { isNumberArray, numberArrayFromText, numberArrayToText } from './number-array.ts'
import type { Scalar } from './scalar.ts'

/**
 * Cells of a `json` column (see table.ts): JSON that also keeps what JSON loses. Plain JSON stays as it is. Everything else
 * is an object with the one key `$magpie`:
 *
 * | value | text |
 * |---|---|
 * | undefined, NaN, Infinity, -Infinity, -0 | `{"$magpie":"undefined"}`, `{"$magpie":"NaN"}`, … |
 * | a Date | `{"$magpie":{"date":0}}`: milliseconds; null is an invalid Date |
 * | a RegExp | `{"$magpie":{"regexp":"/a+/i"}}` |
 * | a Float32Array, … | `{"$magpie":{"numbers":["Float32Array","AACAPw=="]}}`: kind and bytes |
 * | an object that has a key `$magpie` | `{"$magpie":{"object":[["$magpie",1]]}}`: its entries |
 */
export const TAG = '$magpie'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** The text of one cell. */
export const encodeCell = (value: Scalar): string => JSON.stringify(toJson(value))

/** The value of a cell; throws `bad-request` on text that `encodeCell` does not write. */
export function decodeCell(text: string): Scalar {
  const json = parse(text)
  return text.includes(TAG) || text.includes('\\') ? fromJson(json) : json
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw new MagpieError('bad-request', 'A cell is not JSON text', { cause })
  }
}

function toJson(value: Scalar): Json {
  if (value === undefined) return { [TAG]: 'undefined' }
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { [TAG]: numberName(value) }
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return Array.from(value as readonly Scalar[], toJson)
  if (value instanceof Date) return { [TAG]: { date: Number.isNaN(value.getTime()) ? null : value.getTime() } }
  if (value instanceof RegExp) return { [TAG]: { regexp: `/${value.source}/${value.flags}` } }
  if (isNumberArray(value)) return { [TAG]: { numbers: numberArrayToText(value) } }
  const entries = Object.entries(value).map(([key, item]): readonly [string, Json] => [key, toJson(item)])
  return Object.hasOwn(value, TAG) ? { [TAG]: { object: entries } } : Object.fromEntries(entries)
}

const numberName = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

const NAMED: ReadonlyMap<Json, Scalar> = new Map<Json, Scalar>([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
])

function fromJson(json: Json): Scalar {
  if (json === null || typeof json !== 'object') return json
  if (isArray(json)) return json.map(fromJson)
  const tag = Object.hasOwn(json, TAG) ? json[TAG] : undefined
  if (tag !== undefined) return untag(tag)
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, fromJson(item)]))
}

function untag(tag: Json): Scalar {
  if (NAMED.has(tag)) return NAMED.get(tag)
  if (tag !== null && typeof tag === 'object' && !isArray(tag)) {
    const { date, regexp, object, numbers } = tag
    if (date === null || typeof date === 'number') return new Date(date ?? Number.NaN)
    if (typeof regexp === 'string') return regexpFromWire(regexp, 'cell')
    const array = numbers !== undefined && isArray(numbers) ? numberArrayFromText(numbers[0], numbers[1]) : undefined
    if (array !== undefined) return array
    if (object !== undefined && isArray(object)) return Object.fromEntries(object.map(entryOf))
  }
  throw new MagpieError('bad-request', `A cell has the unknown tag ${JSON.stringify(tag)}`)
}

function entryOf(entry: Json): readonly [string, Scalar] {
  if (!isArray(entry) || typeof entry[0] !== 'string')
    throw new MagpieError('bad-request', 'A cell has a malformed entry')
  return [entry[0], fromJson(entry[1] ?? null)]
}

const isArray = (json: Json): json is readonly Json[] => Array.isArray(json)
