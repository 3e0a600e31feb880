import type { Code, Column, Relation } from '../columns.ts'
import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { add, call, cast, coalesce, column as columnExpr, concat, divide, integer, literal } from '../sql/build.ts'
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
  const code = codeOf(fields, input)
  if (code !== undefined) return codedKey(code, fields, build)
  const first = (column: Column): SqlExpr => ({
    kind: 'aggregate',
    name: column.nulls ? 'arg_min_null' : 'arg_min',
    args: [value(column), columnExpr(input.order)],
  })
  const joined = loose.length > 1 ? loose : []
  const keys = fields.flatMap(({ column }, index): readonly SqlExpr[] => {
    if (index === joined[0]) return [joinedText(joined.flatMap((at) => fields[at]?.column ?? []))]
    return joined.includes(index) ? [] : [singleKey(column)]
  })
  const outputs = fields.map(({ column, name }, index) => ({
    column: { ...column, name, id: build.fresh() },
    sql: isDirect(column) && !joined.includes(index) ? value(column) : first(column),
  }))
  return { keys, outputs }
}

/** The number that stands for the values of the fields, where every value is a group of its own. */
const codeOf = (fields: readonly FieldRef[], { codes }: Relation): Code | undefined =>
  fields.every(({ column }) => isDirect(column))
    ? codes?.find(
        ({ columns }) =>
          columns.length === fields.length && fields.every(({ column }, index) => column.id === columns[index]),
      )
    : undefined

/** Groups by the number; the values are looked up once per group. */
const codedKey = ({ id, combinations }: Code, fields: readonly FieldRef[], build: Build): Grouping => {
  const key = columnExpr(id)
  const position = add(cast(key, 'bigint'), integer(1))
  const outputs = fields.map(({ column, name }, index) => {
    const values = call('list_value', ...combinations.map((values) => literal(values[index] ?? null)))
    const sql = cast(call('list_extract', values, position), SQL_TYPES[column.type])
    return { column: { ...column, name, id: build.fresh() }, sql }
  })
  return { keys: [key], outputs }
}

const SQL_TYPES = { number: 'double', date: 'double', boolean: 'boolean', string: 'varchar', json: 'varchar' } as const

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
