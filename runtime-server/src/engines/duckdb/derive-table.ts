import type { Code, Column, Query, Relation, SqlExpr, Stored } from '@magpie-vega/dataflow'
import type { Scalar } from '@magpie-vega/protocol'
import { rowsFromTable } from '../../arrow/table-to-rows.ts'
import { integerFacts, type IntegerFacts } from './integer-facts.ts'
import type { ReadQuery } from './read-query.ts'

/** Combinations of values that are numbered; more of them would make long statements. */
const MAX_COMBINATIONS = 512

const column = (id: string): SqlExpr => ({ kind: 'column', id })
const text = (index: number): string => `v${index}`

type Combinations = readonly (readonly (null | boolean | number | string)[])[]

/** The number of a combination is looked up under the identifier of the code. */
interface Coding {
  readonly code: Code
  readonly combinations: Combinations
  readonly lookup: Query
  readonly on: SqlExpr
  /** Under which the number is looked up. */
  readonly number: string
}

/** `1 / value` of the zeros: below 0 where there is a -0, which a group by value does not tell from 0. */
const zeros = (id: string): SqlExpr => ({
  kind: 'aggregate',
  name: 'min',
  args: [{ kind: 'binary', op: '/', left: { kind: 'literal', value: 1 }, right: column(id) }],
  filter: { kind: 'binary', op: '=', left: column(id), right: { kind: 'literal', value: 0 } },
})

const literalOf = (value: Scalar): null | boolean | number | string =>
  value instanceof Date
    ? value.getTime()
    : typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
      ? value
      : null

/** Numbers the combinations of values that the columns have; undefined when they are too many. */
const codingOf = async (
  relation: Relation,
  columns: readonly Column[],
  prefix: string,
  read: ReadQuery,
): Promise<Coding | undefined> => {
  const numbers = columns.filter(({ type }) => type === 'number')
  const ids = [...columns.map((_, index) => text(index)), ...numbers.map((_, index) => `z${index}`)]
  const query: Query = {
    kind: 'select',
    from: relation.query,
    columns: [
      ...columns.map(({ id }, index) => ({ id: text(index), expr: column(id) })),
      ...numbers.map(({ id }, index) => ({ id: `z${index}`, expr: zeros(id) })),
    ],
    groupBy: columns.map(({ id }) => column(id)),
    limit: MAX_COMBINATIONS + 1,
  }
  const types = [...columns, ...numbers].map(({ type }, index) => ({ name: ids[index] ?? '', type }))
  const rows = rowsFromTable(await read(query, types))
  if (rows.length === 0 || rows.length > MAX_COMBINATIONS) return undefined
  if (rows.some((row) => numbers.some((_, index) => Number(row[`z${index}`]) < 0))) return undefined
  const combinations = rows.map((row) => columns.map((_, index) => literalOf(row[text(index)])))
  const keys = columns.map((_, index) => `${prefix}_${index}`)
  const lookup: Query = {
    kind: 'values',
    ids: [...keys, prefix],
    rows: combinations.map((values, number) => [
      ...values.map((value): SqlExpr => ({ kind: 'literal', value })),
      { kind: 'integer', value: number },
    ]),
  }
  // The end of a bin follows from its start.
  const firstTells = new Set(combinations.map(([value]) => value)).size === combinations.length
  const on = columns
    .slice(0, firstTells ? 1 : undefined)
    .map(({ id, nulls }, index): SqlExpr => ({
      kind: 'binary',
      op: nulls ? 'is not distinct from' : '=',
      left: column(id),
      right: column(keys[index] ?? ''),
    }))
    .reduce((left, right) => ({ kind: 'binary', op: 'and', left, right }))
  const code: Code = {
    id: `${prefix}_n`,
    columns: columns.map(({ id }) => id),
    telling: firstTells ? 1 : columns.length,
    values: columns.map(
      ({ type }, index) =>
        (number) =>
          combinationValue(combinations, index, type, number),
    ),
  }
  return { code, combinations, lookup, on, number: prefix }
}

/** The value of a column, by the number of the combination. */
const combinationValue = (
  combinations: Combinations,
  index: number,
  type: Column['type'],
  number: SqlExpr,
): SqlExpr => ({
  kind: 'cast',
  type: type === 'string' ? 'varchar' : type === 'boolean' ? 'boolean' : 'double',
  operand: {
    kind: 'call',
    name: 'list_extract',
    args: [
      {
        kind: 'call',
        name: 'list_value',
        args: combinations.map((values) => ({ kind: 'literal', value: values[index] ?? null })),
      },
      {
        kind: 'binary',
        op: '+',
        left: { kind: 'cast', operand: number, type: 'bigint' },
        right: { kind: 'integer', value: 1 },
      },
    ],
  },
})

/** A table to be made, and the relation that it then is. */
export interface Derived {
  readonly query: Query
  readonly relation: Relation
}

/**
 * The rows of a relation as a table under `prefix`, with those columns only. Where the combinations of values that the columns
 * of a grouping have are few, the table holds their number instead.
 */
export const deriveTable = async (
  relation: Relation,
  columns: readonly Column[],
  groupings: readonly (readonly Column[])[],
  prefix: string,
  read: ReadQuery,
): Promise<Derived> => {
  const found = await Promise.all(
    groupings.map((grouping, index) => codingOf(relation, grouping, `${prefix}_k${index}`, read)),
  )
  const codings = found.filter((coding) => coding !== undefined)
  const coded = new Set(codings.flatMap(({ code }) => code.columns))
  const integers = await integerFacts(
    relation,
    columns.filter(({ id }) => !coded.has(id)),
    read,
  )
  const decoded = new Map([
    ...codings.flatMap(({ code }) =>
      code.columns.map((id, index) => [id, code.values[index]?.(column(code.id)) ?? column(id)] as const),
    ),
    ...[...integers.keys()].map((id) => {
      const operand = column(integerId(prefix, columns, id))
      return [id, { kind: 'cast', operand, type: 'double' } as const] as const
    }),
  ])
  const renamed = new Map(columns.map(({ id }, index) => [id, `${prefix}_c${index}`]))
  const order = `${prefix}_rn`
  const ids = relation.ids === undefined ? undefined : `${prefix}_id`
  const from = codings.reduce<Query>(
    (left, { lookup, on }) => ({ kind: 'join', type: 'left', left, right: lookup, on }),
    relation.query,
  )
  const query: Query = {
    kind: 'select',
    from,
    columns: [
      ...columns
        .filter(({ id }) => !decoded.has(id))
        .map(({ id }) => ({ id: renamed.get(id) ?? id, expr: column(id) })),
      ...[...integers].map(([id, { type }]) => ({
        id: integerId(prefix, columns, id),
        expr: { kind: 'cast', operand: column(id), type } as const,
      })),
      ...codings.map(({ code, combinations, number }) => ({
        id: code.id,
        expr: {
          kind: 'cast',
          operand: column(number),
          type: combinations.length > 256 ? 'usmallint' : 'utinyint',
        } as const,
      })),
      { id: order, expr: column(relation.order) },
      ...(ids === undefined || relation.ids === undefined ? [] : [{ id: ids, expr: column(relation.ids) }]),
    ],
  }
  const codes = codings.map(({ code }) => ({
    ...code,
    columns: code.columns.map((id) => renamed.get(id) ?? id),
  }))
  return {
    query,
    relation: {
      columns: columns.map((source) =>
        keptColumn(source, renamed.get(source.id) ?? source.id, integers.get(source.id)),
      ),
      query: {
        kind: 'select',
        from: { kind: 'table', name: prefix },
        star: true,
        columns: columns.flatMap(({ id }) => {
          const expr = decoded.get(id)
          return expr === undefined ? [] : [{ id: renamed.get(id) ?? id, expr }]
        }),
      },
      order,
      ...(ids === undefined ? {} : { ids }),
      ...(relation.rows === undefined ? {} : { rows: relation.rows }),
      codes,
      stored: Object.fromEntries(
        [...integers].map(([id, { type, least, most }]): [string, Stored] => [
          renamed.get(id) ?? id,
          {
            integer: { id: integerId(prefix, columns, id), type },
            least,
            most,
            reached: true,
            infinities: false,
          },
        ]),
      ),
    },
  }
}

const integerId = (prefix: string, columns: readonly Column[], id: string): string =>
  `${prefix}_i${columns.findIndex((one) => one.id === id)}`

const keptColumn = (source: Column, id: string, facts: IntegerFacts | undefined): Column =>
  facts === undefined
    ? { ...source, id }
    : { ...source, id, nulls: facts.nulls, nans: false, whole: Math.max(-facts.least, facts.most) }
