import type { Column, Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Projection, SqlExpr } from '../sql/ast.ts'
import { cast, column as columnExpr, integer, literal, NULL, select, table } from '../sql/build.ts'
import { fieldRef, groupRefs } from './field.ts'
import { givenKeys } from './impute-keys.ts'
import { missingRows, type Cells } from './impute-rows.ts'
import { imputedValue } from './impute-value.ts'
import type { Definition } from './parameter.ts'
import { SQL_TYPES } from './sql-types.ts'
import type { Build, TransformDef } from './transform.ts'
import { widened } from './widen.ts'

/**
 * https://vega.github.io/vega/docs/transforms/impute/ Adds a row for each key that a group lacks, after the rows there are:
 * group by group and key by key, both in order of first appearance, the given keys first.
 */
export const impute: TransformDef = {
  type: 'impute',
  sql(definition, input, build) {
    const name = build.fresh()
    const rows = table(name)
    const read = cellsOf(definition, input, build)
    if (isReason(read)) return read
    const cells: Cells = { ...read, rows }
    const { field, key, groups, given, value } = cells
    const missing = missingRows(cells, build)

    const flag: Column = {
      name: '_impute',
      id: build.fresh(),
      type: 'boolean',
      nulls: true,
      absent: true,
      missing: true,
    }
    const [part, order] = [build.fresh(), build.fresh()]
    /** What a new row has in a column; undefined: nothing. */
    const newValue = (column: Column): SqlExpr | undefined => {
      if (column === field) return missing.value
      if (column === key) return columnExpr(missing.key)
      const at = groups.indexOf(column)
      return at < 0 ? undefined : columnExpr(missing.groups[at] ?? '')
    }
    const columns = input.columns.map((column) => {
      const id = build.fresh()
      const facts =
        column === field
          ? value.column
          : column === key
            ? given.reduce<Column>((known, item) => widened(known, item), column)
            : newValue(column) === undefined
              ? { ...column, nulls: true, absent: true, missing: true }
              : column
      return { source: column, column: { ...facts, id } }
    })
    const places = (at: number, group: SqlExpr, place: SqlExpr): readonly Projection[] => [
      { id: part, expr: integer(at) },
      { id: missing.groupOrder, expr: cast(group, 'bigint') },
      { id: missing.keyOrder, expr: cast(place, 'bigint') },
    ]
    const oldRows = select({
      from: rows,
      columns: [
        ...columns.map(({ source, column }) => ({ id: column.id, expr: columnExpr(source.id) })),
        { id: flag.id, expr: cast(NULL, 'boolean') },
        ...places(0, columnExpr(input.order), integer(0)),
      ],
    })
    const newRows = select({
      from: missing.query,
      columns: [
        ...columns.map(({ source, column }) => ({
          id: column.id,
          expr: cast(newValue(source) ?? NULL, SQL_TYPES[column.type]),
        })),
        { id: flag.id, expr: literal(true) },
        ...places(1, columnExpr(missing.groupOrder), columnExpr(missing.keyOrder)),
      ],
    })
    const orderBy = [part, missing.groupOrder, missing.keyOrder].map((id) => ({
      expr: columnExpr(id),
      direction: 'asc' as const,
    }))
    const written = [...columns.map(({ column }) => column), flag]
    const body = select({
      from: { kind: 'union', inputs: [oldRows, newRows] },
      columns: [
        ...written.map(({ id }): Projection => ({ id, expr: columnExpr(id) })),
        { id: order, expr: { kind: 'aggregate', name: 'row_number', args: [], over: { partitionBy: [], orderBy } } },
      ],
    })
    const bound = input.rows === undefined ? {} : { rows: input.rows * (input.rows + given.length) }
    const query = { kind: 'with', name, query: input.query, body } as const
    return { relation: { ...bound, columns: written, order, query } }
  },
}

/** Reads the parameters; a Reason where Vega has to do it. */
const cellsOf = (definition: Definition, input: Relation, build: Build): Omit<Cells, 'rows'> | Reason => {
  const field = fieldRef(definition['field'], input, build)
  if (isReason(field)) return field
  const key = fieldRef(definition['key'], input, build)
  if (isReason(key)) return key
  const groupby = groupRefs(definition['groupby'], input, build)
  if (isReason(groupby)) return groupby
  const refs = [field, key, ...groupby]
  const nested = refs.find(({ column }) => !input.columns.includes(column))
  if (nested !== undefined) return reason('the field is a path into an object', nested.name)
  const given = givenKeys(definition, key.column, build)
  if (isReason(given)) return given
  const value = imputedValue(definition, field.column, key.column, build)
  if (isReason(value)) return value
  const renamed = refs.find(({ column, name }) => column.name !== name)
  if (renamed !== undefined) return reason('a field has another name in new rows', renamed.name)
  const names = refs.map(({ name }) => name)
  if (new Set(names).size < names.length) return reason('a field has two parts in it', names.join(', '))
  const unclear = [key, ...groupby].find(({ column }) => !isClear(column))
  if (unclear !== undefined || groupby.filter(({ column }) => column.type === 'string').length > 1) {
    return reason('the keys may have equal texts', (unclear ?? groupby[0])?.name)
  }
  if (input.ids !== undefined) return reason('rows are not in the order in which they were made', 'sort')
  const keys = names.slice(1)
  const mixed = input.columns.find(({ name, nulls, missing }) =>
    keys.includes(name) ? missing === true : name !== field.name && nulls && missing !== true,
  )
  if (mixed !== undefined) return reason('null and missing values would mix', mixed.name)
  const groups = groupby.map(({ column }) => column)
  return { order: input.order, field: field.column, key: key.column, groups, given, value }
}

/** Does every value have a text of its own? */
const isClear = ({ type, nulls, plain }: Column): boolean =>
  type === 'number' || type === 'boolean' || (type === 'date' && plain === true) || (type === 'string' && !nulls)
