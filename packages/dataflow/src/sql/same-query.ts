import type { Query } from './ast.ts'

type Node = Readonly<Record<string, unknown>>

/** Are these the same, down to the last number? Quick where they share what does not change. */
export const isSameQuery = (one: Query, other: Query): boolean => isSame(one, other)

const isSame = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) return isSameList(one, other)
  return hasPartsOf(one as Node, other as Node) && partsOf(one as Node) === partsOf(other as Node)
}

const isSameList = (one: unknown, other: unknown): boolean =>
  Array.isArray(one) &&
  Array.isArray(other) &&
  one.length === other.length &&
  one.every((item, index) => isSame(item, other[index]))

const hasPartsOf = (one: Node, other: Node): boolean => {
  for (const key in one) if (!isSame(one[key], other[key])) return false
  return true
}

const partsOf = (node: Node): number => {
  let parts = 0
  for (const key in node) if (node[key] !== undefined) parts += 1
  return parts
}
