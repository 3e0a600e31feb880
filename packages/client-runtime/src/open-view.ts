import type { Plan, VegaSpec } from '@magpie-vega/planner'
import { MagpieError } from '@magpie-vega/protocol'
import type { Scalar } from '@magpie-vega/protocol'
import type { View } from 'vega'
import { bindView, rootValues } from './bind-view.ts'
import type { ViewBinding } from './bind-view.ts'
import { fill } from './fill.ts'
import { sameValue } from './same-value.ts'
import { createSession } from './session.ts'
import type { Session, SessionOptions } from './session.ts'
import type { SessionState } from './session-state.ts'
import type { Transport } from './transport.ts'
import type { Update } from './update.ts'

export interface OpenViewOptions extends Omit<SessionOptions, 'onUpdates'> {
  readonly transport: Transport
  /** Makes the View that is shown and runs it once. */
  readonly makeView: (spec: VegaSpec) => Promise<View>
  /** Makes a View that nobody sees and runs it once; only called when the spec alone does not state the root values. */
  readonly makeProbe: (spec: VegaSpec) => Promise<View>
  /** The View has been made and bound; its roots agree with its values once the session has settled. */
  readonly onView?: (view: View) => void
  /**
   * What Vega has against the whole spec; undefined: nothing. Asked when the chart has failed: of several faults, Vega's parser
   * tells the first of the spec, wherever the planner put it.
   */
  readonly refusal?: () => unknown
  /** The View could not be made, or a root value cannot be sent. */
  readonly onError: (error: MagpieError) => void
}

/** A View kept current by a session. */
export interface OpenView {
  readonly session: Session
  /** The same chart over other data: the View stays as it is, every value is asked for again. See `sameShape`. */
  replan(plan: Plan, grants: readonly string[]): void
  /** Resolves when the View exists and nothing is under way, or the session is in `error`. */
  settled(): Promise<void>
  /** Ends the session and finalizes the View. */
  finalize(): void
}

const asError = (cause: unknown): MagpieError =>
  cause instanceof MagpieError
    ? cause
    : new MagpieError('unsupported', cause instanceof Error ? cause.message : String(cause), {
        remedy: 'Check the chart’s specification.',
        cause,
      })

/** The root values that the spec states; undefined when only a running View knows one of them. */
const statedRoots = (plan: Plan): readonly Scalar[] | undefined => {
  const stated = plan.toServer.flatMap(({ initial }) => (initial === undefined ? [] : [initial.value]))
  return stated.length === plan.toServer.length ? stated : undefined
}

const keyOf = ({ kind, name }: { readonly kind: string; readonly name: string }): string => `${kind} ${name}`

class Opening implements OpenView {
  readonly session: Session
  #plan: Plan
  readonly #options: OpenViewOptions
  /** Values that arrived before the View. */
  readonly #received = new Map<string, Update>()
  #provisional = false
  /** The root values that the first values were asked for with. */
  #asked: readonly Scalar[] = []
  /** The View was made over values of other roots than its own: it has their layout. */
  #refit = false
  #work: Promise<void> = Promise.resolve()
  #making = false
  #binding: ViewBinding | undefined
  #view: View | undefined
  #finalized = false

  constructor(plan: Plan, options: OpenViewOptions) {
    this.#plan = plan
    this.#options = options
    this.session = createSession(plan, options.transport, {
      ...options,
      onUpdates: (updates) => this.#take(updates),
      onState: (state) => this.#onState(state),
    })
    this.#queue(() =>
      this.#start().catch((cause: unknown) => {
        // without root values nothing can be asked: there is no chart to wait for
        this.session.dispose()
        throw cause
      }),
    )
  }

  replan(plan: Plan, grants: readonly string[]): void {
    this.#plan = plan
    if (this.#view === undefined) this.#received.clear()
    this.session.replan(plan, grants)
  }

  async settled(): Promise<void> {
    for (;;) {
      const before = this.#work
      await before
      await this.session.settled()
      if (this.#work === before) return
    }
  }

  finalize(): void {
    this.#finalized = true
    this.session.dispose()
    this.#binding?.dispose()
    this.#view?.finalize()
  }

  #fail(cause: unknown): void {
    if (!this.#finalized) this.#options.onError(asError(this.#options.refusal?.() ?? cause))
  }

  #queue(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch((cause: unknown) => this.#fail(cause))
  }

  async #start(): Promise<void> {
    const roots = statedRoots(this.#plan) ?? (await this.#probe())
    if (this.#finalized) return
    this.#asked = roots
    this.session.start(roots)
    this.#makeWhenComplete()
  }

  async #probe(): Promise<readonly Scalar[]> {
    this.#provisional = true
    const probe = await this.#options.makeProbe(fill(this.#plan.client, []))
    try {
      return rootValues(probe, this.#plan)
    } finally {
      probe.finalize()
    }
  }

  #take(updates: readonly Update[]): void {
    if (this.#making) {
      const refit = this.#refit
      this.#refit = false
      return this.#queue(async () => this.#binding?.apply(updates, refit))
    }
    updates.forEach((update) => this.#received.set(keyOf(update), update))
    this.#makeWhenComplete()
  }

  #onState(state: SessionState): void {
    const refusal = state.phase === 'error' ? this.#options.refusal?.() : undefined
    // what the probe's roots make impossible may be possible with those of the real View
    if (state.phase === 'error' && refusal === undefined && this.#provisional && !this.#making) this.#make()
    this.#options.onState?.(refusal === undefined ? state : { phase: 'error', error: asError(refusal) })
  }

  #makeWhenComplete(): void {
    if (!this.#making && this.#plan.toClient.every((value) => this.#received.has(keyOf(value)))) this.#make()
  }

  #make(): void {
    this.#making = true
    this.#queue(async () => {
      const given = [...this.#received.values()]
      const view = await this.#options.makeView(fill(this.#plan.client, given))
      this.#received.clear()
      if (this.#finalized) return void view.finalize()
      this.#view = view
      const change = (root: number, value: Scalar): void => this.session.change(root, value)
      this.#binding = bindView(view, this.#plan, given, change, (cause) => this.#fail(cause))
      rootValues(view, this.#plan).forEach((value, root) => {
        if (!sameValue(this.#asked[root], value)) this.#refit = true
        this.session.change(root, value)
      })
      this.#options.onView?.(view)
    })
  }
}

/** Asks for a plan's values, makes the View over them, and keeps it current. */
export const openView = (plan: Plan, options: OpenViewOptions): OpenView => new Opening(plan, options)
