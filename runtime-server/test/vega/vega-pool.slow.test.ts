/** Protects: Vega's own dataflow in another process gives Vega's rows, in the viewer's zone, and can be cancelled. */
import { afterAll, expect, test } from 'vitest'
import { tableFromRows } from '../../src/arrow/rows-to-table.ts'
import { rowsFromTable } from '../../src/arrow/table-to-rows.ts'
import type { Job, JobAnswer } from '../../src/vega/job.ts'
import { vegaEntry } from '../../src/vega/vega-entry.ts'
import { createVegaPool } from '../../src/vega/vega-pool.ts'

const pool = createVegaPool({
  entry: vegaEntry(),
  maxProcesses: 2,
  maxOldSpaceMb: 512,
  timeoutMs: 240_000,
  idleMs: 5_000,
})
afterAll(() => pool.close())

const never = new AbortController().signal
const rowsOf = (answer: JobAnswer | undefined): unknown =>
  answer?.kind === 'rows' ? rowsFromTable(answer.table) : answer?.value

const run = async (zone: string, job: Job): Promise<readonly unknown[]> =>
  (await pool.run(zone, job, never)).map(rowsOf)

test('keeps null, undefined, missing, NaN, dates, infinities and nested values apart', async () => {
  const rows = [
    { n: 1, s: 'a', b: true, d: new Date(0), x: null, y: undefined, z: { deep: [1, Number.NaN] }, inf: Infinity },
    { n: null, s: 'a', b: false, d: new Date(Number.NaN), x: 1, y: 2, z: [new Date(5)], inf: -0 },
    { n: Number.NaN, s: null, b: null, x: 'text' },
  ]
  const [answer] = await run('UTC', {
    signals: {},
    data: [{ name: 'a', rows: tableFromRows(rows) }],
    outputs: [{ kind: 'rows', data: 'a', columns: 'all' }],
  })
  expect(answer).toStrictEqual(rows)
})

test('reads text and dates in the zone that is asked for', async () => {
  const job: Job = {
    signals: {},
    data: [
      { name: 'a', text: { text: 't,v\n2020-01-01T00:00,1\n', json: false, format: { type: 'csv', parse: 'auto' } } },
    ],
    outputs: [{ kind: 'rows', data: 'a', columns: 'all' }],
  }
  expect(await run('Asia/Kolkata', job)).toEqual([[{ t: Date.UTC(2019, 11, 31, 18, 30), v: 1 }]])
  expect(await run('America/New_York', job)).toEqual([[{ t: Date.UTC(2020, 0, 1, 5), v: 1 }]])
})

test('answers signals and expressions, the bins of `bin` as an object', async () => {
  const answers = await run('UTC', {
    signals: { lo: 2, when: new Date(7), nothing: undefined },
    data: [
      {
        name: 'a',
        rows: tableFromRows([{ v: 1 }, { v: 5 }]),
        transform: [
          { type: 'extent', field: 'v', signal: 'range' },
          { type: 'bin', field: 'v', extent: { signal: 'range' }, signal: 'bins' },
        ],
      },
    ],
    outputs: [
      { kind: 'signal', name: 'range' },
      { kind: 'signal', name: 'bins' },
      { kind: 'expression', expression: "length(data('a')) + lo" },
      { kind: 'expression', expression: 'when' },
      { kind: 'expression', expression: 'nothing' },
    ],
  })
  const bins = { start: 1, stop: 5, step: 0.2, fields: ['v'], fname: 'bin_v' }
  expect(answers).toEqual([[1, 5], bins, 4, new Date(7), undefined])
})

test('an expression that fails at run time is an error, though Vega resolves', async () => {
  const job: Job = {
    signals: { s: null },
    data: [{ name: 'a', rows: tableFromRows([{ v: 1 }]), transform: [{ type: 'formula', as: 'x', expr: 's.y.z' }] }],
    outputs: [{ kind: 'rows', data: 'a', columns: 'all' }],
  }
  await expect(run('UTC', job)).rejects.toMatchObject({ code: 'evaluation-failed' })
})

test('a cancelled job ends its process, and the next job gets a new one', async () => {
  const cancel = new AbortController()
  const endless: Job = {
    signals: {},
    data: [{ name: 'a', transform: [{ type: 'sequence', start: 0, stop: 1e9 }] }],
    outputs: [{ kind: 'rows', data: 'a', columns: 'all' }],
  }
  const running = pool.run('UTC', endless, cancel.signal)
  setTimeout(() => cancel.abort(), 100)
  await expect(running).rejects.toMatchObject({ code: 'cancelled' })
  const after = await run('UTC', { signals: {}, data: [], outputs: [{ kind: 'expression', expression: '1 + 1' }] })
  expect(after).toEqual([2])
})
