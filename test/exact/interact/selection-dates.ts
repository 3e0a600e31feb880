import { objects, type Json } from '../json.ts'
import type { Snapshot } from '../oracle.ts'

const TESTED = /\bvlSelectionTest\(\s*["']([^"']+)["']/g
const RESOLVED = /\bvlSelectionResolve\(/
const INSERTED = /\bmodify\(\s*["']([^"']+)["']\s*,([^()]*)\)/g
const WORD = /\b(?!true\b|false\b|null\b)[A-Za-z_$][\w$]*/g

const matches = (text: string, pattern: RegExp): readonly (readonly string[])[] =>
  [...text.matchAll(pattern)].map((match) => match.slice(1))

/** Names of the signals of a group and of those in it. */
const signalsIn = (group: Json): readonly unknown[] => [
  ...objects(group['signals']).map(({ name }) => name),
  ...objects(group['marks']).flatMap(signalsIn),
]

/** Names of selections' values in a spec: the stores that rows are tested against, what is put into them, what they come to. */
export function selectionNames(spec: Json): ReadonlySet<string> {
  const text = JSON.stringify(spec).replaceAll('\\"', '"')
  const stores = new Set(matches(text, TESTED).map(([store]) => store ?? ''))
  const signals = new Set(signalsIn(spec))
  const tuples = matches(text, INSERTED).flatMap(([store = '', given = '']) =>
    stores.has(store) ? given.split(',').flatMap((value) => value.match(WORD)?.at(-1) ?? []) : [],
  )
  const resolved = objects(spec['signals']).flatMap(({ name, update }) =>
    typeof update === 'string' && RESOLVED.test(update) ? [String(name)] : [],
  )
  return new Set([...stores, ...tuples.filter((name) => signals.has(name)), ...resolved])
}

function asNumbers(value: unknown, made: Map<object, unknown>): unknown {
  if (value instanceof Date) return value.getTime()
  if (typeof value !== 'object' || value === null) return value
  const before = made.get(value)
  if (before !== undefined) return before
  if (Array.isArray(value)) return value.map((item) => asNumbers(item, made))
  const copy: Record<string, unknown> = {}
  made.set(value, copy)
  for (const [key, inner] of Object.entries(value)) copy[key] = asNumbers(inner, made)
  return copy
}

const named = <T>(values: Readonly<Record<string, T>>, names: ReadonlySet<string>): Record<string, T> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, names.has(name) ? (asNumbers(value, new Map()) as T) : value]),
  )

/**
 * A snapshot with the dates in selections as the numbers that they stand for. Vega's vlSelectionTest overwrites the dates of a
 * store with numbers when it first tests a row against them; so a selection holds dates until then and numbers after, even in
 * Vega alone, and dates where it is the service that tests the rows. What is drawn is compared as it is.
 */
export const withSelectionNumbers = (snapshot: Snapshot, names: ReadonlySet<string>): Snapshot => ({
  ...snapshot,
  data: named(snapshot.data, names),
  signals: named(snapshot.signals, names),
})
