// Protects: what a service does before the first question never fails, leaves nobody waiting, and is what questions need.
import { decodeQueryResponse, MagpieError } from '@magpie-vega/protocol'
import { expect, test, vi } from 'vitest'
import { waitFor } from '../src/cancellation.ts'
import { createClient } from '../src/client.ts'
import type { Evaluator } from '../src/evaluate.ts'
import type { Service } from '../src/service.ts'
import { createWarmUp } from '../src/warm-up.ts'
import { warmUpQuestions } from '../src/warm-up-questions.ts'
import { bytesOf, post, startService } from './start-service.ts'

const ANSWER = new Uint8Array([1])
const parts = (query: Service['query']) => ({
  service: { query: () => Promise.resolve(ANSWER) },
  quiet: { query },
  evaluator: { open: vi.fn(() => Promise.resolve()) },
  latest: (count: number) => ['b', 'a'].slice(0, count),
})

test('every question of its own is answered, in SQL', async () => {
  const { warmUp, log } = await startService()
  await warmUp()
  const evaluated = log.filter((line) => line.includes('"evaluated"'))
  expect(evaluated.length).toBeGreaterThan(3)
  expect(evaluated.filter((line) => !line.includes('"sql"'))).toEqual([])
})

test.each(warmUpQuestions().map((question, index) => [index, question] as const))(
  'question %i of its own has values only',
  async (_index, question) => {
    const { url } = await startService()
    const decoded = decodeQueryResponse(await bytesOf(await post(`${url}/v1/query`, question)))
    const kinds = decoded.kind === 'results' ? decoded.results.map((result) => result instanceof Error) : []
    expect([kinds.length > 0, kinds.includes(true)]).toEqual([true, false])
  },
)

test('it opens the tables that were used last', async () => {
  const given = parts(() => Promise.resolve(ANSWER))
  await createWarmUp(given).run()
  expect(given.evaluator.open).toHaveBeenCalledExactlyOnceWith(['b', 'a'], expect.any(AbortSignal))
})

test('a question that comes meanwhile ends its own questions, not the opening of tables; the end ends both', async () => {
  const asked: AbortSignal[] = []
  const waits: Service['query'] = (_request, { signal }) => {
    asked.push(signal)
    return waitFor(new Promise<Uint8Array>(() => undefined), signal)
  }
  const opening: AbortSignal[] = []
  const open: Evaluator['open'] = (_tables, signal) => {
    opening.push(signal)
    return waitFor(new Promise<void>(() => undefined), signal)
  }
  const { service, run, end } = createWarmUp({ ...parts(waits), evaluator: { open } })
  const running = run()
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect(await service.query(ANSWER, createClient().client)).toBe(ANSWER)
  const aborted = (): readonly boolean[] => [...asked, ...opening].map((signal) => signal.aborted)
  expect(aborted()).toEqual([true, false])
  await end()
  await running
  expect(aborted()).toEqual([true, true])
})

test('what fails does not matter: the other questions are asked', async () => {
  const query = vi.fn(() => Promise.reject(new MagpieError('internal', 'A defect')))
  await createWarmUp(parts(query)).run()
  expect(query).toHaveBeenCalledTimes([...warmUpQuestions()].length)
})
