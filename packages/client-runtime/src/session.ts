import type { Plan } from '@magpie-vega/planner'
import { MagpieError, RECOVERABLE } from '@magpie-vega/protocol'
import type { QueryResponse, Scalar } from '@magpie-vega/protocol'
import { answeredRoots } from './answered-roots.ts'
import { askService } from './ask-service.ts'
import { retryDelay } from './backoff.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { givenRows } from './given-rows.ts'
import { sameValue } from './same-value.ts'
import { sameState } from './session-state.ts'
import type { SessionState } from './session-state.ts'
import type { Transport } from './transport.ts'
import { updateFrom } from './update.ts'
import type { Update } from './update.ts'

/**
 * Milliseconds that a request may still run once newer root values wait. So a continuous brush sees the bars follow as fast as
 * the service answers, and an answer that takes longer is given up for the newest.
 */
export const PATIENCE = 500

/** Milliseconds after which a request counts as lost, such as by a channel that dropped it. The service gives up earlier. */
export const DEADLINE = 90_000

export interface SessionOptions {
  /** IANA name of the viewer's time zone. */
  readonly timeZone: string
  readonly grants: readonly string[]
  /** Receives the values of one answer, together; without the rows that were given last time already. */
  readonly onUpdates: (updates: readonly Update[]) => void
  readonly onState?: (state: SessionState) => void
  /** The service lacks an uploaded table. Called at every answer that says so; the session keeps asking. */
  readonly onTableMissing?: (error: MagpieError) => void
  /** Default: the system's. */
  readonly clock?: Clock
  /** Default: `PATIENCE`; 0 gives up a superseded request at once. */
  readonly patience?: number
}

/** A chart's conversation with the service: root values in, values of the client spec out. Knows no View and no DOM. */
export interface Session {
  readonly state: SessionState
  /** Asks for every value, for these root values (by index in `plan.toServer`). Called once. */
  start(roots: readonly Scalar[]): void
  /** A root value (by index in `plan.toServer`) as it is now. An equal value does nothing; a burst makes one request. */
  change(root: number, value: Scalar): void
  /** The same chart over other data or with other grants: root values stay, every value is asked for again. */
  replan(plan: Plan, grants: readonly string[]): void
  /** Resolves when nothing is under way or planned; the state is then `ready` or `error`. */
  settled(): Promise<void>
  /** Ends the conversation; no callback is called after. */
  dispose(): void
}

interface Flight {
  readonly wanted: readonly number[]
  readonly roots: readonly Scalar[]
  readonly whole: boolean
  readonly controller: AbortController
  readonly since: number
  readonly cancelDeadline: () => void
}

const asMagpieError = (cause: unknown): MagpieError =>
  cause instanceof MagpieError
    ? cause
    : new MagpieError('unreachable', cause instanceof Error ? cause.message : 'The request could not be sent', {
        remedy: 'The chart tries again by itself.',
        cause,
      })

// `cancelled` for a request that nobody here gave up: the service dropped it
const isTransient = (error: MagpieError): boolean => RECOVERABLE.has(error.code) || error.code === 'cancelled'

class LatestWins implements Session {
  state: SessionState = { phase: 'loading' }
  readonly #transport: Transport
  readonly #options: SessionOptions
  readonly #clock: Clock
  #plan: Plan
  #grants: readonly string[]
  #roots: Scalar[] = []
  #hash: Uint8Array | undefined
  /** Values (indices into `plan.toClient`) to ask for: stale, or lost with a failed request. */
  readonly #stale = new Set<number>()
  /** Values that the service refused; asked for again at the next change. */
  readonly #refused = new Set<number>()
  readonly #given = givenRows()
  readonly #answered = answeredRoots()
  #flight: Flight | undefined
  #attempt = 0
  #started = false
  #flushing = false
  #cancelRetry: (() => void) | undefined
  #cancelPatience: (() => void) | undefined
  #disposed = false
  #waiters: (() => void)[] = []

  constructor(plan: Plan, transport: Transport, options: SessionOptions) {
    this.#plan = plan
    this.#grants = options.grants
    this.#transport = transport
    this.#options = options
    this.#clock = options.clock ?? systemClock
  }

  start(roots: readonly Scalar[]): void {
    this.#started = true
    this.#roots = [...roots]
    this.#wantAll()
  }

  change(root: number, value: Scalar): void {
    if (this.#disposed || sameValue(this.#roots[root], value)) return
    this.#roots[root] = value
    this.#plan.toClient.forEach(({ dependsOn }, index) => {
      if (dependsOn.includes(root)) this.#stale.add(index)
    })
    if (this.#stale.size > 0) this.#wantRefused()
    this.#schedule()
  }

  replan(plan: Plan, grants: readonly string[]): void {
    this.#plan = plan
    this.#grants = grants
    this.#hash = undefined
    this.#given.forget()
    this.#answered.forget()
    this.#giveUp()
    this.#stale.clear()
    this.#stopRetry()
    this.#attempt = 0
    if (this.#started) this.#wantAll()
  }

  settled(): Promise<void> {
    return this.#resting() ? Promise.resolve() : new Promise((resolve) => this.#waiters.push(resolve))
  }

  dispose(): void {
    this.#disposed = true
    this.#giveUp()
    this.#stale.clear()
    this.#stopRetry()
    this.#settle()
  }

  #wantAll(): void {
    this.#plan.toClient.forEach((_, index) => this.#stale.add(index))
    this.#refused.clear()
    this.#schedule()
  }

  #wantRefused(): void {
    this.#refused.forEach((index) => this.#stale.add(index))
    this.#refused.clear()
  }

  #resting(): boolean {
    return this.#disposed || (this.#started && !this.#flushing && this.#flight === undefined && this.#stale.size === 0)
  }

  #settle(): void {
    if (!this.#resting()) return
    this.#waiters.splice(0).forEach((resolve) => resolve())
  }

  #enter(state: SessionState): void {
    if (this.#disposed || sameState(this.state, state)) return
    this.state = state
    this.#options.onState?.(state)
  }

  #schedule(): void {
    if (this.#flushing || this.#disposed) return
    this.#flushing = true
    queueMicrotask(() => {
      this.#flushing = false
      this.#flush()
    })
  }

  /** Sends what is stale, now or as soon as the request under way is answered or given up. */
  #flush(): void {
    if (this.#disposed || this.#cancelRetry !== undefined) return
    if (this.#stale.size === 0) {
      if (this.#flight === undefined && this.#refused.size === 0) this.#enter({ phase: 'ready' })
      return this.#settle()
    }
    if (this.#flight === undefined) return this.#send(this.#hash === undefined)
    const left = this.#flight.since + (this.#options.patience ?? PATIENCE) - this.#clock.now()
    if (left <= 0) {
      this.#giveUp()
      this.#send(this.#hash === undefined)
    } else {
      this.#cancelPatience ??= this.#clock.after(left, () => {
        this.#cancelPatience = undefined
        this.#flush()
      })
    }
  }

  #giveUp(): void {
    this.#flight?.wanted.forEach((index) => this.#stale.add(index))
    this.#flight?.controller.abort()
    this.#land()
  }

  #land(): void {
    this.#flight?.cancelDeadline()
    this.#flight = undefined
    this.#cancelPatience?.()
    this.#cancelPatience = undefined
  }

  #stopRetry(): void {
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
  }

  #send(whole: boolean): void {
    const wanted = [...this.#stale].sort((a, b) => a - b)
    this.#stale.clear()
    const cancelDeadline = this.#clock.after(DEADLINE, () => this.#lose(flight))
    const controller = new AbortController()
    const roots = [...this.#roots]
    const flight: Flight = { wanted, roots, whole, controller, since: this.#clock.now(), cancelDeadline }
    this.#flight = flight
    if (this.state.phase === 'ready') this.#enter({ phase: 'updating' })
    this.#ask(flight).then(
      (response) => this.#flight === flight && this.#receive(flight, response),
      (cause: unknown) => this.#flight === flight && this.#fail(flight, asMagpieError(cause)),
    )
  }

  #ask({ wanted, roots, whole, controller }: Flight): Promise<QueryResponse> {
    const { timeZone } = this.#options
    const hash = whole ? undefined : this.#hash
    const question = { plan: this.#plan, wanted, roots, hash, timeZone, grants: this.#grants }
    return askService(question, this.#transport, controller.signal)
  }

  #receive(flight: Flight, response: QueryResponse): void {
    if (response.kind === 'graph-unknown') {
      if (flight.whole)
        return this.#fail(flight, new MagpieError('internal', 'The service does not know a graph that it was sent'))
      this.#hash = undefined
      this.#giveUp()
      return this.#send(true)
    }
    this.#land()
    this.#hash = response.graphHash
    const updates: Update[] = []
    const failed = new Map<number, MagpieError>()
    flight.wanted.forEach((index, position) => {
      const value = this.#plan.toClient[index]
      const answer = response.results[position]
      if (value === undefined) return
      const change = this.#answered.changeOf(index, value, flight.roots)
      const known = this.#given.isSame(index, answer) && change !== 'renewed'
      const update = known ? undefined : updateFrom(value, answer, change)
      if (update instanceof MagpieError) return void failed.set(index, update)
      this.#answered.answer(index, flight.roots)
      if (update !== undefined) updates.push(update)
    })
    if (updates.length > 0) this.#options.onUpdates(updates)
    this.#conclude(failed)
  }

  #fail(flight: Flight, error: MagpieError): void {
    this.#land()
    if (error.code === 'bad-request') this.#hash = undefined
    this.#conclude(new Map(flight.wanted.map((index) => [index, error])))
  }

  #lose(flight: Flight): void {
    if (this.#flight !== flight) return
    const remedy = 'The chart tries again by itself.'
    this.#fail(flight, new MagpieError('timeout', 'The service has not answered', { remedy }))
    flight.controller.abort()
  }

  #conclude(failed: ReadonlyMap<number, MagpieError>): void {
    if (this.#disposed) return
    const errors = [...failed.values()]
    const missing = errors.find(({ code }) => code === 'table-missing')
    const transient = errors.find(isTransient)
    const superseded = this.#stale.size > 0
    failed.forEach((_, index) => (transient !== undefined || superseded ? this.#stale : this.#refused).add(index))
    if (transient === undefined) this.#attempt = 0
    if (transient !== undefined) this.#retryLater(transient)
    else if (errors[0] !== undefined && !superseded) this.#enter({ phase: 'error', error: errors[0] })
    else if (errors[0] === undefined && this.state.phase !== 'loading')
      this.#enter({ phase: this.#stale.size > 0 ? 'updating' : 'ready' })
    if (missing !== undefined) this.#options.onTableMissing?.(missing)
    this.#flush()
  }

  #retryLater(error: MagpieError): void {
    this.#attempt += 1
    this.#enter({ phase: 'reconnecting', error })
    this.#cancelRetry = this.#clock.after(retryDelay(this.#attempt), () => {
      this.#cancelRetry = undefined
      this.#flush()
    })
  }
}

/** A session for a plan. Nothing is sent before `start`. */
export const createSession = (plan: Plan, transport: Transport, options: SessionOptions): Session =>
  new LatestWins(plan, transport, options)
