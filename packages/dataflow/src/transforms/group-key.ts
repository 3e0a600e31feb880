import type { Column, Relation } from '../columns.ts'
import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { call, cast, coalesce, column as columnExpr, concat, divide, literal } from '../sql/build.ts'
import { codedKeys } from './coded-keys.ts'
import type { FieldRef } from './field.ts'
import type { Computed } from './put-column.ts'
import type { Build } from './transform.ts'

/** How rows fall into groups. */
export interface Grouping {
  /** What rows of one group have in common. */
  readonly keys: readonly SqlExpr[]
  /** The group fields: the values of the group's first row, as aggregates over the group where the key is not the value. */
  readonly outputs: readonly Computed[]
}

const value = (column: Column): SqlExpr => columnExpr(column.id)

/** Is the text of every value different, and free of the separator? */
const plain = ({ type, plain: known, nulls }: Column): boolean =>
  type === 'number' || type === 'boolean' || (type === 'string' ? known === true : known === true && !nulls)

/** `String(value)` of a string column. */
const text = (column: Column): SqlExpr =>
  column.nulls ? coalesce(value(column), literal(column.absent === true ? 'undefined' : 'null')) : value(column)

/**
 * Groups as Vega's `groupkey` does: by `String(value)`, joined with `|`. So null meets the text `null`, Dates meet within a
 * second, and texts with `|` in them may run into each other.
 */
export const groupKey = (fields: readonly FieldRef[], input: Relation, build: Build): Grouping | Reason => {
  const opaque = fields.find(({ column }) => column.type === 'json')
  if (opaque !== undefined) return reason('groups of objects are not made in SQL', opaque.name)
  const loose = fields.flatMap(({ column }, index) => (column.type === 'string' && !plain(column) ? [index] : []))
  const from = loose[0] ?? 0
  if (loose.length > 1 && (loose.at(-1) ?? 0) - from !== loose.length - 1) {
    return reason('texts that may contain | are grouped around another field', fields[from]?.name)
  }
  const first = (column: Column): SqlExpr => ({
    kind: 'aggregate',
    name: column.nulls ? 'arg_min_null' : 'arg_min',
    args: [value(column), columnExpr(input.order)],
  })
  const joined = loose.length > 1 ? loose : []
  const direct = fields.flatMap(({ column }, index) => (isDirect(column) && !joined.includes(index) ? [column] : []))
  const coded = codedKeys(direct, input)
  const others = fields.flatMap(({ column }, index): readonly SqlExpr[] => {
    if (coded.values.has(column.id) && !joined.includes(index)) return []
    if (index === joined[0]) return [joinedText(joined.flatMap((at) => fields[at]?.column ?? []))]
    return joined.includes(index) ? [] : [singleKey(column)]
  })
  const outputs = fields.map(({ column, name }, index) => ({
    column: { ...column, name, id: build.fresh() },
    sql: isDirect(column) && !joined.includes(index) ? (coded.values.get(column.id) ?? value(column)) : first(column),
  }))
  return { keys: [...coded.keys, ...others], outputs }
}

const isDirect = (column: Column): boolean =>
  column.type === 'date' ? column.plain === true : column.type !== 'string' || plain(column) || !column.nulls

const singleKey = (column: Column): SqlExpr =>
  isDirect(column)
    ? value(column)
    : column.type === 'date'
      ? call('floor', divide(value(column), literal(1000)))
      : text(column)

const joinedText = (columns: readonly Column[]): SqlExpr =>
  columns
    .map((column) => cast(text(column), 'varchar'))
    .reduce((left, right) => concat(concat(left, literal('|')), right))
