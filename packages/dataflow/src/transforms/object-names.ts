import type { Column } from '../columns.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { column as columnExpr, isIn, literal, not } from '../sql/build.ts'

/** What every object has. Where Vega keeps things by name in a plain object, it takes these for things that are there. */
const OBJECT_NAMES: readonly string[] = Object.getOwnPropertyNames(Object.prototype).toSorted()

/** Is a value none of them, but for those `known` to be things? Undefined where it cannot be one. */
export const isNoObjectName = ({ id, type }: Column, known: readonly unknown[] = []): SqlExpr | undefined => {
  const names = OBJECT_NAMES.filter((name) => !known.includes(name))
  return type === 'string' ? not(isIn(columnExpr(id), names.map(literal))) : undefined
}
