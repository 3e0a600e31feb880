import type { Snapshot } from '../oracle.ts'

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

interface Item {
  readonly mark: Mark
  readonly bounds: unknown
}
interface Mark {
  readonly marktype: string
  readonly group?: Item & { readonly items: readonly Mark[] }
}

const isItem = (value: object): value is Item => 'mark' in value && 'bounds' in value

/** An item of the scene that a signal holds stands for the place of its mark, and its bounding box. */
function itemAsValue({ mark, bounds }: Item): object {
  const path: number[] = []
  for (let at: Mark | undefined = mark; at?.group !== undefined; at = at.group.mark)
    path.unshift(at.group.items.indexOf(at))
  const { x1, y1, x2, y2 } = bounds as Readonly<Record<string, number>>
  return { path, box: [x1, y1, x2, y2] }
}

const isFlat = (row: object): boolean =>
  Object.values(row).every((value) => typeof value !== 'object' || value === null)

const isCopyOf = (copy: object, row: object): boolean => {
  const keys = Object.keys(row)
  return (
    keys.length === Object.keys(copy).length &&
    keys.every((key) => Object.hasOwn(copy, key) && Object.is(Reflect.get(copy, key), Reflect.get(row, key)))
  )
}

/** Copies values; those that are shared stay shared. `rows` holds the copies of flat rows made before. */
function copier(rows: WeakMap<object, object>): (value: unknown) => unknown {
  const copies = new Map<object, unknown>()
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const before = copies.get(value)
    if (before !== undefined) return before
    if (value instanceof Date) return new Date(value.getTime())
    if (Array.isArray(value)) {
      const list: unknown[] = []
      copies.set(value, list)
      for (const item of value) list.push(copy(item))
      return list
    }
    if (isItem(value)) return itemAsValue(value)
    if (!isPlain(value)) return value
    if (isFlat(value)) {
      const earlier = rows.get(value)
      const row = earlier !== undefined && isCopyOf(earlier, value) ? earlier : { ...value }
      rows.set(value, row)
      return row
    }
    const object: Record<string, unknown> = {}
    copies.set(value, object)
    for (const key of Object.keys(value)) object[key] = copy(Reflect.get(value, key))
    return object
  }
  return copy
}

/** Makes snapshots of one view values alone, which outlive the view's next change. Rows that did not change are kept once. */
export function keeper(): (snapshot: Snapshot) => Snapshot {
  const rows = new WeakMap<object, object>()
  return (snapshot) => copier(rows)(snapshot) as Snapshot
}
