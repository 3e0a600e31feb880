import type { DuckDBConnection } from '@duckdb/node-api'
import { compileExpression, isReason, type Reason, type TypedSql } from '../../src/index.ts'
import { engineValues } from './engine.ts'
import { COLUMNS, type NastyRow } from './nasty-rows.ts'
import { vegaValues, type World } from './oracle.ts'

export interface Mismatch {
  readonly expression: string
  readonly row?: NastyRow | undefined
  readonly vega: unknown
  readonly sql: unknown
}

export interface Comparison {
  readonly compiled: number
  readonly reasons: readonly Reason[]
  readonly mismatches: readonly Mismatch[]
}

/** Compiles the expressions, runs them in the engine and in Vega, by its own generated code and by our closures, and compares every row. */
export const compareWithVega = async (
  expressions: readonly string[],
  rows: readonly NastyRow[],
  world: World,
  timeZone: string,
  engine: DuckDBConnection,
): Promise<Comparison> => {
  const results = expressions.map((text) => ({
    text,
    result: compileExpression(text, { ...world, columns: COLUMNS, timeZone }),
  }))
  const compiled = results.flatMap(({ text, result }) => (isReason(result) ? [] : [{ text, typed: result }]))
  const reasons = results.flatMap(({ result }) => (isReason(result) ? [result] : []))
  const texts = compiled.map(({ text }) => text)
  const sql = await engineValues(
    engine,
    compiled.map(({ typed }) => typed),
  )
  const mismatches: Mismatch[] = []
  for (const evaluator of ['generated', 'closures'] as const) {
    const vega = await vegaValues(texts, rows, world, evaluator)
    compiled.forEach(({ text, typed }, i) => {
      mismatches.push(...differences(text, typed, rows, vega[i] ?? 'missing', sql[i] ?? 'missing'))
    })
  }
  return { compiled: compiled.length, reasons, mismatches }
}

const differences = (
  expression: string,
  typed: TypedSql,
  rows: readonly NastyRow[],
  vega: readonly unknown[] | string,
  sql: readonly unknown[] | string,
): readonly Mismatch[] => {
  if (typeof vega === 'string' || typeof sql === 'string') {
    return [{ expression, vega: typeof vega === 'string' ? vega : 'ran', sql: typeof sql === 'string' ? sql : 'ran' }]
  }
  const k = rows.findIndex((_, i) => !same(vega[i], sql[i]) || isUnexpected(typed, sql[i]))
  return k < 0 ? [] : [{ expression, row: rows[k], vega: vega[k], sql: sql[k] }]
}

const same = (a: unknown, b: unknown): boolean =>
  a instanceof Date && b instanceof Date
    ? Object.is(a.getTime(), b.getTime())
    : isNested(a) && isNested(b)
      ? JSON.stringify(a) === JSON.stringify(b)
      : Object.is(a, b)

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null && !(value instanceof Date)

/** Does a value break what the compiler promised of it? */
const isUnexpected = (typed: TypedSql, value: unknown): boolean =>
  ((value === null || value === undefined) && !typed.nulls) || (Number.isNaN(value) && !typed.nans)
