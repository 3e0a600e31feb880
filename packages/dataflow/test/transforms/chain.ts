import fc from 'fast-check'
import { isReason, type Reason } from '../../src/reason.ts'
import { settled } from './chain-settle.ts'
import { renamedTables, tables } from './chain-tables.ts'
import { extentAndBins, transforms } from './chain-transforms.ts'
import { runCompiled, stepsOf, type Case, type Row } from './harness.ts'

/** Transforms that make about a hundred rows of each group. */
const EXPANDING: readonly unknown[] = ['quantile', 'density']

/** Identifiers share a counter, so a spec with two of them is not for SQL; pairs of pairs, or of many rows, are too many. */
const once = (chain: readonly Row[]): readonly Row[] =>
  chain.filter(({ type, signal }, index) => {
    if (type === 'cross' && chain.slice(0, index).some((other) => EXPANDING.includes(other['type']))) return false
    return !['identifier', 'cross', 'extent'].includes(String(type)) && signal === undefined
      ? true
      : index === chain.findIndex((other) => other['type'] === type && other['signal'] === signal)
  })

/** A random table and a chain of transforms over it. */
export const chains: fc.Arbitrary<Case> = fc.record({
  table: renamedTables,
  tables: fc.record({ other: tables }),
  transforms: fc
    .array(fc.oneof({ weight: 12, arbitrary: transforms.map((transform) => [transform]) }, extentAndBins), {
      minLength: 1,
      maxLength: 9,
    })
    .map((parts) => once(parts.flat())),
  many: fc.boolean(),
})

/** Are two results one? Sums over many rows may be rounded. */
const equalValues = (a: unknown, b: unknown, many: boolean): boolean => {
  if (typeof a === 'number' && typeof b === 'number') {
    return Object.is(a, b) || (many && Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)))
  }
  if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime())
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => equalValues(item, b[index], many))
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null)
    return equalRows(a as Row, b as Row, many)
  return a === b
}

const equalRows = (a: Row, b: Row, many: boolean): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.keys(a).every((key) => {
    const other = key in b ? key : many ? roundedAlike(key, Object.keys(b)) : undefined
    return other !== undefined && equalValues(a[key], b[other], many)
  })

/** A sum that may be rounded may become the name of a field, by `pivot`. */
const roundedAlike = (key: string, names: readonly string[]): string | undefined =>
  key.includes('.')
    ? names.find((name) => name.includes('.') && equalValues(Number(key), Number(name), true))
    : undefined

/** How the part of a chain that SQL can do came out: empty, equal, or what differs. */
export interface ChainOutcome {
  readonly found: 'reason' | 'equal' | { readonly vega: Row[]; readonly sql: Row[] }
  /** Why other transforms are left to Vega. */
  readonly left: readonly Reason[]
  /** The transforms that SQL does, with the fields that they read. */
  readonly done: readonly Row[]
}

export const outcome = async (test: Case): Promise<ChainOutcome> => {
  let steps = stepsOf(test)
  const [left, done]: [Reason[], Row[]] = [[], []]
  for (const transform of test.transforms) {
    const next = settled(transform, steps.relation.columns)
    const compiled = await steps.next(next)
    if (isReason(compiled)) {
      left.push({ reason: `${String(next['type'])}: ${compiled.reason}` })
      continue
    }
    steps = compiled
    done.push(next)
  }
  if (done.length === 0) return { found: 'reason', left, done }
  const { vega, sql } = await runCompiled({ ...test, transforms: done }, steps)
  const same =
    vega.length === sql.length && vega.every((row, index) => equalRows(row, sql[index] ?? {}, test.many === true))
  return { found: same ? 'equal' : { vega, sql }, left, done }
}
