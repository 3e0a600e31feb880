import { expect } from 'vitest'
import { isReason } from '../../src/reason.ts'
import { run, type Case, type Row } from './harness.ts'

/** Fields whose values are floating sums, for which 1e-9 of difference is allowed. */
interface Options {
  readonly sums?: readonly string[]
}

const near = (a: unknown, b: unknown): boolean =>
  typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-9 * Math.max(1e-300, Math.abs(a), Math.abs(b))

/** Takes Vega's value where SQL's is near enough. */
const settled = (sql: Row, vega: Row | undefined, sums: readonly string[]): Row =>
  Object.fromEntries(
    Object.entries(sql).map(([key, value]) => [
      key,
      sums.includes(key) && near(value, vega?.[key]) ? vega?.[key] : value,
    ]),
  )

/**
 * The case compiles, and its rows in DuckDB are those of Vega: values, properties and order. With `sums` it is one of many
 * rows; of few, its sums are exact, or left to Vega.
 */
export const expectEqual = async (test: Case, { sums = [] }: Options = {}): Promise<void> => {
  const outcome = await run({ ...test, many: sums.length > 0 })
  if (isReason(outcome)) throw new Error(`not compiled: ${outcome.reason} (${outcome.about ?? ''})`)
  expect(outcome.sql.map((row, index) => settled(row, outcome.vega[index], sums))).toStrictEqual(outcome.vega)
  const exact = sums.length > 0 ? await run(test) : outcome
  if (!isReason(exact)) expect(exact.sql).toStrictEqual(exact.vega)
}

/** The case is left to Vega, for a reason that the text tells. */
export const expectReason = async (test: Case, text: RegExp): Promise<void> => {
  const outcome = await run(test)
  if (!isReason(outcome)) throw new Error('compiled, though a Reason was expected')
  expect(`${outcome.reason} ${outcome.about ?? ''}`).toMatch(text)
}
