import { MagpieError } from '../errors.ts'
import { LIMITS } from './limits.ts'

/** A JSON object from its text; `bad-request` when it is something else, or nested too deep. */
export function parseJsonObject(text: string, place: string): Readonly<Record<string, unknown>> {
  const value = parseJson(text, place)
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && shallowEnough(value)) return { ...value }
  throw new MagpieError('bad-request', 'Expected a JSON object of moderate depth', { place })
}

/** A JSON list of objects from its text; `bad-request` when it is something else, or nested too deep. */
export function parseJsonObjects(text: string, place: string): readonly Readonly<Record<string, unknown>>[] {
  const value = parseJson(text, place)
  const objects: readonly unknown[] = Array.isArray(value) ? value : []
  if (Array.isArray(value) && objects.every(isObject) && shallowEnough(value)) return objects
  throw new MagpieError('bad-request', 'Expected a JSON list of objects of moderate depth', { place })
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new MagpieError('bad-request', `Not JSON text: ${cause instanceof Error ? cause.message : String(cause)}`, {
      place,
      cause,
    })
  }
}

function shallowEnough(value: object): boolean {
  let level: readonly object[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > LIMITS.jsonDepth) return false
    level = level.flatMap((item) =>
      Object.values(item).filter((child): child is object => typeof child === 'object' && child !== null),
    )
  }
  return true
}
