import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import * as vega from 'vega'
import { decodeCell, encodeCell } from '../../../protocol/src/json-cell.ts'
import type { Column, Relation } from '../../src/columns.ts'
import { alphabetOf, commonAlphabet } from '../../src/expr/alphabet.ts'
import { isReason, type Reason } from '../../src/reason.ts'
import type { Scalar } from '../../src/scalar.ts'
import type { SqlExpr } from '../../src/sql/ast.ts'
import { cast, extend, literal, select, column as columnExpr, FALSE } from '../../src/sql/build.ts'
import { duckdb } from '../../src/sql/dialects/duckdb.ts'
import { print } from '../../src/sql/print.ts'
import { withoutUnused } from '../../src/sql/unused.ts'
import { compileTransform } from '../../src/transforms/index.ts'
import { allLaidOut, laidOut } from './stored-facts.ts'
import type { Build } from '../../src/transforms/transform.ts'

/** A column of a test table: undefined stands for a property that the row does not have. */
export interface Values {
  readonly type: Column['type']
  readonly values: readonly Scalar[]
  /** Facts that the relation states; by default those that the values show. */
  readonly facts?: Partial<Pick<Column, 'nulls' | 'nans' | 'plain' | 'whole'>>
  /** Nothing is known of how a table would hold the values: neither integers, nor bounds, nor a dictionary. */
  readonly unlaid?: boolean
}

export type Table = Readonly<Record<string, Values>>
export type Row = Readonly<Record<string, unknown>>

export const numbers = (...values: readonly (number | null | undefined)[]): Values => ({ type: 'number', values })
export const strings = (...values: readonly (string | null | undefined)[]): Values => ({ type: 'string', values })
export const booleans = (...values: readonly (boolean | null | undefined)[]): Values => ({ type: 'boolean', values })
/** Dates by their ISO text; NaN is an invalid Date. */
export const dates = (...values: readonly (string | number | null | undefined)[]): Values => ({
  type: 'date',
  values: values.map((value) => (value === null || value === undefined ? value : new Date(value))),
})

const height = (table: Table): number => Math.max(0, ...Object.values(table).map(({ values }) => values.length))

/** The rows as Vega gets them. */
export const rowsOf = (table: Table): Record<string, Scalar>[] =>
  Array.from({ length: height(table) }, (_row, index) =>
    Object.fromEntries(
      Object.entries(table).flatMap(([name, { values }]) =>
        values[index] === undefined
          ? []
          : [[name, values[index] instanceof Date ? new Date(values[index]) : values[index]]],
      ),
    ),
  )

const SQL_TYPES = { number: 'double', string: 'varchar', boolean: 'boolean', date: 'double', json: 'varchar' } as const

const cell = (value: Scalar, type?: Column['type']): SqlExpr =>
  literal(
    value === undefined || value === null
      ? null
      : type === 'json'
        ? encodeCell(value)
        : value instanceof Date
          ? value.getTime()
          : typeof value === 'object'
            ? encodeCell(value)
            : value,
  )

/** The same rows as a relation over literal values. */
export const relationOf = (table: Table, many = false): Relation => {
  const names = Object.keys(table)
  const columns = names.map((name, index): Column => {
    const { type, values, facts } = table[name] as Values
    const absent = values.includes(undefined)
    const nan = (value: Scalar): boolean => Number.isNaN(value instanceof Date ? value.getTime() : value)
    return {
      name,
      id: `c${String(index + 1)}`,
      type,
      nulls: absent || values.includes(null),
      ...(absent ? { absent, missing: true } : {}),
      nans: values.some(nan),
      ...wholeOf(values),
      ...(type === 'string' && facts === undefined ? alphabetFact(values) : {}),
      ...facts,
    }
  })
  const count = height(table)
  const rows = Array.from({ length: Math.max(1, count) }, (_row, index) => [
    ...names.map((name) => cell(table[name]?.values[index], table[name]?.type)),
    literal(index),
  ])
  const ids = [...columns.map(({ id }) => id), 'o0']
  const query = select({
    from: { kind: 'values', ids: ids.map((id) => `r_${id}`), rows },
    columns: [
      ...columns.map(({ id, type }) => ({ id, expr: cast(columnExpr(`r_${id}`), SQL_TYPES[type]) })),
      { id: 'o0', expr: cast(columnExpr('r_o0'), 'double') },
    ],
    ...(count === 0 ? { where: FALSE } : {}),
  })
  const { projections, stored, codes } = allLaidOut(
    columns.flatMap((column, index) => {
      const { values, unlaid = false } = table[names[index] ?? ''] as Values
      return unlaid ? [] : [laidOut(column, values)]
    }),
  )
  return { columns, query: extend(query, projections), order: 'o0', stored, codes, ...(many ? {} : { rows: count }) }
}

const alphabetFact = (values: readonly Scalar[]): Pick<Column, 'alphabet'> => {
  const alphabet = commonAlphabet(values.filter((value) => typeof value === 'string').map(alphabetOf))
  return alphabet === undefined ? {} : { alphabet }
}

const wholeOf = (values: readonly Scalar[]): Pick<Column, 'whole'> => {
  const numbers = values.map((value) => (value instanceof Date ? value.getTime() : value))
  const known = numbers.filter((value): value is number => typeof value === 'number' && !Number.isNaN(value))
  return known.every(Number.isInteger) ? { whole: Math.max(0, ...known.map(Math.abs)) } : {}
}

let connection: Promise<DuckDBConnection> | undefined
const connect = async (): Promise<DuckDBConnection> => (await DuckDBInstance.create(':memory:')).connect()

/** Rows of a relation in its order, as JavaScript values. */
export const queryRows = async (relation: Relation): Promise<Row[]> => {
  connection ??= connect()
  const sql = print(
    withoutUnused(
      select({
        from: relation.query,
        columns: relation.columns
          .map(({ id }, index) => ({ id: `out${String(index)}`, expr: columnExpr(id) }))
          .concat([{ id: 'ord0', expr: columnExpr(relation.order) }]),
        orderBy: [{ expr: columnExpr(relation.order), direction: 'asc' }],
      }),
    ),
    duckdb,
  )
  let result
  try {
    result = await (await connection).runAndReadAll(sql)
  } catch (error) {
    throw new Error(`${String(error)}\n${sql}`, { cause: error })
  }
  return result.getRows().map((row) =>
    Object.fromEntries(
      relation.columns.flatMap((column, index): [string, unknown][] => {
        const value = row[index]
        if (value === null || value === undefined) {
          if (!column.nulls) throw new Error(`${column.name} is NULL and says it never is\n${sql}`)
          return column.missing === true ? [] : [[column.name, column.absent === true ? undefined : null]]
        }
        if (typeof value === 'bigint') throw new Error(`${column.name} is an integer, not a double\n${sql}`)
        if (column.nans === false && Number.isNaN(value)) throw new Error(`${column.name} is NaN and says it never is`)
        if (
          typeof value !==
          { number: 'number', date: 'number', boolean: 'boolean', string: 'string', json: 'string' }[column.type]
        )
          throw new Error(`${column.name} is not a ${column.type}`)
        if (column.type === 'json') return [[column.name, decodeCell(String(value))]]
        return [[column.name, column.type === 'date' ? new Date(value as number) : value]]
      }),
    ),
  )
}

/** A row in a form that `toStrictEqual` compares: own properties, and no negative zero. */
const plainRow = (row: Row): Row =>
  Object.fromEntries(
    Object.keys(row).map((key) => {
      const value = row[key]
      return [key, Object.is(value, -0) ? 0 : plainValue(value)]
    }),
  )

/** A tuple within a row, without the number that Vega gives it. */
const plainValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item)]))
}

export interface Case {
  readonly table: Table
  readonly transforms: readonly Row[]
  readonly signals?: Readonly<Record<string, Scalar>>
  readonly data?: Readonly<Record<string, readonly Readonly<Record<string, Scalar>>[]>>
  /** Other data sets, which transforms read as tables. */
  readonly tables?: Readonly<Record<string, Table>>
  readonly timeZone?: string
  /** Says nothing of the number of rows, so that sums need not be exact. */
  readonly many?: boolean
}

export const vegaRows = async ({
  table,
  transforms,
  signals = {},
  tables = {},
}: Case): Promise<{ rows: Row[]; view: vega.View }> => {
  const spec = {
    signals: Object.entries(signals).map(([name, value]) => ({ name, value })),
    data: [
      ...Object.entries(tables).map(([name, other]) => ({ name, values: rowsOf(other) })),
      { name: 'table', values: rowsOf(table), transform: transforms },
    ],
  }
  const view = new vega.View(vega.parse(spec as unknown as vega.Spec), { renderer: 'none', logLevel: vega.Error })
  await view.runAsync()
  return { rows: (view.data('table') as Row[]).map(plainRow), view }
}

export const buildOf = ({ signals = {}, data = {}, tables = {}, timeZone = 'UTC' }: Partial<Case>): Build => {
  let count = 0
  const relations = Object.fromEntries(Object.entries(tables).map(([name, other]) => [name, relationOf(other)]))
  return { signals, data, relations, timeZone, fresh: () => `x${String(++count)}` }
}

export interface Compiled {
  readonly relation: Relation
  readonly signals: Readonly<Record<string, Scalar>>
}

/** A chain that is compiled one transform at a time; the next one, or the Reason why it is left to Vega. */
export interface Steps extends Compiled {
  next(transform: Row): Promise<Steps | Reason>
}

export const stepsOf = (test: Case): Steps => {
  const signals: Record<string, Scalar> = { ...test.signals }
  return stepsFrom(relationOf(test.table, test.many), signals, { ...buildOf(test), signals })
}

const stepsFrom = (relation: Relation, signals: Record<string, Scalar>, build: Build): Steps => ({
  relation,
  signals,
  async next(transform) {
    let compiled = compileTransform(transform, relation, build)
    while ('ask' in compiled) compiled = compiled.answered((await queryRows(compiled.ask)) as Record<string, Scalar>[])
    if (isReason(compiled)) return compiled
    const name = transform['signal']
    if (typeof name === 'string' && compiled.output !== undefined) {
      const { output } = compiled
      signals[name] =
        output.kind === 'value'
          ? output.value
          : output.read(((await queryRows(output.relation))[0] ?? {}) as Record<string, Scalar>)
    }
    return stepsFrom(compiled.relation, signals, build)
  },
})

/** All transforms as one relation, or the first Reason. */
export const compileAll = async (test: Case): Promise<Compiled | Reason> => {
  let steps = stepsOf(test)
  for (const transform of test.transforms) {
    const next = await steps.next(transform)
    if (isReason(next)) return next
    steps = next
  }
  return steps
}

export interface Outcome {
  readonly vega: Row[]
  readonly sql: Row[]
  readonly keys: readonly [vega: string[], sql: string[]]
}

/** Runs a case in Vega and in DuckDB. */
export const run = async (test: Case): Promise<Outcome | Reason> => {
  const compiled = await compileAll(test)
  return isReason(compiled) ? compiled : runCompiled(test, compiled)
}

/** The same, of a case that is compiled already. */
export const runCompiled = async (test: Case, compiled: Compiled): Promise<Outcome> => {
  const [expected, found] = [await vegaRows(test), (await queryRows(compiled.relation)).map(plainRow)]
  const keys = (rows: Row[]): string[] => Object.keys(rows[0] ?? {})
  return { vega: expected.rows, sql: found, keys: [keys(expected.rows), keys(found)] }
}
