import { MagpieError } from '@magpie-vega/protocol'
import { describe, expect, it } from 'vitest'
import { createSession } from '../src/session.ts'
import type { Session, SessionOptions } from '../src/session.ts'
import type { Update } from '../src/update.ts'
import { manualClock } from './support/manual-clock.ts'
import type { ManualClock } from './support/manual-clock.ts'
import { manualService, turn } from './support/manual-service.ts'
import type { ManualService } from './support/manual-service.ts'
import { evaluateSums, SUMS } from './support/sums.ts'

interface Case {
  readonly session: Session
  readonly service: ManualService
  readonly clock: ManualClock
  /** The client's values, as the updates left them. */
  readonly values: Record<string, unknown>
  readonly batches: (readonly Update[])[]
  readonly phases: string[]
}

const unreachable = new MagpieError('unreachable', 'The runtime service cannot be reached')

const begin = async (options: Partial<SessionOptions> = {}): Promise<Case> => {
  const service = manualService(evaluateSums)
  const clock = manualClock()
  const values: Record<string, unknown> = {}
  const batches: (readonly Update[])[] = []
  const phases: string[] = []
  const session = createSession(SUMS, service.transport, {
    timeZone: 'UTC',
    grants: ['grant'],
    clock,
    onUpdates: (updates) => {
      batches.push(updates)
      updates.forEach((update) => (values[update.name] = update.kind === 'signal' ? update.value : update.tuples))
    },
    onState: ({ phase }) => phases.push(phase),
    ...options,
  })
  session.start([1, 2, 3])
  await turn()
  return { session, service, clock, values, batches, phases }
}

const ready = async (options: Partial<SessionOptions> = {}): Promise<Case> => {
  const started = await begin(options)
  await started.service.last().answer()
  return started
}

const askedFor = (service: ManualService): readonly number[] => service.last().request.wanted.map(({ task }) => task)

describe('a session', () => {
  it('asks for every value at first, with the graph and the grants, and is then ready', async () => {
    const { session, service, values, phases } = await begin()
    expect(session.state.phase).toBe('loading')
    expect(service.last().request).toMatchObject({ graph: { kind: 'graph' }, timeZone: 'UTC', grants: ['grant'] })
    expect(askedFor(service)).toEqual([3, 4, 5])
    await service.last().answer()
    expect(values).toEqual({ ab: 3, bc: 5, one: 1 })
    expect(phases).toEqual(['ready'])
  })

  it('asks only for what depends on the changed root, by the hash of the graph, with the roots that this needs', async () => {
    const { session, service, values, phases } = await ready()
    session.change(0, 10)
    await turn()
    expect(askedFor(service)).toEqual([3])
    expect(service.last().request.graph).toMatchObject({ kind: 'hash', hash: { 0: 7 } })
    expect([...service.last().request.roots]).toEqual([
      [0, 10],
      [1, 2],
    ])
    await service.last().answer()
    expect(values).toEqual({ ab: 12, bc: 5, one: 1 })
    expect(phases).toEqual(['ready', 'updating', 'ready'])
  })

  it('makes one request of a burst, and none of an equal value', async () => {
    const { session, service } = await ready()
    session.change(0, 1)
    await turn()
    expect(service.requests).toHaveLength(1)
    session.change(0, 5)
    session.change(0, 6)
    session.change(2, 7)
    await turn()
    expect(service.requests).toHaveLength(2)
    expect(askedFor(service)).toEqual([3, 4])
  })

  it('keeps one request under way, shows its answer, and asks again with the newest roots', async () => {
    const { session, service, values } = await ready()
    for (const value of [10, 20, 30]) {
      session.change(0, value)
      await turn()
    }
    expect(service.requests).toHaveLength(2)
    await service.last().answer()
    expect(values['ab']).toBe(12)
    expect(service.requests).toHaveLength(3)
    await service.last().answer()
    expect(values['ab']).toBe(32)
  })

  it('gives up a superseded request that takes too long, drops its late answer, and loses none of its values', async () => {
    const { session, service, clock, values, batches } = await ready()
    session.change(2, 100)
    await turn()
    const slow = service.last()
    session.change(0, 10)
    await turn()
    expect(service.requests).toHaveLength(2)
    clock.advance(500)
    await turn()
    expect(slow.aborted()).toBe(true)
    expect(askedFor(service)).toEqual([3, 4])
    const before = batches.length
    await slow.answer([{ kind: 'scalar', value: -1 }])
    expect(batches).toHaveLength(before)
    await service.last().answer()
    expect(values).toEqual({ ab: 12, bc: 102, one: 1 })
  })

  it('without patience gives up a superseded request at once', async () => {
    const { session, service, values } = await ready({ patience: 0 })
    session.change(0, 10)
    await turn()
    const first = service.last()
    session.change(0, 20)
    await turn()
    expect(first.aborted()).toBe(true)
    await service.last().answer()
    expect(values['ab']).toBe(22)
  })

  it('sends the whole graph again when the service does not know the hash', async () => {
    const { session, service, values } = await ready()
    session.change(0, 10)
    await turn()
    await service.last().graphUnknown()
    expect(service.last().request.graph.kind).toBe('graph')
    expect(askedFor(service)).toEqual([3])
    await service.last().answer()
    expect(values['ab']).toBe(12)
    expect(session.state.phase).toBe('ready')
  })

  it('does not ask forever for a graph that stays unknown', async () => {
    const { session, service } = await begin()
    await service.last().graphUnknown()
    expect(session.state).toMatchObject({ phase: 'error', error: { code: 'internal' } })
    expect(service.requests).toHaveLength(1)
  })

  it('keeps trying while the service is away, says so, and recovers by itself with the newest roots', async () => {
    const { session, service, clock, values, phases } = await ready()
    session.change(0, 10)
    await turn()
    await service.last().fail(unreachable)
    expect(session.state).toMatchObject({ phase: 'reconnecting', error: { code: 'unreachable' } })
    const waits: number[] = []
    for (let attempt = 0; attempt < 5; attempt++) {
      const wait = clock.pending()[0] ?? 0
      waits.push(wait)
      clock.advance(wait)
      await turn()
      session.change(0, 20 + attempt)
      await turn()
      await service.last().fail(unreachable)
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 5000])
    clock.advance(5000)
    await turn()
    await service.last().answer()
    expect(values['ab']).toBe(26)
    expect(session.state.phase).toBe('ready')
    expect(phases).toEqual(['ready', 'updating', 'reconnecting', 'ready'])
  })

  it('asks again when a request got lost on its way', async () => {
    const { session, service, clock, values } = await begin()
    clock.advance(90_000)
    expect(service.last().aborted()).toBe(true)
    expect(session.state).toMatchObject({ phase: 'reconnecting', error: { code: 'timeout' } })
    clock.advance(500)
    await turn()
    await service.last().answer()
    expect(values).toEqual({ ab: 3, bc: 5, one: 1 })
  })

  it('waits half a second again after it had recovered', async () => {
    const { session, service, clock } = await ready()
    for (let outage = 0; outage < 2; outage++) {
      session.change(0, 10 + outage)
      await turn()
      await service.last().fail(unreachable)
      expect(clock.pending()).toEqual([500])
      clock.advance(500)
      await turn()
      await service.last().answer()
    }
    expect(session.state.phase).toBe('ready')
  })

  it('reports a missing table so that the host can upload it again, and then recovers', async () => {
    const missing: string[] = []
    const { session, service, clock, values } = await begin({ onTableMissing: (error) => missing.push(error.message) })
    await service
      .last()
      .answer([
        new MagpieError('table-missing', 'The service has no such table'),
        { kind: 'scalar', value: 5 },
        { kind: 'scalar', value: 1 },
      ])
    expect(missing).toEqual(['The service has no such table'])
    expect(values).toEqual({ bc: 5, one: 1 })
    clock.advance(500)
    await turn()
    expect(askedFor(service)).toEqual([3])
    await service.last().answer()
    expect(values['ab']).toBe(3)
    expect(session.state.phase).toBe('ready')
  })

  it('shows a refusal, keeps the other values, and tries again at the next change', async () => {
    const { session, service, values } = await ready()
    session.change(1, 10)
    await turn()
    await service
      .last()
      .answer([new MagpieError('evaluation-failed', 'No', { remedy: 'Do.' }), { kind: 'scalar', value: 13 }])
    expect(session.state).toMatchObject({ phase: 'error', error: { sentence: 'No. Do.' } })
    expect(values).toMatchObject({ ab: 3, bc: 13 })
    session.change(2, 4)
    await turn()
    expect(askedFor(service)).toEqual([3, 4])
    await service.last().answer()
    expect(values).toMatchObject({ ab: 11, bc: 14 })
    expect(session.state.phase).toBe('ready')
  })

  it('asks for everything again when the data or the grants change, and keeps the roots', async () => {
    const { session, service, values } = await ready()
    session.change(0, 10)
    await turn()
    await service.last().answer()
    session.replan(SUMS, ['other'])
    await turn()
    expect(service.last().request).toMatchObject({ graph: { kind: 'graph' }, grants: ['other'] })
    expect(askedFor(service)).toEqual([3, 4, 5])
    await service.last().answer()
    expect(values).toEqual({ ab: 12, bc: 5, one: 1 })
  })

  it('is silent once disposed', async () => {
    const { session, service, clock, batches, phases } = await begin()
    session.dispose()
    expect(service.last().aborted()).toBe(true)
    await service.last().answer()
    session.change(0, 99)
    clock.advance(10_000)
    await turn()
    expect([batches, phases, clock.pending()]).toEqual([[], [], []])
    expect(service.requests).toHaveLength(1)
    await session.settled()
  })

  it('settles only when nothing is under way or planned', async () => {
    const { session, service, clock } = await begin()
    let settled = 0
    void session.settled().then(() => settled++)
    await service.last().fail(unreachable)
    expect(settled).toBe(0)
    clock.advance(500)
    await turn()
    expect(settled).toBe(0)
    await service.last().answer()
    expect(settled).toBe(1)
  })
})
