import { written, type Column, type Relation } from '../columns.ts'
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

/** How the texts of a group's values make one. */
export interface Joining {
  readonly separator: string
  /** Null and missing values are the empty text. */
  readonly blank: boolean
}

/** As Vega's `groupkey` does: null is the text `null`. */
const KEY: Joining = { separator: '|', blank: false }

/** As an array of the values is written. */
export const LIST: Joining = { separator: ',', blank: true }

/** Is the text of every value different, and free of the separator? */
const plain = ({ type, plain: known, nulls }: Column, { blank }: Joining): boolean =>
  type === 'number' ||
  type === 'boolean' ||
  (type === 'string' ? known === true && !blank : known === true && (!nulls || blank))

/** `String(value)` of a string column. */
const text = (column: Column, { blank }: Joining): SqlExpr =>
  column.nulls
    ? coalesce(value(column), literal(blank ? '' : column.absent === true ? 'undefined' : 'null'))
    : value(column)

/**
 * Groups as Vega's `groupkey` does: by `String(value)`, joined with `|`. So null meets the text `null`, Dates meet within a
 * second, and texts with `|` in them may run into each other. With a `key` by that of it alone.
 */
export const groupKey = (
  fields: readonly FieldRef[],
  input: Relation,
  build: Build,
  key?: FieldRef,
  joining = KEY,
): Grouping | Reason => {
  const opaque = [...fields, ...(key === undefined ? [] : [key])].find(({ column }) => column.type === 'json')
  if (opaque !== undefined) return reason('groups of objects are not made in SQL', opaque.name)
  const first = (column: Column): SqlExpr => ({
    kind: 'aggregate',
    name: column.nulls ? 'arg_min_null' : 'arg_min',
    args: [value(column), columnExpr(input.order)],
  })
  if (key !== undefined) {
    const firsts = fields.map(({ column, name }) => ({
      column: { ...written(column), name, id: build.fresh() },
      sql: first(column),
    }))
    return { keys: [singleKey(key.column, joining)], outputs: firsts }
  }
  const loose = fields.flatMap(({ column }, index) =>
    column.type === 'string' && !plain(column, joining) ? [index] : [],
  )
  const from = loose[0] ?? 0
  if (loose.length > 1 && (loose.at(-1) ?? 0) - from !== loose.length - 1) {
    return reason(`texts that may contain ${joining.separator} are grouped around another field`, fields[from]?.name)
  }
  const joined = loose.length > 1 ? loose : []
  const direct = fields.flatMap(({ column }, index) =>
    isDirect(column, joining) && !joined.includes(index) ? [column] : [],
  )
  const coded = codedKeys(direct, input)
  const others = fields.flatMap(({ column }, index): readonly SqlExpr[] => {
    if (coded.values.has(column.id) && !joined.includes(index)) return []
    if (index === joined[0])
      return [
        joinedText(
          joined.flatMap((at) => fields[at]?.column ?? []),
          joining,
        ),
      ]
    return joined.includes(index) ? [] : [singleKey(column, joining)]
  })
  const outputs = fields.map(({ column, name }, index) => ({
    column: { ...written(column), name, id: build.fresh() },
    sql:
      isDirect(column, joining) && !joined.includes(index)
        ? (coded.values.get(column.id) ?? value(column))
        : first(column),
  }))
  return { keys: [...coded.keys, ...others], outputs }
}

const isDirect = (column: Column, joining: Joining): boolean =>
  column.type === 'date' ? column.plain === true : column.type !== 'string' || plain(column, joining) || !column.nulls

const singleKey = (column: Column, joining: Joining): SqlExpr =>
  isDirect(column, joining)
    ? value(column)
    : column.type === 'date'
      ? call('floor', divide(value(column), literal(1000)))
      : text(column, joining)

const joinedText = (columns: readonly Column[], joining: Joining): SqlExpr =>
  columns
    .map((column) => cast(text(column, joining), 'varchar'))
    .reduce((left, right) => concat(concat(left, literal(joining.separator)), right))
