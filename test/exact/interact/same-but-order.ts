import { createHash } from 'node:crypto'
import { compareSnapshots } from '../compare.ts'
import { newTally } from '../difference.ts'
import type { Snapshot } from '../oracle.ts'

/** Long texts stand for themselves by their digest: values may be deep, and share parts. */
const short = (text: string): string => (text.length < 100 ? text : createHash('sha1').update(text).digest('base64'))

/**
 * Texts to sort by: equal for equal values, and for numbers within the tolerance of sums all but always. Where one is not,
 * values are reported as different; never the other way round.
 */
function texts(): (value: unknown) => string {
  const known = new Map<object, string>()
  const text = (value: unknown): string => {
    if (typeof value === 'number') return value.toPrecision(6)
    if (typeof value === 'function') return ''
    if (typeof value !== 'object' || value === null)
      return typeof value === 'string' ? JSON.stringify(value) : String(value)
    if (value instanceof Date) return `@${value.getTime()}`
    const before = known.get(value)
    if (before !== undefined) return before
    known.set(value, '^')
    const inner = Array.isArray(value)
      ? `[${value.map(text).join()}]`
      : `{${Object.keys(value)
          .sort()
          .map((key) => `${key}:${text(Reflect.get(value, key))}`)
          .join()}}`
    const own = short(inner)
    known.set(value, own)
    return own
  }
  return text
}

const sorted = (items: readonly unknown[], textOf: (value: unknown) => string): unknown[] =>
  items
    .map((item) => ({ item, text: textOf(item) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ item }) => item)

/** A scene with the items of every mark sorted; the marks of a group stay in their order. */
function scene(node: unknown, isMark: boolean, textOf: (value: unknown) => string): unknown {
  if (typeof node !== 'object' || node === null) return node
  const items: unknown = Reflect.get(node, 'items')
  if (!Array.isArray(items)) return node
  const inner = items.map((item) => scene(item, !isMark, textOf))
  if (!isMark) return { ...node, items: inner }
  const front: unknown = Reflect.get(node, 'front')
  const raised = Array.isArray(front)
    ? {
        front: sorted(
          front.map((at: number) => inner[at]),
          textOf,
        ),
      }
    : {}
  return { ...node, items: sorted(inner, textOf), ...raised }
}

const columns = (rows: readonly object[]): ReadonlySet<string> => new Set(rows.flatMap((row) => Object.keys(row)))

const pick = (rows: readonly object[], names: ReadonlySet<string>): object[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name))))

/**
 * The first difference that is not one of order: rows of data sets and items of marks are compared as multisets. After
 * interaction their order is an accident of history in Vega itself: its incremental dataflow appends the groups that vanish and
 * come back, where a fresh Vega with the same signals has them in the order of the rows.
 */
export function sameButOrder(expected: Snapshot, actual: Snapshot): string | undefined {
  const data = (snapshot: Snapshot): Snapshot['data'] =>
    Object.fromEntries(
      Object.entries(snapshot.data).map(([name, rows]) => [
        name,
        sorted(pick(rows, columns(actual.data[name] ?? [])), texts()) as object[],
      ]),
    )
  const unordered = (snapshot: Snapshot): Snapshot => ({
    data: data(snapshot),
    signals: snapshot.signals,
    scene: scene(snapshot.scene, true, texts()) as Snapshot['scene'],
  })
  return compareSnapshots(unordered(expected), unordered(actual), newTally())
}
