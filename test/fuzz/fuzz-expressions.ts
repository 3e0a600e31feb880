import fc from 'fast-check'
import { compareWithVega } from '../../packages/dataflow/test/expr/compare-with-vega.ts'
import { engineWith } from '../../packages/dataflow/test/expr/engine.ts'
import { expressions, WORLD } from '../../packages/dataflow/test/expr/expressions.ts'
import { randomRows, type NastyRow } from '../../packages/dataflow/test/expr/nasty-rows.ts'
import { seedOf } from '../exact/mutate/random.ts'
import type { Fuzz, FuzzCounts } from './fuzz.ts'
import { count } from './tally.ts'

/** Expressions of one statement and one View. */
const BATCH = 50
const ROWS = 40
/** Batches over the same rows. */
const ROUNDS = 10

/** Compares random expressions over random rows with Vega: a case is an expression. */
export const fuzzExpressions = async ({ seed, cases, timeZone, why, report }: Fuzz): Promise<FuzzCounts> => {
  const counts = { cases: 0, compared: 0, left: 0, mismatches: 0 }
  for (let round = 0; counts.cases < cases; round++) {
    // rows and expressions are drawn from seeds of their own
    const [rows = []] = fc.sample(randomRows(ROWS), { seed: seedOf(seed, round), numRuns: 1 })
    const engine = await engineWith(rows)
    const compare = (texts: readonly string[]) => compareWithVega(texts, rows, WORLD, timeZone, engine)
    try {
      for (let part = 0; part < ROUNDS && counts.cases < cases; part++) {
        const batchSeed = seedOf(seed ^ 0x5bd1e995, round * ROUNDS + part)
        const texts = fc.sample(expressions, { seed: batchSeed, numRuns: Math.min(BATCH, cases - counts.cases) })
        const { compiled, reasons, mismatches } = await compare(texts)
        counts.cases += texts.length
        counts.compared += compiled
        counts.left += reasons.length
        if (why !== undefined) reasons.forEach((reason) => count(why, reason))
        for (const text of new Set(mismatches.map(({ expression }) => expression))) {
          counts.mismatches += 1
          report(await smallest(text, texts.indexOf(text), batchSeed, compare))
        }
      }
    } finally {
      engine.closeSync()
    }
  }
  return counts
}

/** The smallest expression that still differs, with a row in which it does. */
const smallest = async (
  text: string,
  index: number,
  seed: number,
  compare: (texts: readonly string[]) => ReturnType<typeof compareWithVega>,
): Promise<string> => {
  const equal = async (candidate: string): Promise<boolean> => (await compare([candidate])).mismatches.length === 0
  const shrunk = await fc.check(fc.asyncProperty(expressions, equal), {
    seed,
    path: String(index),
    numRuns: 1,
    unbiased: true,
    interruptAfterTimeLimit: 20_000,
  })
  const found = shrunk.counterexample?.[0] ?? text
  const [mismatch] = (await compare([found])).mismatches
  return `${found}\n  ${mismatch === undefined ? 'only beside others' : shown(found, mismatch)}`
}

const shown = (
  text: string,
  { row, vega, sql }: { row?: NastyRow | undefined; vega: unknown; sql: unknown },
): string => {
  const read = Object.entries(row ?? {}).filter(
    ([name]) => text.includes(`datum.${name}`) || text.includes(`'${name}'`),
  )
  return `of ${read.map(([name, value]) => `${name} = ${show(value)}`).join(', ')}: Vega has ${show(vega)}, SQL ${show(sql)}`
}

const show = (value: unknown): string =>
  value instanceof Date
    ? `Date(${String(value.getTime())})`
    : typeof value === 'number'
      ? Object.is(value, -0)
        ? '-0'
        : String(value)
      : (JSON.stringify(value) ?? 'undefined')
