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

/** A copier of plain values: what Vega changes later does not reach the copy. Values that are shared stay shared. */
function copier(): (value: unknown) => unknown {
  const copies = new Map<object, unknown>()
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (copies.has(value)) return copies.get(value)
    if (value instanceof Date) return new Date(value.getTime())
    if (Array.isArray(value)) {
      const list: unknown[] = []
      copies.set(value, list)
      for (const item of value) list.push(copy(item))
      return list
    }
    if (isItem(value)) return itemAsValue(value)
    if (!isPlain(value)) return value
    const object: Record<string, unknown> = {}
    copies.set(value, object)
    for (const key of Object.keys(value)) object[key] = copy(Reflect.get(value, key))
    return object
  }
  return copy
}

/** A snapshot as values alone, which outlive the view's next change. */
export const keep = (snapshot: Snapshot): Snapshot => copier()(snapshot) as Snapshot
