// Protects: whatever graph arrives, each value is answered or refused in words, without a defect, and the service goes on.
import { decodeQueryResponse } from '@magpie-vega/protocol'
import type { ErrorCode, Scalar, Task, TaskId } from '@magpie-vega/protocol'
import { describe, expect, test, vi } from 'vitest'
import { transforms } from 'vega'
import { magpie } from '../../packages/protocol/src/gen/magpie.js'
import { askFor, bytesOf, echo, errorOf, id, post, query, startService } from './start-service.ts'

const none = { signals: {}, data: {} }
const rows = (count: number): Task => ({
  kind: 'source',
  from: { kind: 'values', json: JSON.stringify(Array.from({ length: count }, (_, a) => ({ a, b: `${a % 3}`, t: a }))) },
})
const step = (definition: Readonly<Record<string, unknown>> & { readonly type: string }, input?: number): Task => ({
  kind: 'transform',
  definition,
  ...none,
  ...(input === undefined ? {} : { input: id(input) }),
})

type Service = Awaited<ReturnType<typeof startService>>
const LIMITS = { queryTimeoutMs: 5_000, vegaProcesses: 2 }

/** What became of the last task: `value`, or the code of its error. */
async function outcome({ url, log }: Service, tasks: readonly Task[]): Promise<ErrorCode | 'value'> {
  const response = await query(url, askFor(tasks))
  const found = response.ok ? decodeQueryResponse(await bytesOf(response)) : await errorOf(response)
  const [result] = 'kind' in found && found.kind === 'results' ? found.results : []
  const failed = found instanceof Error ? found : result instanceof Error ? result : undefined
  expect(log.filter((line) => line.includes('"defect"'))).toEqual([])
  expect(failed?.code).not.toBe('internal')
  expect(failed?.message).not.toBe('')
  return failed?.code ?? 'value'
}

/** Waits until the service answers another question. */
const alive = ({ url }: Service): Promise<boolean> =>
  vi.waitUntil(
    async () => {
      const response = await query(url, echo(7))
      const decoded = response.ok ? decodeQueryResponse(await bytesOf(response)) : undefined
      const [result] = decoded?.kind === 'results' ? decoded.results : []
      return result !== undefined && !(result instanceof Error) && result.kind === 'scalar' && result.value === 7
    },
    { timeout: 240_000, interval: 100 },
  )

describe('what is no graph', () => {
  const raw = (tasks: magpie.v1.Task.$Properties[], task = tasks.length - 1): Uint8Array =>
    magpie.v1.QueryRequest.encode({
      protocolVersion: 1,
      graph: { tasks },
      wanted: [{ task, allColumns: true }],
      timeZone: 'UTC',
    }).finish()
  const filter = JSON.stringify({ type: 'filter', expr: 'true' })
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)

  test.each<[string, Uint8Array]>([
    ['a task that reads itself', raw([{ transform: { definition: filter, input: 0 } }])],
    [
      'a cycle',
      raw([{ transform: { definition: filter, input: 1 } }, { transform: { definition: filter, input: 0 } }]),
    ],
    ['a task that is not there', raw([{ union: { inputs: [7] } }])],
    ['a binding to a later task', raw([{ expression: { expression: 'x', signals: [{ name: 'x', task: 3 }] } }])],
    ['an output of no transform', raw([{ source: { values: '[]' } }, { output: { transform: 0 } }])],
    ['a task of no kind', raw([{}])],
    ['a definition that is no object', raw([{ transform: { definition: '[1]' } }])],
    [
      'a definition that is nested without end',
      raw([{ transform: { definition: `{"type":"filter","expr":${deep}}` } }]),
    ],
    ['more tasks than may be', raw(Array.from({ length: 20_000 }, () => ({ source: { values: '[]' } })))],
    ['a value of no task', raw([{ source: { values: '[]' } }], 9)],
  ])('%s is a bad request', async (_what, body) => {
    const service = await startService(LIMITS)
    const response = await post(`${service.url}/v1/query`, body)
    expect([response.status, (await errorOf(response)).code]).toEqual([400, 'bad-request'])
    await alive(service)
  })
})

describe('tasks that make no sense', () => {
  const ODD: readonly unknown[] = [
    null,
    -1,
    1e308,
    '',
    'nowhere',
    '__proto__',
    [],
    {},
    [null],
    [['a']],
    { a: { b: [] } },
  ]
  const NAMES = ['field', 'fields', 'ops', 'as', 'groupby', 'expr', 'key', 'sort', 'step', 'extent', 'values', 'frame']
  const types = [...Object.keys(transforms), 'nowhere', '__proto__', 'constructor', 'toString']

  test('every transform, with parameters of the wrong type or none, is answered or refused', async () => {
    const service = await startService({ ...LIMITS, queryTimeoutMs: 120_000 })
    for (const [index, type] of types.entries()) {
      const parameters = NAMES.map((name, n) => [name, ODD[(index * 7 + n * 3) % ODD.length]] as const)
      const definitions = [{}, Object.fromEntries(parameters.slice(0, 6)), Object.fromEntries(parameters)]
      for (const definition of definitions) await outcome(service, [rows(5), step({ ...definition, type }, 0)])
      await outcome(service, [step({ type })])
    }
    await alive(service)
  })

  test.each<[string, readonly Task[]]>([
    ['a union of nothing', [{ kind: 'union', inputs: [] }]],
    [
      'a union with a scalar',
      [
        { kind: 'expression', expression: '1', ...none },
        { kind: 'union', inputs: [id(0)] },
      ],
    ],
    ['a transform of a scalar', [{ kind: 'expression', expression: '1', ...none }, step({ type: 'collect' }, 0)]],
    [
      'an output of a transform that has none',
      [rows(3), step({ type: 'collect' }, 0), { kind: 'output', transform: id(1) }],
    ],
    ['a signal that is a table', [rows(3), { kind: 'expression', expression: 'x', signals: { x: id(0) }, data: {} }]],
    [
      'a data set that is a scalar',
      [
        { kind: 'expression', expression: '1', ...none },
        { kind: 'expression', expression: "data('d').length", signals: {}, data: { d: id(0) } },
      ],
    ],
    ['values that are no JSON', [{ kind: 'source', from: { kind: 'values', json: '[1,' } }]],
    [
      'values that are nested without end',
      [{ kind: 'source', from: { kind: 'values', json: '['.repeat(1e5) + ']'.repeat(1e5) } }],
    ],
    [
      'an unknown format',
      [{ kind: 'source', from: { kind: 'values', json: '[]' }, format: { type: 'nowhere', parse: 7 } }],
    ],
    ['an expression that does not parse', [{ kind: 'expression', expression: 'width +', ...none }]],
    [
      'an expression that reaches for the program',
      [{ kind: 'expression', expression: "this.constructor.constructor('return process')()", ...none }],
    ],
    [
      'an expression nested without end',
      [{ kind: 'expression', expression: '('.repeat(20_000) + '1' + ')'.repeat(20_000), ...none }],
    ],
    ['a sum without end', [{ kind: 'expression', expression: '1' + '+1'.repeat(50_000), ...none }]],
    ['a filter nested without end', [rows(3), step({ type: 'filter', expr: '!'.repeat(20_000) + 'datum.a' }, 0)]],
  ])('%s is answered or refused', async (_what, tasks) => {
    const service = await startService(LIMITS)
    await outcome(service, tasks)
    await alive(service)
  })

  test('a chain of thousands of tasks is refused', async () => {
    const service = await startService({ ...LIMITS, queryTimeoutMs: 120_000 })
    const chain = Array.from({ length: 9_990 }, (_, n) =>
      step({ type: 'formula', expr: 'datum.a', as: `c${n % 7}` }, n),
    )
    expect(await outcome(service, [rows(2), ...chain])).toBe('bad-request')
    await alive(service)
  })
})

describe('what would take for ever, or all memory', () => {
  const text = 'a'.repeat(40)
  const nest = (type: string, definition: Readonly<Record<string, unknown>>): readonly Task[] => [
    rows(50),
    step({ ...definition, type }, 0),
  ]
  const scalar = (expression: string): readonly Task[] => [{ kind: 'expression', expression, ...none }]

  test.each<[string, readonly Task[]]>([
    ['a sequence', [step({ type: 'sequence', start: 0, stop: 1e12 })]],
    ['a sequence of steps of nothing', [step({ type: 'sequence', start: 0, stop: 1, step: 1e-300 })]],
    ['bins without number', nest('bin', { field: 'a', extent: [0, 1e300], step: 1e-300 })],
    ['imputed keys', nest('impute', { field: 'a', key: 't', keyvals: { start: 0, stop: 1e12 }, value: 0 })],
    ['quantiles', nest('quantile', { field: 'a', step: 1e-12 })],
    ['a density', nest('kde', { field: 'a', steps: 1e12 })],
    [
      'ranks of too many',
      nest('window', { ops: ['ntile', 'lag'], params: [1e12, 1e12], fields: [null, 'a'], as: ['n', 'l'] }),
    ],
    ['a frame of infinite width', nest('window', { ops: ['mean'], fields: ['a'], frame: [-1e308, 1e308], as: ['m'] })],
    ['units of time', nest('timeunit', { field: 't', units: ['milliseconds'], step: 1e-300 })],
    ['a regular expression', scalar(`test(/(a+)+$/, '${text}!')`)],
    ['a regular expression over rows', nest('filter', { expr: `test(/(a+)+$/, '${text}!' + datum.b)` })],
    ['a replacement', scalar(`replace('${text}!', /(a+)+$/, '')`)],
    ['a list', scalar('sequence(1e9)')],
    ['lists of lists', scalar('sequence(1e4).length * sequence(0, 1e12, 1e-3).length')],
    ['text', scalar("pad('x', 1e9, 'y', 'left')")],
    ['text of text', scalar("length(pad(pad('x', 5e8, 'y', 'left'), 1e9, 'y', 'left'))")],
  ])('%s is answered or refused, and others are answered meanwhile', async (_what, tasks) => {
    const service = await startService(LIMITS)
    const endless = outcome(service, tasks)
    await alive(service)
    await endless
    await alive(service)
  })
})

test('roots that a graph does not expect do no harm', async () => {
  const service = await startService(LIMITS)
  const odd: Scalar[] = [{ length: -1 }, Array.from({ length: 1000 }, () => null), 'x'.repeat(1e6), -1e308]
  for (const value of odd) {
    const tasks: readonly Task[] = [
      { kind: 'root', name: 'd', type: 'data' },
      step({ type: 'aggregate', groupby: ['a'] }, 0),
    ]
    const request = askFor(tasks, { roots: new Map<TaskId, Scalar>([[id(0), value]]) })
    const response = await query(service.url, request)
    expect(response.status).toBeLessThan(500)
  }
  await alive(service)
})
