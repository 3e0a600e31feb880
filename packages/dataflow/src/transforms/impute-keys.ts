import type { Column } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Query } from '../sql/ast.ts'
import { cast, column as columnExpr, integer, literal, select, where } from '../sql/build.ts'
import { listParameter, type Definition } from './parameter.ts'
import { isNoObjectName } from './object-names.ts'
import { SQL_TYPES } from './sql-types.ts'
import type { Build } from './transform.ts'

/** A key that is given. */
export type Key = boolean | number | string

/** So many keys are written into a statement. */
const MOST = 10_000

/** The keys that every group is to have, in order: those given, of the type of the key, and each once. */
export const givenKeys = (definition: Definition, column: Column, build: Build): readonly Key[] | Reason => {
  const given = listParameter(definition, 'keyvals', build)
  if (given === undefined || isReason(given)) return given ?? []
  if (given.length > MOST) return reason('the keys are too many for a statement', 'keyvals')
  if (given.some((value) => typeof value !== column.type))
    return reason('a key is not of the type of the field', 'keyvals')
  if (given.includes('__proto__')) return reason('no key can be __proto__', 'keyvals')
  return new Set(given.map(String)).size < given.length
    ? reason('a key is given twice', 'keyvals')
    : (given as readonly Key[])
}

/** The keys that groups have: first those given, then the others in the order of their first row. */
export const keysOf = (
  rows: Query,
  { key, order }: { readonly key: Column; readonly order: string },
  given: readonly Key[],
  as: { readonly id: string; readonly order: string },
  build: Build,
): Query => {
  const [value, place] = [build.fresh(), build.fresh()]
  const real = isNoObjectName(key, given)
  const found = select({
    from: real === undefined ? rows : where(rows, real),
    columns: [
      { id: value, expr: columnExpr(key.id) },
      { id: place, expr: columnExpr(order) },
    ],
  })
  const before: Query = {
    kind: 'values',
    ids: [value, place],
    rows: given.map((item, index) => [cast(literal(item), SQL_TYPES[key.type]), integer(index - given.length)]),
  }
  return select({
    from:
      given.length === 0
        ? found
        : { kind: 'union', inputs: [found, select({ from: before, star: true, columns: [] })] },
    columns: [
      { id: as.id, expr: columnExpr(value) },
      { id: as.order, expr: { kind: 'aggregate', name: 'min', args: [columnExpr(place)] } },
    ],
    groupBy: [columnExpr(value)],
  })
}
