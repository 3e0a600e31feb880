import type { Column } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { Projection, Query, SqlExpr } from '../sql/ast.ts'
import {
  and,
  cast,
  column as columnExpr,
  integer,
  isNull,
  literal,
  NULL,
  same,
  select,
  table,
  where,
} from '../sql/build.ts'
import { fieldRef, groupRefs } from './field.ts'
import { parameter, type Definition } from './parameter.ts'
import type { Build, TransformDef } from './transform.ts'

/**
 * https://vega.github.io/vega/docs/transforms/impute/ Adds a row for each key that a group lacks, after the rows there are:
 * group by group and key by key, both in order of first appearance. Done for the method `value`.
 */
export const impute: TransformDef = {
  type: 'impute',
  sql(definition, input, build) {
    const field = fieldRef(definition['field'], input, build)
    if (isReason(field)) return field
    const key = fieldRef(definition['key'], input, build)
    if (isReason(key)) return key
    const groupby = groupRefs(definition['groupby'], input, build)
    if (isReason(groupby)) return groupby
    const method = parameter(definition['method'], build)
    if (isReason(method)) return method
    if (method && method !== 'value') return reason('the method is not done in SQL', 'method')
    if (definition['keyvals'] !== undefined) return reason('given keys are not imputed in SQL', 'keyvals')
    const value = imputed(definition, field.column, build)
    if (isReason(value)) return value
    const names = [field.name, key.name, ...groupby.map(({ name }) => name)]
    if (new Set(names).size < names.length) return reason('a field has two parts in it', names.join(', '))
    const unclear = [key, ...groupby].find(({ column }) => !isClear(column))
    if (unclear !== undefined || groupby.filter(({ column }) => column.type === 'string').length > 1) {
      return reason('the keys may have equal texts', (unclear ?? groupby[0])?.name)
    }
    if (input.ids !== undefined) return reason('rows are not in the order in which they were made', 'sort')
    const mixed = input.columns.find((column) => !names.includes(column.name) && column.nulls && column.absent !== true)
    if (mixed !== undefined) return reason('null and missing values would mix', mixed.name)

    const [rows, keyOrder, groupOrder] = [build.fresh(), build.fresh(), build.fresh()]
    const first: SqlExpr = { kind: 'aggregate', name: 'min', args: [columnExpr(input.order)] }
    const domain = (
      columns: readonly Column[],
      order: string,
    ): { readonly ids: readonly string[]; readonly query: Query } => {
      const ids = columns.map(() => build.fresh())
      const query = select({
        from: table(rows),
        columns: [
          ...columns.map((column, index) => ({ id: ids[index] ?? '', expr: columnExpr(column.id) })),
          { id: order, expr: first },
        ],
        ...(columns.length > 0 ? { groupBy: columns.map(({ id }) => columnExpr(id)) } : {}),
      })
      return { ids, query }
    }
    const keys = domain([key.column], keyOrder)
    const groups = domain(
      groupby.map(({ column }) => column),
      groupOrder,
    )
    const pairs = [...groupby, key].map(({ column }, index) => ({
      column,
      id: [...groups.ids, ...keys.ids][index] ?? '',
    }))
    const cells: Query = { kind: 'join', type: 'cross', left: groups.query, right: keys.query }
    const missing = where(
      {
        kind: 'join',
        type: 'left',
        left: select({ from: cells, star: true, columns: [] }),
        right: table(rows),
        on: and(...pairs.map(({ column, id }) => same(columnExpr(column.id), columnExpr(id)))),
      },
      isNull(columnExpr(input.order)),
    )

    const order = build.fresh()
    const flag: Column = { name: '_impute', id: build.fresh(), type: 'boolean', nulls: true, absent: true }
    const columns = input.columns.map((column): Column => {
      const id = build.fresh()
      if (column.name === field.name) return { ...column, ...value.facts(column), id }
      return pairs.some((pair) => pair.column.name === column.name)
        ? { ...column, id }
        : { ...column, id, nulls: true, absent: true }
    })
    const part = build.fresh()
    const oldRows = select({
      from: table(rows),
      columns: [
        ...columns.map(({ id }, index) => ({ id, expr: columnExpr(input.columns[index]?.id ?? '') })),
        { id: flag.id, expr: cast(NULL, 'boolean') },
        { id: part, expr: integer(0) },
        { id: groupOrder, expr: cast(columnExpr(input.order), 'bigint') },
        { id: keyOrder, expr: cast(integer(0), 'bigint') },
      ],
    })
    const newRows = select({
      from: missing,
      columns: [
        ...columns.map(({ id, name, type }) => {
          const pair = pairs.find(({ column }) => column.name === name)
          const expr = pair !== undefined ? columnExpr(pair.id) : name === field.name ? value.sql : NULL
          return { id, expr: cast(expr, SQL_TYPES[type]) }
        }),
        { id: flag.id, expr: literal(true) },
        { id: part, expr: integer(1) },
        { id: groupOrder, expr: cast(columnExpr(groupOrder), 'bigint') },
        { id: keyOrder, expr: cast(columnExpr(keyOrder), 'bigint') },
      ],
    })
    const orderBy = [part, groupOrder, keyOrder].map((id) => ({ expr: columnExpr(id), direction: 'asc' as const }))
    const body = select({
      from: { kind: 'union', inputs: [oldRows, newRows] },
      columns: [...columns, flag]
        .map(({ id }): Projection => ({ id, expr: columnExpr(id) }))
        .concat([
          { id: order, expr: { kind: 'aggregate', name: 'row_number', args: [], over: { partitionBy: [], orderBy } } },
        ]),
    })
    const bound = input.rows === undefined ? {} : { rows: input.rows ** 2 }
    return {
      relation: {
        ...bound,
        columns: [...columns, flag],
        order,
        query: { kind: 'with', name: rows, query: input.query, body },
      },
    }
  },
}

const SQL_TYPES = { number: 'double', date: 'double', string: 'varchar', boolean: 'boolean', json: 'varchar' } as const

/** Does every value have a text of its own? */
const isClear = ({ type, nulls, plain }: Column): boolean =>
  type === 'number' || type === 'boolean' || (type === 'date' && plain === true) || (type === 'string' && !nulls)

interface Imputed {
  readonly sql: SqlExpr
  facts(column: Column): Partial<Column>
}

/** The value that imputed rows get; of the type of the field. */
const imputed = (definition: Definition, column: Column, build: Build): Imputed | Reason => {
  const found = parameter(definition['value'], build)
  if (isReason(found)) return found
  const value: Scalar = found === undefined ? 0 : found
  if (value === null) {
    return column.absent === true
      ? reason('null and missing values would mix', column.name)
      : { sql: NULL, facts: () => ({ nulls: true }) }
  }
  if (typeof value !== column.type) return reason('the imputed value is not of the type of the field', column.name)
  const nans = Number.isNaN(value)
  return {
    sql: literal(value as number | string | boolean),
    facts: ({ nans: old, whole = Infinity }) => ({
      ...(nans ? { nans } : old === undefined ? {} : { nans: old }),
      whole: Number.isInteger(value) ? Math.max(whole, Math.abs(Number(value))) : Infinity,
    }),
  }
}
