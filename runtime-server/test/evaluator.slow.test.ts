/** Protects: a task graph's values are those of Vega itself, whichever engine computes them, in every time zone. */
import { readFile } from 'node:fs/promises'
import { MagpieError, type Value } from '@magpie-vega/protocol'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createCache } from '../src/cache.ts'
import type { Evaluator } from '../src/evaluate.ts'
import { createEvaluatorWith } from '../src/evaluate/create.ts'
import { decodeTable } from './decode-table.ts'
import { graphOf, type Pipeline, vegaItself } from './oracle.ts'
import { PIPELINES } from './pipelines.ts'

const dataRoot = new URL('../../node_modules/vega-datasets/data/', import.meta.url)
const textOf = (url: string): Promise<string> => readFile(new URL(url, dataRoot), 'utf8')
const noTables = {
  has: async () => false,
  put: async () => undefined,
  path: async () => undefined,
  touch: async () => false,
}

const rowsOf = (value: Value | MagpieError | undefined): unknown => {
  if (value === undefined || value instanceof MagpieError) throw value ?? new Error('no value')
  return value.kind === 'table' ? decodeTable(value.bytes) : value.value
}

/**
 * SQL's values but for the order in which sums are formed (the last digits), and for a property that holds undefined, which
 * it leaves out.
 */
const alike = (value: unknown): unknown => {
  if (typeof value === 'number') return Object.is(value, -0) ? -0 : Number(value.toPrecision(13))
  if (Array.isArray(value)) return value.map(alike)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(entries.map(([key, item]) => [key, alike(item)]))
}

const ownZone = process.env.TZ
afterEach(() => {
  if (ownZone === undefined) delete process.env.TZ
  else process.env.TZ = ownZone
})

describe.each(['auto', 'vega'] as const)('by %s', (engine) => {
  let evaluator: Evaluator
  beforeAll(() => {
    evaluator = createEvaluatorWith({
      cache: createCache({ maxBytes: 100_000_000 }),
      tables: noTables as never,
      engine,
      dataRoot: dataRoot.pathname,
    })
  })
  afterAll(() => evaluator.close())

  const ask = async (pipeline: Pipeline, timeZone: string) => {
    const { tasks, roots, rows, outputs } = graphOf(pipeline)
    const wanted = [rows, ...Object.values(outputs)].map((task) => ({ task, columns: 'all' as const }))
    const [first, ...rest] = await evaluator.evaluate({
      graph: { tasks },
      roots,
      wanted,
      timeZone,
      access: { table: () => false, url: () => true },
      signal: new AbortController().signal,
    })
    const names = Object.keys(outputs)
    return { rows: rowsOf(first), outputs: Object.fromEntries(rest.map((value, at) => [names[at], rowsOf(value)])) }
  }

  const compare = async (pipeline: Pipeline, timeZone: string): Promise<void> => {
    process.env.TZ = timeZone
    const vega = await vegaItself(pipeline, textOf)
    const ours = await ask(pipeline, timeZone)
    const same = engine === 'vega' ? (value: unknown) => value : alike
    expect(same(ours.outputs)).toStrictEqual(same(vega.outputs))
    expect(same(ours.rows)).toStrictEqual(same(vega.rows))
  }

  test.each(Object.keys(PIPELINES))('%s', async (name) => {
    await compare(PIPELINES[name] ?? {}, 'UTC')
  })

  const zoned = Object.keys(PIPELINES).filter((name) => /timeunit|local|parse|pattern|csv/.test(name))
  const cases = zoned.flatMap((name) =>
    ['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'].map((zone) => [name, zone] as const),
  )
  test.each(cases)('%s in %s', async (name, zone) => {
    await compare(PIPELINES[name] ?? {}, zone)
  })
})
